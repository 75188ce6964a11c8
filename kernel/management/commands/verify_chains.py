"""Prove or refute the hash chain of every case."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from kernel.chains import ChainStatus, verify_all, verify_case
from kernel.models import Chain, Event

TELL_EVERY_SECONDS = 2.0


class Command(BaseCommand):
    help = "Verifies every chain of events; names the first broken row of each broken case; exit code 1 on any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", type=UUID, action="append", default=[], help="only this case (may be repeated)")
        parser.add_argument("--since", type=_moment, help="only cases with an event recorded since this date or time")

    def handle(self, *args: Any, case: list[UUID], since: datetime | None, verbosity: int, **options: Any) -> None:
        begun = told = time.monotonic()
        total = Chain.objects.count() if verbosity and not case and since is None else 0
        cases = events = broken = 0
        for status in _chosen(case, since):
            cases += 1
            events += status.length
            if not status.intact:
                broken += 1
                self.stderr.write(_line(status))
            if total and time.monotonic() - told > TELL_EVERY_SECONDS:
                told = time.monotonic()
                self.stderr.write(f"{cases} of {total} cases, {events} events, {broken} broken")
        seconds = time.monotonic() - begun
        self.stdout.write(f"{cases} cases, {events} events verified in {seconds:.1f} s: {broken} broken")
        if broken:
            raise SystemExit(1)


def _chosen(cases: list[UUID], since: datetime | None) -> Iterator[ChainStatus]:
    if cases:
        return (verify_case(case_id=one) for one in cases)
    if since is not None:
        touched = Event.objects.filter(recorded_at__gte=since).values_list("case_id", flat=True).distinct()
        return (verify_case(case_id=one) for one in touched.order_by("case_id").iterator())
    return verify_all()


def _line(status: ChainStatus) -> str:
    found = status.broken
    assert found is not None
    row = f"event {found.event_id} {found.name}" if found.event_id else "no such row"
    return f"broken: case {status.case_id} at {found.seq}: {found.why} ({row})"


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text)):
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (given its zone below)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
    if moment is None:
        raise ArgumentTypeError(f"{text!r}: give a date or time such as 2026-11-21 or 2026-11-21T08:00")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
