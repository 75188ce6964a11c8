"""Rows of an import in words: where each stands, what it would change, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel.http import ActorRequest
from kernel.sheets.problems import Place
from kernel.sheets.verdicts import csv_lines
from kernel.sheets.words import said, where
from registry.models import SheetRow
from registry.services import sheets
from registry.services.sheet_files import fault_place
from registry.wording import LABELS


def told(rows: Sequence[SheetRow], *, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows as a page shows them."""
    return [
        {
            "row": row,
            "colour": colours[row.verdict],
            "where": where_of(row),
            "changes": [(LABELS.get(one["key"], one["key"]), one["before"], one["after"]) for one in row.changes],
            "faults": list(faults_of(row)),
        }
        for row in rows
    ]


def where_of(row: SheetRow) -> str:
    """Sheet and row; "" for an item that the file leaves out."""
    return where(Place(sheet=row.sheet, row=row.row_no))


def faults_of(row: SheetRow) -> Iterator[str]:
    """What is wrong with a row, each with its place."""
    for one in row.faults:
        yield said(why=one["why"], detail=one["detail"], more=one["more"], place=fault_place(one))


@login_required
@require_safe
def verdicts(request: ActorRequest, import_id: int) -> HttpResponseBase:
    """The verdict on every row as CSV."""
    found = sheets.import_of(import_id=import_id, actor=request.actor)
    rows = found.rows.order_by("position").defer("payload", "parts").iterator(chunk_size=500)
    headers = {"Content-Disposition": f'attachment; filename="import-{found.pk}.csv"'}
    lines = csv_lines(heading=heading(), rows=lines_of(rows))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def heading() -> list[str]:
    """The names of the columns of the verdicts."""
    return [_("sheet"), _("row"), _("item"), _("verdict"), _("changes"), _("faults")]


def lines_of(rows: Iterable[SheetRow]) -> Iterator[list[object]]:
    """Each row as a line of the verdicts."""
    for row in rows:
        changes = "\n".join(
            f"{LABELS.get(one['key'], one['key'])}: {one['before']} → {one['after']}" for one in row.changes
        )
        faults = "\n".join(faults_of(row))
        yield [row.sheet, row.row_no or "", row.item_code, row.get_verdict_display(), changes, faults]
