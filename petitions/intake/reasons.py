"""Codes of what is wrong with a column, a row or a batch, in words; those of files and cells are in kernel.sheets."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.sheets.words import words

REASONS: dict[str, str | Promise] = {
    # of a column
    "needed": _("Say which column this is."),
    "no_such_column": _("There is no such column in the file."),
    "taken_twice": _("This column is already used for another field."),
    # of a row
    "too_long": _("Too long."),
    "too_many_cells": _("The row has more cells than the table has columns."),
    "no_time": _("This is not a time."),
    "future": _("This time lies in the future."),
    "no_figure": _("This is not a number."),
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
    return REASONS.get(code) or words(code)
