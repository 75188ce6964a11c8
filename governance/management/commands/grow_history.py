"""Grow the demo's history up to now, behind the running system."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.demo.history import DAYS, grow
from governance.demo.seeding import is_seeded
from kernel.clock import now
from kernel.errors import DomainError


class Command(BaseCommand):
    help = "Plays two months of city life up to now, once; an interrupted run goes on where it was."
    requires_system_checks: tuple[str, ...] = ()  # pages and addresses play no part here

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help="how many days before today it begins")

    def handle(self, *, days: int, **options: Any) -> None:
        if not settings.DEMO or not is_seeded():
            self.stdout.write("No demo district here: nothing to grow.")
            return
        try:
            filed = grow(now=now, say=self._say, days=days)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"The history has reached the present: {filed} petitions." if filed else "Nothing to grow.")

    def _say(self, day: date, done: int, total: int) -> None:
        self.stdout.write(f"{day} ({done} of {total})")
        self.stdout.flush()
