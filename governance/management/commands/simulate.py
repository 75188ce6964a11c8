"""Play days of city life through the real services."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Max, QuerySet
from django.utils.timezone import localtime

from governance.demo.seeding import is_seeded
from governance.demo.simulation.player import Player
from governance.demo.simulation.playing import SEED, alone, carry_on, player_for, release
from governance.demo.simulation.results import Results, results_of
from kernel.clock import now
from kernel.errors import DomainError
from kernel.worktime import SHANGHAI
from petitions.models import Petition

WIDTH = 28


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("a day is written 2026-03-01") from error


class Command(BaseCommand):
    help = "Plays days of city life in the demo district; the same seed and start give the same results."
    requires_system_checks: tuple[str, ...] = ()  # pages and addresses play no part here

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, required=True)
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--start", type=_day, help="first day; without it, so many days before today")
        parser.add_argument("--per-day", type=float, default=28, help="petitions a day, mean over a week")
        parser.add_argument("--run", default="", help="name of the play; the same name goes on where it stopped")
        parser.add_argument("--only-existing", action="store_true", help="file nothing, carry on what is open")
        parser.add_argument("--source", default="", help="with --only-existing: only what came from this source")

    def handle(self, *, days: int, only_existing: bool, source: str, **options: Any) -> None:
        if not settings.DEMO or not is_seeded():
            raise CommandError("there is no demo district here: manage.py seed_demo makes one")
        began = time.monotonic()
        name = f"play-{options['run'] or options['seed']}"[:40]
        petitions = Petition.objects.filter(**({"source": source} if source else {})) if only_existing else None
        try:
            with alone():
                try:
                    if petitions is None:
                        player = self._new_life(name, days, **options)
                        petitions = Petition.objects.filter(source=name)
                    else:
                        player = self._go_on(f"{name}-existing"[:40], days, petitions, seed=options["seed"])
                finally:
                    release()
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self._show(player, results_of(petitions=petitions), seconds=time.monotonic() - began)

    def _new_life(
        self, name: str, days: int, *, seed: int, start: date | None, per_day: float, **options: Any
    ) -> Player:
        first = start or now().astimezone(SHANGHAI).date() - timedelta(days=days)
        begin = datetime.combine(first, datetime.min.time(), tzinfo=SHANGHAI)
        player = player_for(seed=seed, source=name, per_day=per_day, start=begin)
        self._play(player, first=first, days=days, until=begin + timedelta(days=days))
        return player

    def _go_on(self, name: str, days: int, petitions: QuerySet[Petition], *, seed: int) -> Player:
        """From the last change on, so many days into what may be the future."""
        waiting = petitions.open()  # type: ignore[attr-defined]
        begin = waiting.aggregate(last=Max("changed_at"))["last"] or now()
        player = player_for(seed=seed, source=name, per_day=0, start=begin)
        taken = carry_on(player, petitions=waiting)
        self.stdout.write(f"carrying on {taken} petitions from {localtime(begin):%Y-%m-%d %H:%M}")
        until = player.clock + timedelta(days=days)
        self._play(player, first=player.clock.astimezone(SHANGHAI).date(), days=days, until=until)
        return player

    def _play(self, player: Player, *, first: date, days: int, until: datetime) -> None:
        began = time.monotonic()
        lively = self.stderr.isatty()

        def told(day: date) -> None:
            done = (day - first).days + 1
            filed, speed = player.figures["filed"], player.figures["events"] / max(time.monotonic() - began, 0.01)
            bar = "#" * min(WIDTH * done // days, WIDTH)
            line = f"[{bar:.<{WIDTH}}] {day} {filed} filed, {player.figures['events']} events, {speed:.0f} events/s"
            if lively:
                self.stderr.write(f"\r{line}", ending="\n" if done == days else "")
            elif done % 7 == 0 or done == days:
                self.stderr.write(line)

        player.play(until=until, each_day=told)

    def _show(self, player: Player, results: Results, *, seconds: float) -> None:
        states = ", ".join(f"{state} {number}" for state, number in results.states.items())
        deeds = ", ".join(f"{name} {number}" for name, number in sorted(player.figures.items()))
        self.stdout.write(f"petitions  {results.filed}: {states}")
        self.stdout.write(f"handled    {results.handled}, on time {_share(results.on_time, results.handled)}")
        self.stdout.write(f"rated      {results.rated}, satisfied {_share(results.satisfied, results.rated)}")
        self.stdout.write(f"handled again  {results.reworked}")
        self.stdout.write(f"this run   {deeds}")
        self.stdout.write(f"seconds    {seconds:.1f}")
        self.stdout.write(f"digest     {results.digest}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
