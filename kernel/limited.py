"""A reader of files from outside, in a process of its own with bounded memory, time and output.

Whatever a file tries, it ends that process and nothing else. The reader leaves an index as JSON in its folder; both
sides of the contract stand here, so that no reader is bounded less than another. The child knows nothing of Django.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SILENT = subprocess.DEVNULL
TOO_MUCH = 3  # how a reader ends that was refused more memory or output
# How the system ends one that takes more: the clock of the processor, its output, its memory, and a library's own way.
STOPPED = frozenset({-signal.SIGXCPU, -signal.SIGXFSZ, -signal.SIGKILL, -signal.SIGABRT})
log = logging.getLogger(__name__)


class TooMuchError(Exception):
    """Reading took more than it may."""


class CrashedError(Exception):
    """The reader failed in a way that nobody foresaw: a fault of ours, and not known to be one of the file."""


def run(
    *,
    module: str,
    arguments: Sequence[str],
    index: Path,
    seconds: float,
    written: int,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the reader says in its index. Raises TooMuchError, CrashedError. `written`: bytes of the largest index."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(
            command, cwd=ROOT, timeout=seconds, check=False, env=dict(environment or {}), stdin=SILENT, stdout=SILENT,
            stderr=SILENT,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise TooMuchError(f"{seconds:g} s") from error
    if done.returncode == TOO_MUCH or done.returncode in STOPPED:
        raise TooMuchError
    if done.returncode or not index.exists():
        log.error("%s ended with %d", module, done.returncode)
        raise CrashedError
    if index.stat().st_size > written:
        raise TooMuchError
    said: dict[str, Any] = json.loads(index.read_text(encoding="utf-8"))
    return said


@contextmanager
def bounded(*, memory: int, seconds: float, written: int) -> Iterator[None]:
    """In the child: give up the right to more memory (bytes), time and output (bytes) than a real file needs."""
    processor = int(seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        yield
    except (MemoryError, OSError, RecursionError):
        os._exit(TOO_MUCH)
