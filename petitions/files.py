"""Where attachments lie on the disk: under names of ours, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.http import content_disposition_header

from kernel.text import HOSTILE
from petitions.models import Attachment, StoredFile

STAGING = ".part"
THUMBNAIL = ".thumb.webp"
LONGEST_NAME = 120


def root(folder: str = Attachment.FOLDER) -> Path:
    """The directory that holds every file of one kind, attachments unless told otherwise."""
    return Path(settings.MEDIA_ROOT) / folder


def name_for(*, attachment_id: UUID, extension: str, at: datetime) -> str:
    """The path of a new file below root(); nothing in it comes from outside."""
    return f"{at:%Y/%m}/{attachment_id}.{extension}"


def path_of(*, attachment: StoredFile) -> Path:
    """The file of an attachment."""
    return root(attachment.FOLDER) / attachment.path


def thumbnail_of(*, attachment: StoredFile) -> Path | None:
    """The small picture of an attachment, 320 pixels wide or high; None for a document."""
    if not attachment.width:
        return None
    return thumbnail_path(path_of(attachment=attachment))


def thumbnail_path(path: Path) -> Path:
    """Where the small picture beside a file lies."""
    return path.with_suffix(THUMBNAIL)


def disposition(*, attachment: StoredFile, inline: bool = False) -> str:
    """The Content-Disposition header of a download: the name as it was given, quoted so that it can inject nothing."""
    return content_disposition_header(not inline, attachment.original_name) or "attachment"


def shown_name(name: str, *, extension: str) -> str:
    """The last part of a name from outside, without control characters, with the extension of what is kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(one for one in HOSTILE.sub("", last) if one.isprintable()).strip(" .")
    stem = clean.rpartition(".")[0] or clean or "file"
    return f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"


def keep(*, path: Path, content: bytes) -> None:
    """Write a file whole: under a staging name, through to the disk, then renamed. Half a file is never seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + STAGING)
    with half.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    half.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def everything(folder: str = Attachment.FOLDER) -> Iterator[tuple[str, Path, float]]:
    """Every file of one kind: the path of the row that it would belong to, the file, when it was written."""
    top = root(folder)
    if not top.exists():
        return
    for place, _folders, names in os.walk(top):
        for name in names:
            file = Path(place) / name
            yield file.relative_to(top).as_posix(), file, file.stat().st_mtime
