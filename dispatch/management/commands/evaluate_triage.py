"""How good the suggestions are: on files, or on the cases of this deployment."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dispatch.management.learning import own_cases, own_routes, own_words
from dispatch.triage.examples import Case, Example
from dispatch.triage.measuring import TextFigures, UnitFigures, as_json, measure_texts, measure_units
from dispatch.triage.reading import read_events, read_texts

FEWEST = 50
AIMS = {
    "macro_f1": 0.93, "top2": 0.988, "certain": 0.82, "certain_right": 0.98, "milliseconds_p95": 20,
}  # fmt: skip
UNIT_AIMS = {"top1": 0.70, "top3": 0.86, "milliseconds_p95": 20}


class Command(BaseCommand):
    help = "Measure the suggestions on what they had not seen: categories on grouped folds, units case by case in time."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--texts", type=Path, help="a folder with labelled_raw.csv and labelled_segmented.csv")
        parser.add_argument("--routing", type=Path, help="a file of events with the unit that handled each")
        parser.add_argument("--most", type=int, default=5_000, help="how many of the newest own cases to measure on")

    def handle(self, *, texts: Path | None, routing: Path | None, most: int, **options: Any) -> None:
        try:
            examples, routes = self._given(texts, routing, most)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"cannot read this: {error}") from error
        about_texts = measure_texts(examples, seconds=time.perf_counter, tell=self._tell) if examples else None
        about_units = measure_units(routes, seconds=time.perf_counter, tell=self._tell) if routes else None
        self._table(about_texts, about_units)
        self.stdout.write(orjson.dumps(as_json(about_texts, about_units)).decode())

    def _given(
        self, texts: Path | None, routing: Path | None, most: int
    ) -> tuple[list[Example], list[tuple[Case, str]]]:
        """The files named; where none is, what this deployment has, if it is enough to say anything."""
        if texts or routing:
            return read_texts(texts) if texts else [], read_events(routing) if routing else []
        real = own_cases(most=most)
        routes = [(case, name) for case, _, name in own_routes(most=most)]
        different = len({one.group for one in real})
        if different < FEWEST:
            self._tell(f"{different} different cases with a category: too few to measure on")
        return [*own_words(), *real] if different >= FEWEST else [], routes if len(routes) >= FEWEST else []

    def _tell(self, line: str) -> None:
        self.stderr.write(line)

    def _table(self, texts: TextFigures | None, units: UnitFigures | None) -> None:
        for heading, figures, aims in (("categories", texts, AIMS), ("units", units, UNIT_AIMS)):
            if figures is None:
                self.stdout.write(f"{heading}: not measured")
                continue
            self.stdout.write(heading)
            for name, value in as_json(texts, units)["texts" if heading == "categories" else "units"].items():
                aim = f"   aim {aims[name]}" if name in aims else ""
                self.stdout.write(f"  {name:<18}{value:>10}{aim}")
