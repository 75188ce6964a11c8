"""Which column is which: guessed from the names that exports use, or said by a person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from petitions.intake import tables

# Field and what it is called on the page.
LABELS: dict[str, str | Promise] = {
    "source_no": _("Number at the source"),
    "title": _("Title"),
    "text": _("Content"),
    "time": _("Time at the source"),
    "name": _("Name"),
    "phone": _("Telephone"),
    "identity": _("Identity number"),
    "home": _("Home address"),
    "address": _("Place"),
    "area": _("Area"),
    "category": _("Category"),
    "nature": _("Nature"),
    "urgency": _("Urgency"),
    "lng": _("Longitude"),
    "lat": _("Latitude"),
}
# The column names that a field goes by in the exports of hotlines and mailboxes, the likeliest first. The running
# number of a line is not among them on purpose: it starts anew in each export and tells no message from another.
NAMES = tables.column_names()


def folded(name: str) -> str:
    """A column name without width, case, spaces, brackets and stars."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in plain.partition("(")[0] if one.isalnum() or one == "_")


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Field → column for every column that goes by one of the known names; no column serves two fields."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(folded(column), column)
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        likeliest = next((by_name[name] for name in names if name in by_name), "")
        if likeliest and likeliest not in found.values():
            found[field] = likeliest
    return found


def parsed(text: str) -> dict[str, str]:
    """The mapping written as "title=标题,text=内容" or one pair per line. Raises ValueError naming what is wrong."""
    found: dict[str, str] = {}
    for pair in text.replace("\n", ",").split(","):
        if not pair.strip():
            continue
        field, sign, column = pair.partition("=")
        if not sign or field.strip() not in LABELS:
            raise ValueError(f"{pair.strip()!r}: write FIELD=COLUMN with a field of {', '.join(LABELS)}")
        found[field.strip()] = column.strip()
    return found


def faults(mapping: Mapping[str, str], *, columns: Iterable[str]) -> dict[str, str]:
    """Field → what is wrong: "needed", "no_such_column" or "taken_twice". Empty where the mapping can be used."""
    known = set(columns)
    wrong: dict[str, str] = {}
    if not mapping.get("source_no"):
        wrong["source_no"] = "needed"
    if not mapping.get("title") and not mapping.get("text"):
        wrong["text"] = "needed"
    taken: set[str] = set()
    for field, column in mapping.items():
        if column not in known:
            wrong[field] = "no_such_column"
        elif column in taken:
            wrong[field] = "taken_twice"
        taken.add(column)
    return wrong
