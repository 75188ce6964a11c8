"""Make the draft of a monthly report from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment.months import month_before
from assessment.services import reporting
from kernel import clock
from kernel.actors import SYSTEM
from kernel.errors import DomainError


class Command(BaseCommand):
    help = "Make the draft of a month's assessment report, or make it anew while it is not published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", help="such as 2026-10; the last one that is over unless told", default="")

    def handle(self, *args: Any, month: str, **options: Any) -> None:
        at = clock.now()
        try:
            report = reporting.build(month=month or month_before(at=at), actor=SYSTEM, at=at)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        lines = report.lines.count()
        self.stdout.write(f"{report.month}: {lines} figures, scheme {report.scheme}, digest {report.digest[:12]}")
