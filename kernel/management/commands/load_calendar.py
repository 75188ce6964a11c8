"""Load the reviewed list of holidays and working days as a new version of the calendar."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel.calendar_notices import SEED, Difference, compare, publish, read_days
from kernel.clock import now
from kernel.errors import Invalid
from kernel.worktime import parse_spans


class Command(BaseCommand):
    help = "Load holidays and make-up working days; a new version is made only if something differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SEED, help="CSV: date,kind,name,notice")
        parser.add_argument("--hours", help='hours of a working day, such as "08:30-12:00, 14:00-17:30"')
        parser.add_argument("--note", default="", help="what this version is for")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")

    def handle(self, *args: Any, file: Path, hours: str | None, note: str, dry_run: bool, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                days = read_days(lines=lines)
            spans = parse_spans(text=hours) if hours is not None else None
        except (OSError, ValueError) as error:
            raise CommandError(f"{file.name}: {error}") from error
        except Invalid as error:
            raise CommandError(f"{file.name}: {error.message}") from error
        self._show(compare(days=days, spans=spans))
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
            return
        version = publish(days=days, spans=spans, note=note, at=now())
        if version is None:
            self.stdout.write("The calendar is up to date.")
            return
        self.stdout.write(f"Calendar version {version.number}, announced until {version.announced_until}.")

    def _show(self, difference: Difference) -> None:
        for sign, days in (("-", difference.removed), ("+", difference.added)):
            for day in days:
                self.stdout.write(f"{sign} {day.date} {day.kind} {day.name}")
        if difference.hours:
            self.stdout.write(f"+ hours {difference.hours}")
