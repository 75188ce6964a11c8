"""Files that leave the product: a spreadsheet or CSV that says first what was asked, then the rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.choices import TakenAs
from assessment.statistics.explaining import Fact
from assessment.statistics.flat import cells_of
from assessment.statistics.tables import Table
from assessment.statistics.windows import LABELS
from kernel.books import MAX_ROWS, written
from kernel.text import harmless_cell

EVERY = 200
Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: the facts of the first sheet, then columns with their widths, and rows that may come slowly."""

    title: str
    facts: Sequence[Fact]
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written, and whether there was more than may leave at once."""

    rows: int
    capped: bool


def figures_sheet(*, table: Table, facts: Sequence[Fact]) -> Sheet:
    """A row for each number of a table: the same numbers as on the page."""
    question, earlier = table.question, [one.name for one in table.windows[1:]]
    columns = [(str(question.rows.label), 26)]
    if question.columns is not None:
        columns.append((str(question.columns.label), 20))
    columns += [(_("Figure"), 22), (_("Value"), 12), (_("Told in"), 10), (_("Counts"), 10), (_("Of"), 10)]
    for name in earlier:
        columns += [(str(LABELS[name]), 14), (_("Difference"), 12)]
    units = {"cases": _("cases"), "share": _("per cent"), "hours": _("hours")}

    def rows() -> Iterable[Sequence[Any]]:
        for cell in cells_of(table):
            names = [cell["row_label"]]
            if question.columns is not None:
                names.append(cell["column_label"] or _("Everything"))
            numbers = [cell["value"], units[cell["unit"]], cell["hits"], cell["counted"]]
            beside = [value for one in cell["beside"] for value in (one["value"], one["difference"])]
            yield [*names, cell["of_label"], *numbers, *beside]

    return Sheet(_("Figures"), facts, columns, rows())


def write(*, sheet: Sheet, form: str, path: Path, tick: Tick, cap: int = MAX_ROWS) -> Written:
    """Write a file whole under its name. `tick` hears how many rows there are every now and then, and may raise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.part")
    try:
        with half.open("wb") as target:
            done = (_csv if form == TakenAs.CSV else _xlsx)(sheet, target, tick, cap)
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    return done


def _capped(rows: Iterable[Sequence[Any]], tick: Tick, cap: int) -> Iterable[tuple[int, Sequence[Any] | None]]:
    """Rows with their numbers; None where the cap is reached and there are more."""
    for number, row in enumerate(rows, start=1):
        if number > cap:
            yield cap, None
            return
        if number % EVERY == 0:
            tick(number)
        yield number, row


def _xlsx(sheet: Sheet, target: Any, tick: Tick, cap: int) -> Written:
    count, more = 0, False
    with written(row_by_row=True) as (file, book):
        bold = book.add_format({"bold": True, "bottom": 1})
        first = book.add_worksheet(_("What was counted"))
        first.set_column(0, 0, 24)
        first.set_column(1, 1, 80)
        for line, (name, value) in enumerate(sheet.facts):
            first.write_string(line, 0, harmless_cell(name), bold)
            first.write_string(line, 1, harmless_cell(value))
        second = book.add_worksheet(sheet.title[:31])
        for column, (heading, width) in enumerate(sheet.columns):
            second.set_column(column, column, width)
            second.write_string(0, column, heading, bold)
        second.freeze_panes(1, 1)
        for count, row in _capped(sheet.rows, tick, cap):
            if row is None:
                more = True
                break
            _cells(second, count, row)
        second.write_string(count + 2, 0, _note(count, more))
    copyfileobj(file, target)
    file.close()
    return Written(count, more)


def _cells(sheet: Any, line: int, row: Sequence[Any]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, datetime):
            sheet.write_datetime(line, column, timezone.localtime(value).replace(tzinfo=None))
        elif isinstance(value, int | float):
            sheet.write_number(line, column, value)
        elif value:
            sheet.write_string(line, column, harmless_cell(str(value)))


def _csv(sheet: Sheet, target: Any, tick: Tick, cap: int) -> Written:
    count, more = 0, False
    with io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True) as text:
        lines = csv.writer(text)
        lines.writerows([harmless_cell(name), harmless_cell(value)] for name, value in sheet.facts)
        lines.writerow([])
        lines.writerow([heading for heading, _width in sheet.columns])
        for number, row in _capped(sheet.rows, tick, cap):
            count, more = number, row is None
            if row is None:
                break
            lines.writerow([_plain(value) for value in row])
        lines.writerow([])
        lines.writerow([_note(count, more)])
    return Written(count, more)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value if isinstance(value, int | float) else harmless_cell(str(value or ""))


def _note(count: int, more: bool) -> str:
    note = _("%(rows)s rows") % {"rows": count}
    return note + (_("; the list is longer, only the first %(cap)s rows are here") % {"cap": count} if more else "")
