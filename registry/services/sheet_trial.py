"""What the import of a file would say about each row, without writing anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from registry.choices import DraftOrigin, LineVerdict
from registry.models import SheetImport, SheetRow
from registry.queries.plans import plan_lines
from registry.services.sheet_files import headings_of, read_file, rows_of
from registry.services.sheet_rows import compare
from registry.services.sheets import judged, left_out, lines_of


def trial(*, file: Path, effective: date, whole: bool = False) -> list[SheetRow]:
    """The rows of a file with their verdicts, none of them saved. Raises Invalid as open_import() does."""
    found = read_file(file=file)
    sheet = SheetImport(
        effective=effective, whole=whole, kinds=found.kinds, headings=headings_of(found), total=len(found.rows)
    )
    rows = rows_of(found, sheet=sheet)
    compare(rows, sheet=sheet)
    rows += left_out(sheet, named={row.item_code for row in rows})
    moving = [row for row in rows if row.draftable and row.verdict != LineVerdict.SAME]
    plan = plan_lines(lines=lines_of(sheet, moving), effective=effective, origin=DraftOrigin.SHEET)
    judged(sheet, moving, plan)
    return rows
