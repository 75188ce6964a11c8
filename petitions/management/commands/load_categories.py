"""Bring categories and reasons for declining in line with their files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.errors import Unprocessable
from petitions.services.reference import TableDiff, load_categories, load_decline_reasons

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Load categories and reasons for declining; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show the difference and change nothing")

    def handle(self, *, dry_run: bool, verbosity: int, **options: Any) -> None:
        try:
            categories = load_categories(rows=_rows("categories.csv"), dry_run=dry_run)
            reasons = load_decline_reasons(rows=_rows("decline_reasons.csv"), dry_run=dry_run)
        except Unprocessable as error:
            faults = [f"{where}: {' '.join(map(str, why))}" for where, why in error.fields.items()]
            raise CommandError("\n".join([str(error.message), *faults])) from error
        self._show("categories", categories, verbosity=verbosity)
        self._show("reasons for declining", reasons, verbosity=verbosity)

    def _show(self, what: str, diff: TableDiff, *, verbosity: int) -> None:
        counts = f"{len(diff.added)} added, {len(diff.changed)} changed, {diff.unchanged} unchanged"
        self.stdout.write(f"{what}: {counts}, {len(diff.gone)} taken out of use")
        if verbosity > 1:
            for sign, codes in (("+", diff.added), ("~", diff.changed), ("-", diff.gone)):
                self.stdout.writelines(f"  {sign} {code}" for code in codes)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))
