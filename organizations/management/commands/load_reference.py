"""Bring the reference data of a deployment in line with its files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, call_command, get_commands
from django.core.management.base import CommandParser
from django.db import transaction

from kernel.actors import SYSTEM
from kernel.clock import now
from organizations.services.reference import load_matters

MATTERS = Path(__file__).resolve().parents[2] / "data" / "matters.csv"
# Commands of other apps that load tables of their own; each prints its own difference.
OTHERS = ("load_calendar", "load_categories", "load_return_reasons", "load_time_rules")


class Command(BaseCommand):
    help = "Load matters, calendar, categories and reasons; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show the difference and change nothing")

    def handle(self, *, dry_run: bool, verbosity: int, **options: Any) -> None:
        # Categories name matters: only by loading both can it be told what would change. A dry run takes it all back.
        with transaction.atomic():
            self._load_matters(verbosity=verbosity)
            known = get_commands()
            for name in OTHERS:
                if name in known:
                    call_command(name, verbosity=verbosity, stdout=self.stdout, stderr=self.stderr)
            transaction.set_rollback(dry_run)
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")

    def _load_matters(self, *, verbosity: int) -> None:
        with MATTERS.open(encoding="utf-8-sig", newline="") as file:
            diff = load_matters(csv.DictReader(file), actor=SYSTEM, at=now())
        counts = f"{len(diff.added)} added, {len(diff.changed)} changed, {len(diff.unchanged)} unchanged"
        self.stdout.write(f"matters: {counts}, {len(diff.gone)} no longer in the file")
        if verbosity > 1:
            for sign, codes in (("+", diff.added), ("~", diff.changed), ("?", diff.gone)):
                self.stdout.writelines(f"  {sign} {code}" for code in codes)
