"""A sheet whose columns are known by their names: found wherever the heading stands, in any order of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kernel.sheets.cells import folded
from kernel.sheets.problems import Place
from kernel.sheets.reading import Sheet

HEADING_WITHIN = 20  # titles, notes and dates may stand above the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its field, the names it goes by (exports write the first), and whether it must be there."""

    field: str
    names: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with a table or a cell: a code of kernel.sheets.words, its detail, and where."""

    why: str
    place: Place
    detail: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row by the names of fields; `marks` are those of its cells, `places` where each stands."""

    number: int
    values: dict[str, str]
    marks: dict[str, str]
    places: dict[str, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The table of a sheet: where each field stands, and what is wrong with the heading."""

    sheet: Sheet
    heading_row: int
    positions: dict[str, int]
    headings: dict[str, str]
    faults: list[Fault]

    def records(self) -> Iterator[Record]:
        """The rows below the heading. None may be read while the heading has faults."""
        for row in self.sheet.rows():
            if row.number <= self.heading_row:
                continue
            values = {name: row.cells[at] if at < len(row.cells) else "" for name, at in self.positions.items()}
            marks = {name: row.marks[at] for name, at in self.positions.items() if at in row.marks}
            if any(values.values()) or any(mark != "merged" for mark in marks.values()):
                yield Record(number=row.number, values=values, marks=marks, places=self._places(row.number))

    def place(self, *, row: int, name: str) -> Place:
        """Where a field stands in a row."""
        column = self.positions[name] + 1 if name in self.positions else 0
        return Place(sheet=self.sheet.name, row=row, column=column, heading=self.headings.get(name, ""))

    def _places(self, number: int) -> dict[str, Place]:
        return {name: self.place(row=number, name=name) for name in self.positions}


def heading_key(name: str) -> str:
    """The name of a column without width, case, spaces, stars and what stands in brackets."""
    return "".join(one for one in folded(name).casefold().partition("(")[0] if one.isalnum() or one == "_")


def find_table(sheet: Sheet, *, columns: Sequence[Column]) -> Table:
    """The table of a sheet by the row that holds most of the names; its faults say what is missing or there twice."""
    by_name = {heading_key(name): column.field for column in columns for name in column.names}
    best_row = 0
    best: list[str] = []
    for row in islice(sheet.rows(), HEADING_WITHIN):
        if sum(heading_key(one) in by_name for one in row.cells) > sum(heading_key(one) in by_name for one in best):
            best_row, best = row.number, row.cells
    if not best:
        fault = Fault(why="no_heading", place=Place(sheet=sheet.name))
        return Table(sheet=sheet, heading_row=0, positions={}, headings={}, faults=[fault])
    return _table(sheet, best_row, best, columns=columns, by_name=by_name)


def _table(
    sheet: Sheet, heading_row: int, names: list[str], *, columns: Sequence[Column], by_name: Mapping[str, str]
) -> Table:
    positions: dict[str, int] = {}
    headings: dict[str, str] = {}
    faults = []
    for at, name in enumerate(names):
        known = by_name.get(heading_key(name))
        if known in positions:
            place = Place(sheet=sheet.name, row=heading_row, column=at + 1, heading=name.strip())
            faults.append(Fault(why="twice_column", place=place))
        elif known is not None:
            positions[known], headings[known] = at, name.strip()
    for column in columns:
        if column.needed and column.field not in positions:
            place = Place(sheet=sheet.name, row=heading_row, heading=column.names[0])
            faults.append(Fault(why="missing_column", place=place))
    return Table(sheet=sheet, heading_row=heading_row, positions=positions, headings=headings, faults=faults)
