"""`manage.py replay_list DRAFT`: what a draft of the registry, or another calendar, would have done to past cases."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dispatch.models import Replay
from dispatch.replay.tallies import FIGURES
from dispatch.services import replaying
from kernel import clock
from kernel.actors import SYSTEM
from kernel.errors import DomainError
from registry.models import Draft

YEAR = timedelta(days=365)


class Command(BaseCommand):
    help = "Try a draft of the registry, or the days of a calendar, on the cases of a past period. Changes no case."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("draft", nargs="?", help="number of the draft")
        parser.add_argument("--calendar", type=Path, help="CSV of days, as for load_calendar, to try in its place")
        parser.add_argument("--since", type=date.fromisoformat)
        parser.add_argument("--until", type=date.fromisoformat)
        parser.add_argument("--territory", default="", help="prefix of the place codes; everything unless told")

    def handle(self, **given: Any) -> None:
        if bool(given["draft"]) == bool(given["calendar"]):
            raise CommandError("name a draft, or a file with --calendar")
        today = clock.today()
        began = time.monotonic()
        try:
            made = replaying.start(
                draft_id=self._draft(given["draft"]) if given["draft"] else None,
                days=self._days(given["calendar"]) if given["calendar"] else "",
                since=given["since"] or today - YEAR,
                until=given["until"] or today,
                territory=given["territory"],
                actor=SYSTEM,
                at=clock.now(),
            )
            while made.is_running:
                made = replaying.step(replay_id=made.pk, at=clock.now())
                self.stderr.write(f"\r{made.percent:3d} %  {made.done}/{made.total}", ending="")
        except DomainError as error:
            raise CommandError(f"{error.message} {error.fields or ''}") from error
        self.stderr.write("")
        self._tell(made, time.monotonic() - began)

    def _draft(self, number: str) -> Any:
        found = Draft.objects.filter(number=number).values_list("pk", flat=True).first()
        if found is None:
            raise CommandError(f"there is no draft {number}")
        return found

    def _days(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error

    def _tell(self, made: Replay, seconds: float) -> None:
        for name in FIGURES:
            self.stdout.write(f"{name:14} {made.tally[name]:>9,}")
        self.stdout.write(f"{'seconds':14} {seconds:>9.1f}   replay {made.pk}")
