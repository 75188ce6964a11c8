"""Bring the reasons for returning an order in line with their file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dispatch.services.reference import load_return_reasons

REASONS = Path(__file__).resolve().parents[2] / "data" / "return_reasons.csv"


class Command(BaseCommand):
    help = "Load the reasons for returning an order; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show the difference and change nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        with REASONS.open(encoding="utf-8-sig", newline="") as file:
            diff = load_return_reasons(rows=list(csv.DictReader(file, strict=True)), dry_run=dry_run)
        counts = f"{len(diff.added)} added, {len(diff.changed)} changed, {diff.unchanged} unchanged"
        self.stdout.write(f"reasons for returning: {counts}, {len(diff.gone)} taken out of use")
