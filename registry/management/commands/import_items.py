"""Import items of the registry from a workbook or a CSV."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.sheets.verdicts import csv_lines
from organizations.queries import actor_of
from registry.choices import LineVerdict
from registry.models import SheetImport, SheetRow
from registry.services import sheets
from registry.services.sheet_files import open_import
from registry.services.sheet_trial import trial
from registry.views.sheet_rows import faults_of, heading, lines_of

SHOWN = 20


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("a day is written 2026-03-01") from error


class Command(BaseCommand):
    help = "Makes a draft of a workbook (or one CSV) of items, to be submitted and approved by somebody else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what each row would do, write nothing")
        parser.add_argument("--effective", type=_day, help="first day of what is proposed (tomorrow)")
        parser.add_argument("--whole", action="store_true", help="items of its lists that the file leaves out end")
        parser.add_argument("--as", dest="username", help="account that proposes the draft")
        parser.add_argument("--title", default="", help="what is proposed (the name of the file)")
        parser.add_argument("--reason", default="", help="why")
        parser.add_argument("--result", type=Path, help="write the verdict on each row to this CSV file")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"{file}: no such file")
        options["effective"] = options["effective"] or clock.today() + timedelta(days=1)
        begun = time.monotonic()
        try:
            rows = self._tried(file, options) if options["dry_run"] else self._imported(file, options)
        except DomainError as error:
            told = "\n".join(str(one) for messages in error.fields.values() for one in messages)
            raise CommandError(f"{error.message}\n{told}".strip()) from error
        self._conclude(rows, options["result"])
        self.stdout.write(f"{len(rows)} rows in {time.monotonic() - begun:.1f} s")

    def _tried(self, file: Path, options: dict[str, Any]) -> list[SheetRow]:
        return trial(file=file, effective=options["effective"], whole=options["whole"])

    def _imported(self, file: Path, options: dict[str, Any]) -> list[SheetRow]:
        actor = _actor(options["username"])
        found = open_import(
            file=file,
            filename=file.name,
            title=options["title"] or file.stem[:120],
            reason=options["reason"],
            effective=options["effective"],
            whole=options["whole"],
            actor=actor,
            at=clock.now(),
        )
        while (done := sheets.compare_chunk(import_id=found.pk, actor=actor, at=clock.now())) is not None:
            self._draw(done)
            found = done
        if found.draft is not None:
            self.stdout.write(f"draft {found.draft.number}")
        return list(found.rows.order_by("position").defer("payload"))

    def _draw(self, found: SheetImport) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{found.done}/{found.total}", ending="" if found.done < found.total else "\n")

    def _conclude(self, rows: list[SheetRow], result: Path | None) -> None:
        counted = Counter(row.verdict for row in rows)
        wrong = [sentence for row in rows for sentence in faults_of(row)]
        self._tell(wrong)
        self.stdout.write(", ".join(f"{counted[one]} {one}" for one in LineVerdict.values if counted[one]) or "nothing")
        if result is not None:
            with result.open("w", encoding="utf-8", newline="") as out:
                out.writelines(csv_lines(heading=heading(), rows=lines_of(rows)))

    def _tell(self, wrong: Iterable[str]) -> None:
        sentences = list(wrong)
        for one in sentences[:SHOWN]:
            self.stderr.write(one)
        if len(sentences) > SHOWN:
            self.stderr.write(f"… and {len(sentences) - SHOWN} more (--result FILE lists them all)")


def _actor(username: str | None) -> Actor:
    user = get_user_model().objects.filter(username=username, is_active=True).first() if username else None
    if user is None:
        raise CommandError("--as: name the account that proposes the draft")
    return actor_of(user, at=clock.now())
