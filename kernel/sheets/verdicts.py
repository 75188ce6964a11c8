"""The verdicts of an import as CSV for a spreadsheet, in which no cell can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from kernel.text import harmless_cell

BOM = "\ufeff"  # or spreadsheets here take UTF-8 for GB18030


def csv_lines(*, heading: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of the file, one string each."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write(BOM)
    for row in chain([heading], rows):
        writer.writerow([harmless_cell(str(cell)) for cell in row])
        yield _emptied(out)


def _emptied(out: io.StringIO) -> str:
    line = out.getvalue()
    out.seek(0)
    out.truncate()
    return line
