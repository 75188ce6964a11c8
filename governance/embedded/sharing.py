"""Several commands, one pair of servers: who starts them, who borrows them, and who stops them last."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from governance.embedded import addresses
from governance.embedded.errors import CannotStart
from governance.embedded.servers import Servers

HOLDER = "servers.lock"  # held by whoever started the servers
BORROWERS = "borrowers.lock"  # shared by everybody who uses them
PATIENCE_SECONDS = 60.0


@contextlib.contextmanager
def borrowed(*, data: Path, postgres: bool = True, valkey: bool = True) -> Iterator[dict[str, str]]:
    """Lend the addresses of the servers below `data`: of those that run, or of a pair started for this block.

    Who started a pair waits at the end for those who borrowed it meanwhile.
    """
    with contextlib.ExitStack() as stack:
        mine = stack.enter_context(holding(data=data))
        if mine:
            servers = Servers(data=data)
            stack.callback(addresses.forget, data=data)
            stack.callback(servers.stop)
            servers.start(postgres=postgres, valkey=valkey)
            addresses.record(servers.addresses(), data=data)
            stack.callback(_wait_for_borrowers, data)
            yield servers.addresses()
        else:
            stack.enter_context(_locked(data / BORROWERS, fcntl.LOCK_SH))
            yield _announced(data)


@contextlib.contextmanager
def holding(*, data: Path) -> Iterator[bool]:
    """Hold the right to start the servers below `data` for a block; False when another process has it.

    The right goes with the process: the kernel takes it back however the process ends.
    """
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(_locked(data / HOLDER, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        addresses.forget(data=data)  # left by a run that was killed
        (data / HOLDER).write_text(str(os.getpid()))
        yield True


def holder(*, data: Path) -> str:
    """Return the process number of whoever holds the servers, for a message."""
    with contextlib.suppress(OSError):
        return (data / HOLDER).read_text().strip()
    return "unknown"


def _announced(data: Path) -> dict[str, str]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := addresses.recorded(data=data):
            return found
        time.sleep(0.1)
    raise CannotStart(f"process {holder(data=data)} holds {data} but its servers do not come up: stop it and try again")


def _wait_for_borrowers(data: Path) -> None:
    with _locked(data / BORROWERS, fcntl.LOCK_EX):
        pass


@contextlib.contextmanager
def _locked(file: Path, how: int) -> Iterator[None]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        raise CannotStart(f"{file} belongs to another account: run as its owner, or set GRID_DATA_DIR") from None
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
