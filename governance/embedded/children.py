"""Child processes that never outlive their parent and are asked before they are killed."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1


def spawn(
    command: Sequence[str | os.PathLike[str]],
    *,
    log: Path,
    farewell: signal.Signals,
    options: Mapping[str, Any] | None = None,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start `command` in its own session with both outputs appended to `log`.

    The kernel sends it `farewell` when we die, even by kill -9 (Linux; elsewhere an orphan is found at the next start).
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    settings: dict[str, Any] = {"cwd": "/", "start_new_session": True, **(options or {})}
    with log.open("ab") as output:
        return subprocess.Popen(
            [os.fspath(part) for part in command],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=follow_parent(farewell),
            **settings,
        )


def follow_parent(farewell: signal.Signals, *, parent: int | None = None) -> Callable[[], None] | None:
    """Return a function that ties the process calling it to its parent, or None where the kernel has no such call.

    The parent is this process (the function is then a `preexec_fn`) unless another one is named.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up here: a forked child must not load libraries
    expected = parent or os.getpid()

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, int(farewell), 0, 0, 0)
        if os.getppid() != expected:  # the parent died between fork and prctl
            os._exit(1)

    return tie


def stop(child: subprocess.Popen[bytes], *, ask: signal.Signals, seconds: float) -> None:
    """Ask `child` to end and wait; kill its whole session if it has not gone after `seconds`."""
    if child.poll() is not None:
        return
    child.send_signal(ask)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def last_lines(log: Path, *, count: int = 3) -> str:
    """Return the end of a log on one line, for a message that must say why a server died."""
    if not log.exists():
        return ""
    lines = log.read_text(errors="replace").splitlines()
    return " | ".join(line.strip() for line in lines[-count:])
