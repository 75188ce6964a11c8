"""Workbooks to take away: in memory up to a size, then in a temporary file. No text becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

IN_MEMORY = 5 * 1024 * 1024
AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MOMENTS = {"default_date_format": "yyyy-mm-dd hh:mm"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 10_000  # of a list that somebody takes away


@contextmanager
def written(*, row_by_row: bool = False) -> Iterator[tuple[IO[bytes], Any]]:
    """An empty file and its workbook; at the end of the block the file is complete and stands at its beginning.

    `row_by_row` keeps only one row in memory: for long sheets that are written from top to bottom, one after another.
    """
    file = SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+b")  # noqa: SIM115  (the response closes it)
    how = {"constant_memory": True} if row_by_row else {"in_memory": True}
    workbook = xlsxwriter.Workbook(file, {**AS_WRITTEN, **MOMENTS, **how})
    yield file, workbook
    workbook.close()
    file.seek(0)


def capped_list(
    *, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]], at: datetime
) -> tuple[IO[bytes], int, bool]:
    """A list as one sheet: the file, how many rows it holds, and whether the list is longer than the cap.

    `columns` are headings and widths in characters. Every cell is a text or a moment, so that no content is taken for
    a formula; what is empty stays empty. `rows` may end one row after MAX_ROWS, which tells that there are more.
    """
    with written(row_by_row=True) as (file, workbook):
        sheet = workbook.add_worksheet(title)
        bold = workbook.add_format({"bold": True, "bottom": 1})
        for column, (heading, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 1)
        count, more = 0, False
        for count, row in enumerate(rows, start=1):
            if more := count > MAX_ROWS:
                break
            _write(sheet, count, row)
        count = min(count, MAX_ROWS)
        sheet.write_string(count + 2, 0, _note(count, more, at))
    return file, count, more


def _write(sheet: Any, line: int, row: Sequence[Any]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, datetime):
            sheet.write_datetime(line, column, timezone.localtime(value).replace(tzinfo=None))
        elif value:
            sheet.write_string(line, column, str(value))


def _note(count: int, more: bool, at: datetime) -> str:
    note = _("As of %(moment)s; %(rows)s rows") % {"moment": f"{timezone.localtime(at):%Y-%m-%d %H:%M}", "rows": count}
    if more:
        note += _("; the list is longer, only the first %(cap)s rows are here") % {"cap": MAX_ROWS}
    return note
