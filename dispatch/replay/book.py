"""A replay as a spreadsheet: what was tried, the figures, units, ways, and the changed cases of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dispatch.models import Replay, ReplayedCase
from dispatch.replay import pictures
from kernel.books import written
from kernel.text import harmless_cell

MOST_CASES = 100_000


def replay_book(*, made: Replay, cases: Iterable[ReplayedCase]) -> IO[bytes]:
    """The workbook. The caller has chosen which cases may be seen."""
    with written(row_by_row=True) as (book, workbook):
        bold = workbook.add_format({"bold": True, "bottom": 1})
        figures = [(one["label"], one["number"], one["of"]) for one in pictures.tiles(made=made)]
        about = [(str(made.draft or made.get_kind_display()), made.effective.isoformat(), _day(made.since)), *figures]
        _sheet(workbook, _("Figures"), (_("Tried"), _("as in force on"), _("cases from, or of")), about, bold)
        heads: tuple[str, ...] = (_("Unit"), _("Now"), _("Then"), _("Gained"), _("Lost"), _("Late now"), _("Late then"))
        units = [(name, *said.values()) for name, said in pictures.units(made=made)]
        _sheet(workbook, _("Units"), heads, units, bold)
        _sheet(workbook, _("Ways"), (_("From"), _("To"), _("Cases")), pictures.flows(made=made), bold)
        heads = (
            _("Number"),
            _("Now"),
            _("Then"),
            _("List row then"),
            _("Due now"),
            _("Due then"),
            _("Gap"),
            _("Deadline"),
        )
        _sheet(workbook, _("Cases"), heads, (_case(one) for one in cases), bold)
    return book


def _sheet(workbook: Any, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], bold: Any) -> None:
    sheet = workbook.add_worksheet(title[:31])
    sheet.set_column(0, len(heads), 20)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, harmless_cell(str(value)))


def _case(one: ReplayedCase) -> tuple[Any, ...]:
    return (
        one.petition.number,
        str(one.before_unit or ""),
        str(one.after_unit or ""),
        one.after_entry,
        _day(one.before_due_at),
        _day(one.after_due_at),
        one.get_gap_display(),
        one.get_lateness_display(),
    )


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
