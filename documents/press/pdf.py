"""A paper as PDF, set by typst in a process of its own with a limit on its time and on what comes out."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import orjson
import pylopdf_fonts_zh_cn
from django.utils.translation import gettext as _

from documents.paper import Paper
from kernel.errors import Busy, TooLarge

HERE = Path(__file__).parent
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
SECONDS = 15
MOST_BYTES = 8 * 1024 * 1024


def pdf_of(paper: Paper, *, at: datetime, seconds: float = SECONDS) -> bytes:
    """The PDF; the same paper and moment give the same bytes.

    Raises TooLarge where it is too long, Busy where the press did not finish in time.
    """
    said = orjson.dumps(paper.plain())
    command = [
        sys.executable,
        "-I",
        str(HERE / "run.py"),
        str(HERE / "sheet.typ"),
        str(FONTS),
        str(int(at.timestamp())),
    ]
    try:
        done = subprocess.run(command, input=said, capture_output=True, timeout=seconds, env={})
    except subprocess.TimeoutExpired as error:
        raise Busy(_("The document could not be printed in time. Try again in a moment.")) from error
    if done.returncode != 0:
        raise RuntimeError(f"the press failed: {done.stderr[-500:].decode(errors='replace')}")
    if len(done.stdout) > MOST_BYTES:
        raise TooLarge(_("This is too long for one document."))
    return done.stdout
