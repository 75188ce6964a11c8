"""One sheet of a workbook, row by row in constant memory: what it says, and which cells are not what they seem.

Marks of a cell: "formula" (something is calculated there), "error" (such as #N/A), "long_number" (digits are lost).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kernel.sheets import parts, values
from kernel.sheets.limits import MAX_MERGED, MAX_STRING, Limits
from kernel.sheets.problems import BadFile, Place

Emit = Callable[[int, list[str], dict[int, str]], None]
LAST_ROW = 1_048_576
TEXTS = frozenset({"v", "t"})


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What all sheets of a workbook share."""

    texts: Sequence[str]
    kinds: Sequence[str]
    from_1904: bool


def surroundings(packed: zipfile.ZipFile) -> Surroundings:
    """Read the shared texts and styles of a workbook."""
    return Surroundings(
        texts=values.shared_texts(packed),
        kinds=values.kinds_of_styles(packed),
        from_1904=parts.counts_from_1904(packed),
    )


class SheetParser:
    """The handlers for one sheet; `emit` is told each row that holds anything, in order.

    They run once for each tag of a file of millions: what most cells need stands first, and nothing is made in vain.
    """

    def __init__(self, *, name: str, around: Surroundings, limits: Limits, emit: Emit) -> None:
        self.name, self.around, self.limits, self.emit = name, around, limits, emit
        self.merged: list[str] = []
        self.local, self.letters = parts.Local(), _Letters()
        self.row, self.column = 0, 0
        self.cells: list[str] = []
        self.marks: dict[int, str] = {}
        self.kind, self.style, self.formula = "n", "", False
        self.taking, self.reading = False, False
        self.pieces: list[str] = []

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        name = self.local[tag]
        if name == "c":
            reference = said.get("r")
            self.column = self.letters[reference.rstrip("0123456789")] if reference else self.column + 1
            self.kind, self.style, self.formula = said.get("t", "n"), said.get("s", ""), False
            self.pieces = []
        elif name == "row":
            self._row(said.get("r"))
        elif name in TEXTS:
            self.taking = not self.reading
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.reading = True
        elif name == "mergeCell":
            self._merge(said.get("ref", ""))

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self.local[tag]
        if name == "c":
            if self.pieces or self.formula:
                self._close()
        elif name in TEXTS:
            self.taking = False
        elif name == "rPh":
            self.reading = False
        elif name == "row" and (self.cells or self.marks):
            self.emit(self.row, self.cells, self.marks)
            self.cells, self.marks = [], {}

    def text(self, piece: str) -> None:
        """Characters between tags."""
        if self.taking:
            self.pieces.append(piece)

    def _row(self, number: str | None) -> None:
        before, self.row, self.column = self.row, int(number) if number else self.row + 1, 0
        if not before < self.row <= LAST_ROW:
            raise BadFile("damaged", "row", place=Place(sheet=self.name, row=before))

    def _place(self) -> Place:
        return Place(sheet=self.name, row=self.row, column=self.column)

    def _close(self) -> None:
        try:
            text, mark = self._understood("".join(self.pieces))
        except (ValueError, IndexError, OverflowError) as error:
            raise BadFile("damaged", "cell", place=self._place()) from error
        if self.formula and not mark:
            mark = "formula"
        if not mark and (not text or text.isspace()):
            return
        if self.column > self.limits.columns:
            raise BadFile("too_many_columns", str(self.limits.columns), place=self._place())
        if len(text) > MAX_STRING:
            raise BadFile("long_cell", place=self._place())
        self.cells += [""] * (self.column - len(self.cells))
        self.cells[self.column - 1] = text
        if mark:
            self.marks[self.column - 1] = mark

    def _understood(self, written: str) -> tuple[str, str]:
        """Text and mark of the cell that ends."""
        if self.kind == "s":
            return self.around.texts[int(written)], ""
        if self.kind == "n":
            return self._number(written.strip())
        if self.kind == "e":
            return written, "error"
        return values.unescaped(written), ""

    def _number(self, written: str) -> tuple[str, str]:
        if not written:
            return "", ""
        style = int(self.style) if self.style else 0
        kinds = self.around.kinds
        kind = kinds[style] if style < len(kinds) else ""
        if not kind and len(written) < 15 and written.isascii() and written.isdigit():
            return str(int(written)), ""
        return values.number_text(written, kind, from_1904=self.around.from_1904)

    def _merge(self, reference: str) -> None:
        self.merged.append(reference[:30])
        if len(self.merged) > MAX_MERGED:
            raise BadFile("bomb", "merged", place=Place(sheet=self.name))


class _Letters(dict[str, int]):
    """Column letters to their number: A is 1."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for one in letters:
            if not "A" <= one <= "Z" or len(letters) > 3:
                raise BadFile("damaged", "reference")
            number = number * 26 + ord(one) - 64
        self[letters] = number
        return number


def read_sheet(
    packed: zipfile.ZipFile, *, part: str, name: str, around: Surroundings, limits: Limits, emit: Emit
) -> list[str]:
    """Tell `emit` the rows of a sheet; returns the references of its merged cells, such as "A1:C1"."""
    parser = SheetParser(name=name, around=around, limits=limits, emit=emit)
    parts.parse(packed, part, start=parser.start, end=parser.end, text=parser.text)
    return parser.merged
