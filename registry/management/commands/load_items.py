"""Found the registry of responsibilities from its files, or bring it in line with them."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.utils import timezone

from kernel.actors import SYSTEM
from kernel.clock import now
from kernel.errors import DomainError
from registry.choices import LineVerdict
from registry.services.files import ITEMS, read_items
from registry.services.founding import Founding, found_items


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("a day is written 2026-03-01") from error


class Command(BaseCommand):
    help = "Load the items of the responsibility registry; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=ITEMS, help="items.csv; its tables lie beside it")
        parser.add_argument("--dry-run", action="store_true", help="show the difference and change nothing")
        parser.add_argument("--effective", type=_day, help="first day of what is new (today)")
        parser.add_argument("--document", default="LOCAL-1", help="number of the document that the list rests on")

    def handle(
        self, *, file: Path, dry_run: bool, effective: date | None, document: str, verbosity: int, **options: Any
    ) -> None:
        at = now()
        day = effective or timezone.localtime(at).date()
        told = {"effective": day, "document": document, "actor": SYSTEM, "at": at}
        try:
            items = read_items(file=file)
            found = found_items(items=items, dry_run=True, **told)  # type: ignore[arg-type]
            self._show(found, verbosity=verbosity)
            if found.plan.wrong:
                raise CommandError(f"{len(found.plan.wrong)} items have faults; nothing was loaded")
            if not dry_run:
                found_items(items=items, **told)  # type: ignore[arg-type]
        except DomainError as error:
            faults = [f"{where}: {' '.join(map(str, why))}" for where, why in error.fields.items()]
            raise CommandError("\n".join([str(error.message), *faults])) from error

    def _show(self, found: Founding, *, verbosity: int) -> None:
        for one in found.plan.wrong:
            self.stderr.writelines(f"{one.item_code}, {fault.column}: {fault.why}" for fault in one.faults)
        if verbosity > 1:
            for sign, verdict in (("+", LineVerdict.NEW), ("~", LineVerdict.CHANGED)):
                self.stdout.writelines(f"  {sign} {one.item_code}" for one in found.lines(verdict))
        counts = found.plan.counts
        self.stdout.write(
            f"items from {found.plan.effective}: {counts[LineVerdict.NEW]} new, {counts[LineVerdict.CHANGED]} changed, "
            f"{counts[LineVerdict.SAME]} unchanged, {counts[LineVerdict.WRONG]} wrong"
        )
