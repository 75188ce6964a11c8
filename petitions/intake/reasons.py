"""Codes of what is wrong with a file, a column or a row, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    # of a file
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 50 MB."),
    "damaged": _("The file is damaged."),
    "encoding": _("The characters are neither UTF-8 nor GB18030."),
    "old_workbook": _("Workbooks of before 2007 (.xls) are not read; save it as .xlsx or .csv."),
    "no_workbook": _("This is an archive, but no workbook."),
    "locked": _("The workbook is protected by a password."),
    "bomb": _("The workbook unpacks to far more than it should."),
    "too_much": _("Reading the workbook took too much time or memory."),
    "no_table": _("There is no table in this file."),
    "too_many_rows": _("A file may have up to 200,000 rows."),
    "too_many_columns": _("A file may have up to 200 columns."),
    # of a column
    "needed": _("Say which column this is."),
    "no_such_column": _("There is no such column in the file."),
    "taken_twice": _("This column is already used for another field."),
    # of a row
    "missing": _("Nothing is written here."),
    "too_long": _("Too long."),
    "too_many_cells": _("The row has more cells than the table has columns."),
    "no_time": _("This is not a time."),
    "future": _("This time lies in the future."),
    "no_number": _("This is not a number."),
    "no_point": _("There is no such point."),
    "unstorable": _("The database does not take this row."),
    "twice": _("The same number stands in the file more than once."),
    # of a batch
    "asked": _("Stopped on request."),
    "file_gone": _("The file is no longer here; hand it in once more."),
    "rights": _("Whoever started it may no longer import."),
}


def reason(code: str) -> str | Promise:
    """The words for a code; a text that is no code is its own words."""
    return REASONS.get(code, code)
