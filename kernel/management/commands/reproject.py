"""Lay every open deadline anew after a new holiday notice."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand

from kernel import projecting
from kernel.calendars import current
from kernel.clock import now


class Command(BaseCommand):
    help = "Computes every open deadline with the calendar in force; may be stopped and run again. Closed ones stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would move, change nothing")
        parser.add_argument("--alone", action="store_true", help="in one process; usually a second one helps")

    def handle(self, *args: Any, dry_run: bool, alone: bool, **options: Any) -> None:
        at, began = now(), time.monotonic()
        calendar = current(at=at)
        self.stdout.write(f"Calendar version {calendar.version}, announced until {calendar.announced_until}.")
        if dry_run:
            self._tell(at)
        elif run := projecting.perform(at=at) if alone else projecting.perform_from_both_ends(at=at):
            self.stdout.write(f"{run.seen} looked at, {run.moved} moved.")
        spent = time.monotonic() - began
        self.stdout.write(f"{'Nothing was changed: this was a dry run. ' if dry_run else ''}{spent:.1f} s.")

    def _tell(self, at: datetime) -> None:
        found: dict[str, Counter[str]] = {}
        for name, step in projecting.steps(at=at, write=False):
            found.setdefault(name, Counter()).update(_figures(step))
        for name, figures in found.items():
            self.stdout.write(
                f"{name}: {figures['seen']} open, {figures['moved']} would move "
                f"({figures['later']} later, {figures['moved'] - figures['later']} earlier), "
                f"{figures['provisional']} provisional"
            )


def _figures(step: projecting.Step) -> dict[str, int]:
    return {"seen": step.seen, "moved": step.moved, "later": step.later, "provisional": step.provisional}
