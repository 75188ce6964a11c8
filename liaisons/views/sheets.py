"""The board's lists as rows of a spreadsheet: the same rows that the page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.books import MAX_ROWS
from liaisons.views.lists import LISTS, Asked

CHUNK = 500
Row = dict[str, Any]
Columns = list[tuple[str, int]]


def rows_of(asked: Asked, listed: str) -> Iterator[Sequence[Any]]:
    """Every row of a list as cells, put together chunk by chunk."""
    table = LISTS[listed]
    found = table.rows(asked).order_by(table.order, "pk")
    for start in range(0, MAX_ROWS + 1, CHUNK):
        chunk = list(found[start : start + CHUNK])
        for row in table.shown(asked, chunk):
            yield CELLS[listed](row)
        if len(chunk) < CHUNK:
            return


def columns_of(listed: str) -> Columns:
    """Headings and widths of a list."""
    figures = [
        (pgettext("of officials", "Visits"), 8),
        (pgettext("on visits", "Solved"), 8),
        (_("Passed on"), 10),
        (_("Still open"), 10),
    ]
    heads: dict[str, Columns] = {
        "communities": [(_("Code"), 16), (_("Community"), 18), (_("Township"), 14), (_("Officials"), 30)],
        "grids": [
            (_("Code"), 18),
            (_("Grid"), 22),
            (_("Community"), 18),
            (_("Officials"), 30),
            (_("Of the community"), 30),
        ],
        "officials": [(_("Official"), 14), (_("Unit"), 24), (_("Looks after"), 40)],
    }
    if listed in heads:
        return [*heads[listed], *figures]
    return [
        (_("When"), 17), (_("Official"), 14), (_("Unit"), 24), (_("Place"), 18), (_("Where exactly"), 24),
        (_("What was found"), 40), (_("What was solved on the spot"), 40), (_("Outcome"), 16), (_("Still open"), 12),
        (_("Petition"), 20),
    ]  # fmt: skip


def _people(held: Sequence[Any]) -> str:
    return ", ".join(f"{one.user} ({one.unit})" for one in held)


def _figures(row: Row) -> list[str]:
    tally = row["tally"]
    return [str(one) for one in (tally.visits, tally.solved, tally.passed, tally.open)]


def _community(row: Row) -> list[Any]:
    return [row["code"], row["name"], row["township"], _people(row["officials"]), *_figures(row)]


def _grid(row: Row) -> list[Any]:
    around = [_people(row["officials"]), _people(row["around"])]
    return [row["code"], row["name"], row["township"], *around, *_figures(row)]


def _official(row: Row) -> list[Any]:
    units = ", ".join(dict.fromkeys(str(one.unit) for one in row["held"]))
    places = ", ".join(str(one.cell or one.area) for one in row["held"])
    return [str(row["user"]), units, places, *_figures(row)]


def _visit(row: Row) -> list[Any]:
    one, petition = row["visit"], row["petition"]
    return [
        one.visited_at,
        str(one.user),
        str(one.unit),
        f"{one.assignment.area} {one.place[12:]}".strip(),
        one.spot,
        one.found,
        one.solved,
        one.get_outcome_display(),
        str(row["became"].label) if row["became"] else "",
        petition.number if petition else "",
    ]


CELLS: dict[str, Callable[[Row], list[Any]]] = {
    "communities": _community,
    "grids": _grid,
    "officials": _official,
    "visits": _visit,
}
