"""Prove or refute the counters that are kept as things happen."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from petitions.models import Petition
from petitions.queries import differences
from petitions.services.tallies import recount

SHOWN = 50


class Command(BaseCommand):
    help = "Counts every petition anew and compares with the running tally at one instant; exit code 1 on a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="count anew where counts are wrong; holds up filing")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        begun = time.monotonic()
        found = differences()
        for one in found[:SHOWN]:
            about = one.state or one.day
            self.stderr.write(f"wrong: {one.measure} {about} at {one.place or '-'}: kept {one.kept}, found {one.found}")
        seconds = time.monotonic() - begun
        self.stdout.write(f"{Petition.objects.count()} petitions counted in {seconds:.1f} s: {len(found)} counts wrong")
        if found and mend:
            recount()
            self.stdout.write("counted anew")
        elif found:
            raise SystemExit(1)
