"""Publish a new version of the responsibility list from a CSV file."""

from __future__ import annotations

import csv
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.utils import timezone

from kernel.actors import SYSTEM
from kernel.clock import now
from organizations.policies.differences import ListDiff
from organizations.services.responsibility_list import publish_list


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("a day is written 2026-03-01") from error


class Command(BaseCommand):
    help = "Publish the responsibility list of a CSV file; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show the difference and change nothing")
        parser.add_argument("--effective", type=_day, help="first day of the new version (today)")

    def handle(self, *, file: Path, dry_run: bool, effective: date | None, verbosity: int, **options: Any) -> None:
        at = now()
        day = effective or timezone.localtime(at).date()
        rows = self._rows(file)
        diff = publish_list(rows, effective=day, actor=SYSTEM, at=at, dry_run=True)
        self._show(diff, verbosity=verbosity)
        if diff.wrong:
            raise CommandError(f"{len(diff.wrong)} faults; nothing was published")
        if not dry_run:
            publish_list(rows, effective=day, actor=SYSTEM, at=at)

    def _rows(self, file: Path) -> list[dict[str, str | None]]:
        try:
            with file.open(encoding="utf-8-sig", newline="") as opened:
                return list(csv.DictReader(opened, restkey="+"))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error

    def _show(self, diff: ListDiff, *, verbosity: int) -> None:
        for one in diff.wrong:
            self.stderr.write(f"row {one.row}, {one.column}: {one.why}")
        if verbosity > 1:
            self.stdout.writelines(f"+ {one.row.code} from {one.start}" for one in diff.added)
            self.stdout.writelines(
                f"~ {one.row.code} from {one.start}: {', '.join(one.columns)}" for one in diff.changed
            )
            self.stdout.writelines(f"- {old.row.code} until {diff.effective}" for old in diff.gone)
        counts = f"{len(diff.added)} added, {len(diff.changed)} changed, {len(diff.gone)} ended"
        self.stdout.write(f"list from {diff.effective}: {counts}, {len(diff.unchanged)} unchanged")
