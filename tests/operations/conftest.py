"""Servers of a test's own, to stop and to kill."""

import contextlib
import shutil
import tempfile
from pathlib import Path

import pytest

from governance.embedded.servers import Servers


@contextlib.contextmanager
def a_folder():
    """A data directory with a space in its name that the servers' account can enter."""
    folder = Path(tempfile.mkdtemp(prefix="grid operations ", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def data():
    with a_folder() as folder:
        yield folder


@pytest.fixture
def servers(data):
    """A running pair of servers; with fsync, as they are started for people."""
    pair = Servers(data=data)
    pair.start()
    yield pair
    pair.stop()
