"""Where files with maps wait until a worker has read them: each under the id of its job."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder() -> Path:
    """The folder of the files that wait."""
    path = Path(settings.DATA_DIR) / "maps"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def spooled(job_id: UUID) -> Path:
    """The file of a job."""
    return folder() / str(job_id)


def keep(file: Path, *, job_id: UUID) -> None:
    """Copy a file that came to where the worker finds it."""
    shutil.copyfile(file, spooled(job_id))


def drop(job_id: UUID) -> None:
    """Nobody needs the file of a job any more."""
    spooled(job_id).unlink(missing_ok=True)


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def drop_strays(*, wanted: Collection[UUID], older_than: float) -> int:
    """Remove files of no job that waits, last touched before this moment (seconds since 1970); returns how many."""
    names = {str(one) for one in wanted}
    strays = [one for one in folder().iterdir() if one.name not in names and one.stat().st_mtime < older_than]
    for one in strays:
        one.unlink(missing_ok=True)
    return len(strays)
