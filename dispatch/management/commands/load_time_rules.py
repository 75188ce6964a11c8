"""Put the rule on extensions and suspensions in force that stands in the file of reference data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from dispatch.services.time_rules import load_time_rule
from kernel.clock import now


class Command(BaseCommand):
    help = "Load the rule on extensions and suspensions that holds everywhere; running it again changes nothing."

    def handle(self, **options: Any) -> None:
        done = load_time_rule(at=now())
        self.stdout.write("rule on time: 1 added" if done else "rule on time: unchanged")
