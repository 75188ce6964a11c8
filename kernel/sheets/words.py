"""What is wrong with a file or a cell, in words that say where to look and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.sheets.merging import letters_of
from kernel.sheets.problems import BadFile, Place

WHY: dict[str, str | Promise] = {
    # of a file
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(detail)s MB."),
    "damaged": _("The file is damaged."),
    "encoding": _("The characters are neither UTF-8 nor GB18030."),
    "old_workbook": _(
        "Workbooks of before 2007 (.xls) and binary ones (.xlsb) are not read; save it as .xlsx or .csv."
    ),
    "web_page": _("This is a web page with the name of a workbook; open it in a spreadsheet and save it as .xlsx."),
    "no_workbook": _("This is an archive, but no workbook."),
    "locked": _("The workbook is protected by a password."),
    "macros": _("The workbook holds macros (programs); save it as a workbook without them (.xlsx)."),
    "external_links": _("The workbook draws on other files; break the links, so that only values are left."),
    "nested": _("Another file is hidden inside the workbook."),
    "doctype": _("The workbook asks to load other files while it is read."),
    "bomb": _("The workbook unpacks to far more than it should."),
    "crashed": _("The file cannot be read: our reader failed. Tell whoever runs this system."),
    "too_much": _("Reading the file took too much time or memory."),
    "no_table": _("There is no table in this file."),
    "too_many_rows": _("A file may have up to %(detail)s rows."),
    "too_many_columns": _("A table may have up to %(detail)s columns."),
    "too_many_sheets": _("A workbook may have up to %(detail)s sheets."),
    "long_cell": _("The text in this cell is too long to read."),
    # of its tables
    "strange_sheet": _("Nothing goes by the name of this sheet; the sheets are called %(detail)s."),
    "no_heading": _("The row with the names of the columns is not there."),
    "missing_column": _("This column is missing."),
    "twice_column": _("This column is there twice."),
    # of a cell
    "formula": _("A formula stands here; paste it as a value, so that it cannot change by itself."),
    "merged": _("This cell is merged with others; split them and write into each one."),
    "error": _("The spreadsheet could not calculate this cell and shows an error."),
    "long_number": _("The spreadsheet has rounded this long number; format the cell as text and write it anew."),
    "twice": _("This code stands in row %(detail)s already."),
    "no_such_item": _("There is no item “%(detail)s” in this file."),
    "missing": _("Nothing is written here."),
    "too_long": _("Longer than %(detail)s characters."),
    "no_number": _("“%(detail)s” is not a number."),
    "no_whole_number": _("“%(detail)s” is not a whole number."),
    "no_day": _("“%(detail)s” is not a day; write it like 2026-12-01."),
    "serial_day": _("A day stands here as the plain number %(detail)s; format the cell as a date."),
    "unknown_word": _("“%(detail)s” is none of the words that may stand here: %(choices)s"),
    "unknown_name": _("Nothing here, or more than one, goes by “%(detail)s”; write its code."),
    "no_code": _("“%(detail)s” is not a code: letters, digits, full stops, hyphens and underscores."),
}


def words(why: str, detail: str = "", **more: str) -> str:
    """The words for a code, with its detail; a text that is no code is its own words."""
    text = WHY.get(why)
    return why if text is None else str(text) % {"detail": detail, **more} if "%(" in str(text) else str(text)


def where(place: Place) -> str:
    """Sheet, row and column as a person finds them in the spreadsheet; "" for the file as a whole."""
    parts = []
    if place.sheet:
        parts.append(gettext("sheet “%(name)s”") % {"name": place.sheet})
    if place.row:
        parts.append(gettext("row %(number)s") % {"number": place.row})
    if place.column or place.heading:
        letters = letters_of(place.column)
        name = f"{letters} “{place.heading}”" if letters and place.heading else letters or f"“{place.heading}”"
        parts.append(gettext("column %(name)s") % {"name": name})
    return gettext(", ").join(parts)


def told(bad: BadFile) -> str:
    """What is wrong with a file and where, as one sentence."""
    return said(why=bad.why, detail=bad.detail, place=bad.place)


def said(*, why: str, place: Place, detail: str = "", more: Mapping[str, str] | None = None) -> str:
    """A fault and where it is, as one sentence."""
    spot = where(place)
    reason = words(why, detail, **(more or {}))
    return gettext("%(where)s: %(why)s") % {"where": spot, "why": reason} if spot else reason
