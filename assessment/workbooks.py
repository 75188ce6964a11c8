"""A report as a spreadsheet: every figure beside its denominator, and what was asked of the data on the first sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.choices import Audience
from assessment.figures import direction
from assessment.indicators import BY_CODE, TABLE
from assessment.models import Report, ReportLine
from kernel.books import written
from kernel.text import harmless_cell

WIDTHS = (18, 26, 12, 12, 10, 10, 10, 8, 22)


def workbook_of(*, report: Report, lines: Iterable[ReportLine]) -> IO[bytes]:
    """One sheet that says what was counted and how, and one for each group. The caller has chosen what may be seen."""
    with written() as (book, workbook):
        formats = {
            "bold": workbook.add_format({"bold": True, "bottom": 1}),
            "rate": workbook.add_format({"num_format": "0.00%"}),
            "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
        }
        _explain(workbook, report, formats)
        by_audience: dict[str, list[ReportLine]] = {}
        for line in lines:
            by_audience.setdefault(line.audience, []).append(line)
        for audience in Audience:
            if audience.value in by_audience:
                _figures(workbook.add_worksheet(str(audience.label)[:31]), by_audience[audience.value], formats)
    return book


def _explain(workbook: Any, report: Report, formats: dict[str, Any]) -> None:
    sheet = workbook.add_worksheet(_("What was counted"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 4, 44)
    published = f"{timezone.localtime(report.published_at):%Y-%m-%d %H:%M}" if report.published_at else _("draft")
    head = [
        (_("Month"), report.month),
        (_("From"), f"{timezone.localtime(report.starts_at):%Y-%m-%d %H:%M}"),
        (_("Until"), f"{timezone.localtime(report.ends_at):%Y-%m-%d %H:%M}"),
        (_("Published"), published),
        (_("Scheme"), report.scheme),
        (_("Fewest cases for a rank"), str(report.least)),
        (_("Digest"), report.digest),
    ]
    for row, (label, value) in enumerate(head):
        sheet.write_string(row, 0, label, formats["bold"])
        sheet.write_string(row, 1, harmless_cell(value))
    first = len(head) + 1
    for column, label in enumerate([_("Indicator"), _("Numerator"), _("Denominator"), _("Direction"), _("Basis")]):
        sheet.write_string(first, column, label, formats["bold"])
    for row, one in enumerate(TABLE, start=first + 1):
        said = [one.name, one.numerator, one.denominator, direction(one), one.basis]
        for column, text in enumerate(said):
            sheet.write_string(row, column, harmless_cell(str(text)), formats["wrap"])


def _figures(sheet: Any, lines: list[ReportLine], formats: dict[str, Any]) -> None:
    headings = [
        _("Indicator"),
        _("Subject"),
        _("Numerator"),
        _("Denominator"),
        _("Share"),
        _("Probable from"),
        _("Probable to"),
        _("Rank"),
        _("Why not ranked"),
    ]
    for column, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, formats["bold"])
    sheet.freeze_panes(1, 2)
    order = list(BY_CODE)
    lines.sort(key=lambda line: (order.index(line.indicator), line.rank is None, line.rank or 0, line.name))
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, str(BY_CODE[line.indicator].name))
        sheet.write_string(row, 1, harmless_cell(line.name))
        sheet.write_number(row, 2, line.numerator)
        sheet.write_number(row, 3, line.denominator)
        for column, share in enumerate((line.rate, line.low, line.high), start=4):
            sheet.write_number(row, column, float(share), formats["rate"])
        if line.rank is not None:
            sheet.write_number(row, 7, line.rank)
        sheet.write_string(row, 8, str(line.get_unranked_display()) if line.unranked else "")
