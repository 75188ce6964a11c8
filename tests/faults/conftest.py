"""One stage for all tests of this folder: starting it costs more than breaking it."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.base import open_folder
from tests.faults.ledger import Ledger
from tests.faults.stage import Stage
from tests.plugin import PREFIX


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    data = Path(tempfile.mkdtemp(prefix=f"{PREFIX}stage-", dir=open_folder()))
    data.chmod(0o755)
    lock = os.open(data / "lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)  # what a killed run leaves is swept by the next one: nobody holds its lock
    built = Stage(data)
    try:
        built.open()
        yield built
    finally:
        built.close()
        shutil.rmtree(data, ignore_errors=True)
        os.close(lock)


@pytest.fixture
def ledger(stage: Stage) -> Ledger:
    return Ledger(stage)
