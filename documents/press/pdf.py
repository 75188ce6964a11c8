"""A paper as PDF, set by typst in a process of its own with a limit on its time and on what comes out."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import orjson
import pylopdf_fonts_zh_cn
from django.utils.translation import gettext as _

from documents.paper import Paper
from kernel.errors import Busy, TooLarge

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
SECONDS = 15
# Of address space: several times what the longest paper takes, fonts and threads included.
MEMORY = 1024 * 1024 * 1024
MOST_BYTES = 8 * 1024 * 1024
# Each thread and each arena of its memory takes addresses, and what a press may take is limited: two are enough.
SURROUNDINGS = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}


def pdf_of(paper: Paper, *, at: datetime, seconds: float = SECONDS, memory: int = MEMORY) -> bytes:
    """The PDF; the same paper and moment give the same bytes.

    Raises TooLarge where it is too long, Busy where the press did not finish with the time and memory that it has.
    """
    said = orjson.dumps(paper.plain())
    command = [
        sys.executable,
        "-I",
        str(HERE / "run.py"),
        str(HERE / "sheet.typ"),
        str(FONTS),
        str(int(at.timestamp())),
        str(memory),
    ]
    try:
        done = subprocess.run(command, input=said, capture_output=True, timeout=seconds, env=SURROUNDINGS)
    except subprocess.TimeoutExpired as error:
        raise _over() from error
    if done.returncode < 0 or b"MemoryError" in done.stderr[-500:]:
        log.warning("the press was stopped at its limits: %s", done.returncode)
        raise _over()
    if done.returncode != 0:
        raise RuntimeError(f"the press failed: {done.stderr[-500:].decode(errors='replace')}")
    if len(done.stdout) > MOST_BYTES:
        raise TooLarge(_("This is too long for one document."))
    return done.stdout


def _over() -> Busy:
    """The press was stopped at one of its limits: of time by the clock or of the processor, or of memory."""
    return Busy(_("The document could not be printed with the time and memory that one document has. Try again."))
