"""Files and rows of attachments held against each other: what a crash left behind, and what is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from petitions import files
from petitions.models import StoredFile

GRACE = timedelta(hours=24)
BATCH = 500


@dataclass(kw_only=True)
class Swept:
    """Files without a row (`removed`; `young` where they may still get one), rows whose file is gone or altered."""

    removed: list[str] = field(default_factory=list)
    young: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)


def sweep(*, at: datetime, remove: bool = True, read_contents: bool = False) -> Swept:
    """Remove files that have had no row for a day, and report rows without their file.

    With `read_contents` each file is also hashed and held against the hash that its row and the log carry.
    """
    found = Swept()
    for kind in StoredFile.__subclasses__():
        everything = files.everything(kind.FOLDER)
        while chunk := list(islice(everything, BATCH)):
            _sweep_files(kind, chunk, found, before=(at - GRACE).timestamp(), remove=remove)
        _check_rows(kind, found, read_contents=read_contents)
    return found


def _check_rows(kind: type[StoredFile], found: Swept, *, read_contents: bool) -> None:
    for row in kind._default_manager.order_by("pk").iterator(chunk_size=BATCH):
        path = files.path_of(attachment=row)
        if not path.exists():
            found.missing.append(str(row.pk))
        elif read_contents and _hash(path) != row.sha256:
            found.altered.append(str(row.pk))


def _sweep_files(
    kind: type[StoredFile], chunk: Iterable[tuple[str, Path, float]], found: Swept, *, before: float, remove: bool
) -> None:
    owners = {name: _owners(name) for name, _path, _written in chunk}
    paths = {path for candidates in owners.values() for path in candidates}
    known = set(kind._default_manager.filter(path__in=paths).values_list("path", flat=True))
    for name, path, written in chunk:
        if known.intersection(owners[name]):
            continue
        if written > before:
            found.young.append(name)
            continue
        found.removed.append(name)
        if remove:
            path.unlink(missing_ok=True)


def _owners(name: str) -> set[str]:
    """The attachment paths that a file may belong to: its own, or the picture that it is the small one of."""
    if name.endswith(files.THUMBNAIL):
        stem = name.removesuffix(files.THUMBNAIL)
        return {f"{stem}.jpg", f"{stem}.webp"}
    return {name}


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
