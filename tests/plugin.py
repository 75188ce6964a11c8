"""Real servers for the tests: a throw-away PostgreSQL and Valkey per run, gone when the run ends.

The root `conftest.py` calls `prepare()` while it is imported, before Django reads its settings. Under xdist the
controller starts the servers and its workers inherit their addresses. With DATABASE_URL and REDIS_URL set, those
servers are used instead. Runs side by side have directories and ports of their own.
"""

import atexit
import base64
import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings

from governance.embedded.cluster import DATABASE
from governance.embedded.servers import Servers
from governance.translations.compiling import compile_all
from tests.base import furnish, open_folder

ROOT = Path(__file__).resolve().parent.parent

PREFIX = "grid-test-"
_started: list[tuple[Servers, Path, int]] = []


def prepare() -> None:
    """Set the environment of the tests, start servers where none are given, and set Django up."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # the controller has set everything, and Django follows the environment by itself
    if settings.configured:
        raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: the tests choose their settings and servers themselves")
    os.environ["DJANGO_SETTINGS_MODULE"] = "governance.settings_test"
    os.environ["API_REQUESTS_PER_MINUTE"] = "0"  # races and sweeps ask faster than people; rate limits have own tests
    os.environ["GRID_EMBEDDED"] = "1"
    os.environ["SECRET_KEY"] = "only-for-tests-" * 4
    os.environ["FIELD_KEYS"] = base64.b64encode(b"only-for-tests-only-for-tests-32").decode()
    if "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ:
        _start()
    # A fresh clone has no compiled catalogues, and the pages are tested in the language that people read.
    compile_all([folder.parent.name for folder in sorted(ROOT.glob("*/locale"))], root=ROOT)
    django.setup()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop what this process started and remove every trace of it."""
    _finish()


@atexit.register
def _finish() -> None:
    # Also at exit: when settings or an app fail to import, pytest ends without unconfiguring anything.
    while _started:
        servers, data, lock = _started.pop()
        servers.stop()
        shutil.rmtree(data, ignore_errors=True)
        os.close(lock)


def _start() -> None:
    _sweep()
    data = Path(tempfile.mkdtemp(prefix=PREFIX, dir=open_folder()))
    data.chmod(0o755)
    lock = os.open(data / "lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    os.environ["GRID_DATA_DIR"] = str(data)
    if "DATABASE_URL" not in os.environ:
        furnish(data=data)
        os.environ["GRID_TEST_TEMPLATE"] = DATABASE
    servers = Servers(data=data, throw_away=True)
    _started.append((servers, data, lock))
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}
    servers.start(postgres="DATABASE_URL" not in given, valkey="REDIS_URL" not in given)
    addresses = servers.addresses()
    if owner := addresses.pop("MIGRATION_DATABASE_URL", ""):
        # Tests make and drop databases, so they connect as the owner; what the application's role may do has its own.
        addresses["DATABASE_URL"] = owner
    os.environ.update(addresses | given)


def _sweep() -> None:
    """Remove the directories of runs that were killed; a live run holds the lock on its own."""
    for data in open_folder().glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), _unlocked(data / "lock"):
            shutil.rmtree(data, ignore_errors=True)


@contextlib.contextmanager
def _unlocked(file: Path) -> Iterator[None]:
    lock = os.open(file, os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(lock)
