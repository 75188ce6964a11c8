"""Hit-rates as a spreadsheet: every figure beside its denominator, and on each sheet what was counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dispatch.hitrates import MIN_CASES, HitRate
from kernel.books import written
from kernel.text import harmless_cell

WIDTHS = (40, 14, 14, 14, 12, 12, 12)


def hit_rate_book(*, groups: Iterable[tuple[str, list[HitRate]]], first: date, last: date, at: datetime) -> IO[bytes]:
    """One sheet for each grouping. The caller has chosen what may be seen."""
    with written() as (book, workbook):
        bold, rate = workbook.add_format({"bold": True, "bottom": 1}), workbook.add_format({"num_format": "0.0%"})
        made = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
        said = _("Cases first dispatched from %(first)s to %(last)s; made %(made)s; no rate below %(least)s cases") % {
            "first": first,
            "last": last,
            "made": made,
            "least": MIN_CASES,
        }
        for label, rates in groups:
            sheet = workbook.add_worksheet(label[:31])
            sheet.write_string(0, 0, said)
            _rows(sheet, label, rates, bold, rate)
    return book


def _rows(sheet: Any, label: str, rates: list[HitRate], bold: Any, rate: Any) -> None:
    headings = (
        label, _("First unit was the last"), _("Went elsewhere"), _("Cases"), _("Hit-rate"),
        _("Lower bound (95)"), _("Upper bound (95)"),
    )  # fmt: skip
    for column, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, heading, bold)
    sheet.freeze_panes(2, 1)
    for row, one in enumerate(rates, start=2):
        sheet.write_string(row, 0, harmless_cell(one.label))
        for column, number in enumerate((one.hits, one.missed, one.total), start=1):
            sheet.write_number(row, column, number)
        if one.rate is not None and one.interval is not None:
            for column, share in enumerate((one.rate, *one.interval), start=4):
                sheet.write_number(row, column, share, rate)
