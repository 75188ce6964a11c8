"""Import of the registry, first half: a file becomes rows that wait to be compared."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, NotAllowed
from kernel.permissions import require
from kernel.sheets.problems import BadFile, Place
from kernel.sheets.reading import opened
from kernel.sheets.tables import Fault
from kernel.sheets.words import said, told
from organizations.queries import may_anywhere
from registry.models import SheetImport, SheetRow
from registry.services.drafts import MOST_LINES
from registry.sheets import reading
from registry.sheets.names import names_here
from registry.sheets.reading import LIMITS, Heard, Said
from registry.workflow import PROPOSE

TOLD = 30  # faults of a file that are told at once


def read_file(*, file: Path) -> Heard:
    """What a file says about items. Raises Invalid naming `file`, with sheet, row and column of every fault."""
    try:
        with opened(file, limits=LIMITS) as book:
            found = reading.heard(book, names=names_here())
    except BadFile as bad:
        raise Invalid(_("The file cannot be read."), fields={"file": [told(bad)]}) from bad
    if len(found.rows) > MOST_LINES:
        found.faults.append(Fault(why="too_many_rows", detail=str(MOST_LINES), place=Place()))
    if found.faults:
        sentences = [said(why=one.why, detail=one.detail, more=one.more, place=one.place) for one in found.faults]
        raise Invalid(_("The file cannot be read."), fields={"file": sentences[:TOLD]})
    return found


def open_import(
    *,
    file: Path,
    filename: str,
    title: str,
    reason: str,
    effective: date,
    actor: Actor,
    at: datetime,
    whole: bool = False,
    heard: Heard | None = None,
) -> SheetImport:
    """Take a file in; compare_chunk() then goes through its rows, whoever calls it.

    Whoever must not wait for the file inside a transaction reads it before and passes what read_file() `heard`.
    Nothing is kept of a file that cannot be read. Raises NotAllowed, Invalid naming `file`, `title` or `reason`.
    """
    require(may_anywhere(actor, capability=PROPOSE))
    if actor.user_id is None:
        raise NotAllowed(_("This is not for a program to do."))
    _check_words(title, reason)
    found = heard or read_file(file=file)
    return _kept(
        found,
        SheetImport(
            filename=filename[-120:],
            sha256=_digest(file),
            title=title.strip(),
            reason=reason.strip(),
            effective=effective,
            whole=whole,
            kinds=found.kinds,
            headings=headings_of(found),
            total=len(found.rows),
            started_by_id=actor.user_id,
            started_at=at,
        ),
    )


def _check_words(title: str, reason: str) -> None:
    given = (("title", title, 120), ("reason", reason, 1000))
    fields = {name: [_("Required.")] for name, text, _most in given if not text.strip()}
    fields |= {name: [_("Too long.")] for name, text, most in given if len(text) > most}
    if fields:
        raise Invalid(_("This draft is not possible."), fields=fields)


@deed
def _kept(found: Heard, fresh: SheetImport) -> SheetImport:
    fresh.save(force_insert=True)
    SheetRow.objects.bulk_create(rows_of(found, sheet=fresh), batch_size=1000)
    return fresh


def rows_of(found: Heard, *, sheet: SheetImport) -> list[SheetRow]:
    """The rows of a file, not yet saved."""
    return [_row(sheet, position, one) for position, one in enumerate(found.rows, start=1)]


def headings_of(found: Heard) -> dict[str, Any]:
    """Where the columns of a file stand."""
    return {"sheets": found.headings, "parts": found.sheets}


def _row(fresh: SheetImport, position: int, one: Said) -> SheetRow:
    return SheetRow(
        sheet_import=fresh,
        position=position,
        sheet=one.place.sheet[:40],
        row_no=one.place.row,
        item_code=one.code,
        payload=one.payload,
        parts=one.parts,
        draftable=one.draftable,
        faults=[fault_json(why=bad.why, detail=bad.detail, more=bad.more, place=bad.place) for bad in one.faults],
    )


def fault_json(*, why: str, place: Place, detail: str = "", more: Any = None) -> dict[str, Any]:
    """A fault as a row keeps it: its words are found where it is shown."""
    spot = [place.sheet, place.row, place.column, place.heading]
    return {"why": why, "detail": detail, "more": dict(more or {}), "place": spot}


def fault_place(fault: dict[str, Any]) -> Place:
    """Where a kept fault is."""
    sheet, row, column, heading = fault["place"]
    return Place(sheet=sheet, row=row, column=column, heading=heading)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
