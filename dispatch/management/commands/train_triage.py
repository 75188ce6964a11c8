"""Learn the model of suggestions from the cases of this deployment."""

from __future__ import annotations

from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandParser

from dispatch.management.learning import learn
from dispatch.models import TriageModel
from kernel.clock import now

MOST = 20_000


class Command(BaseCommand):
    help = "Learn to suggest categories from this deployment's own cases and words, and keep the model."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=MOST, help="how many of the newest cases to learn from")
        parser.add_argument("--if-none", action="store_true", help="only where no model was learnt yet")

    def handle(self, *, most: int, if_none: bool, **options: Any) -> None:
        if if_none and TriageModel.objects.exists():
            self.stdout.write("There is a model already.")
            return
        kept = learn(most=most, at=now())
        said = {"model": kept.pk, "origin": kept.origin, "cases": kept.cases, "categories": kept.labels}
        self.stdout.write(orjson.dumps({**said, **kept.figures}).decode())
