"""Import the export of a hotline or mailbox."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.errors import DomainError
from kernel.sheets.delimited import ENCODINGS
from kernel.sheets.verdicts import csv_lines
from organizations.queries import actor_of
from petitions.choices import Channel
from petitions.intake import mapping as columns
from petitions.intake import spooling
from petitions.intake.reasons import reason
from petitions.models.intake import BatchState, ImportBatch, Verdict
from petitions.services import intake, intake_files, intake_rows

HEADING = ("row", "number at the source", "verdict", "column", "why", "petition")
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Files every row of a CSV or XLSX export as a petition, once for ever by its number at the source. "
        "Run it again to go on after an interruption."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="who exported it, such as hotline; numbers count within it")
        parser.add_argument("--mapping", help="FIELD=COLUMN,… or a JSON file of such pairs; guessed when left out")
        parser.add_argument("--channel", choices=Channel.values, help="default: the source, where it names a channel")
        parser.add_argument("--encoding", choices=ENCODINGS, default="auto")
        parser.add_argument("--as", dest="username", help="account that files (default: the system)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen to each row, write nothing")
        parser.add_argument("--limit", type=int, help="only the first rows of the file")
        parser.add_argument("--result", type=Path, help="write the verdict on each row to this CSV file")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"{file}: no such file")
        if options["channel"] is None:
            options["channel"] = options["source"] if options["source"] in Channel.values else Channel.HOTLINE.value
        begun = time.monotonic()
        try:
            done = self._check(file, options) if options["dry_run"] else self._import(file, options)
        except DomainError as error:
            told = "; ".join(f"{name}: {messages[0]}" for name, messages in error.fields.items())
            raise CommandError(f"{error.message} {told}".strip()) from error
        seconds = max(time.monotonic() - begun, 0.001)
        self.stdout.write(f"{done} rows in {seconds:.1f} s ({done / seconds:.0f} rows/s)")

    def _check(self, file: Path, options: dict[str, Any]) -> int:
        intake_files.check_words(source=options["source"], channel=options["channel"])
        with tempfile.TemporaryDirectory() as scratch:
            plain = Path(scratch) / "rows.jsonl"
            intake_files.spool(file=file, target=plain, encoding=options["encoding"])
            names = spooling.columns_of(plain)
            mapping = _mapping(options["mapping"]) or columns.guess(names)
            intake_files.check_mapping(mapping=mapping, names=names)
            self._tell_mapping(mapping, names)
            plan = intake_rows.Plan(
                source=options["source"],
                channel=options["channel"],
                columns=names,
                mapping=mapping,
                words=intake_rows.words_here(at=clock.now()),
            )
            rows = [
                (one.number, one.source_no, one.verdict, one.column, reason(one.why), "")
                for one in intake_rows.check(spooled=plain, plan=plan, limit=options["limit"])
            ]
        self._conclude(rows, options["result"])
        return len(rows)

    def _import(self, file: Path, options: dict[str, Any]) -> int:
        actor = _actor(options["username"])
        batch = intake_files.open_batch(
            file=file,
            filename=file.name,
            source=options["source"],
            channel=options["channel"],
            mapping=_mapping(options["mapping"]),
            encoding=options["encoding"],
            actor=actor,
            at=clock.now(),
        )
        before = batch.done
        if before:
            self.stdout.write(f"{before} of {batch.total} rows were imported before")
        if batch.stage != BatchState.DONE:
            self._tell_mapping(batch.mapping, spooling.columns_of(intake_files.spooled(batch=batch)))
            batch = self._run(intake.start(batch_id=batch.pk, actor=actor), actor, options["limit"])
        found = batch.rows.order_by("row_no").values_list(
            "row_no", "source_no", "verdict", "column", "why", "petition__number"
        )
        self._conclude([(*row[:4], reason(row[4]), row[5] or "") for row in found.iterator()], options["result"])
        return batch.done - before

    def _run(self, batch: ImportBatch, actor: Actor, limit: int | None) -> ImportBatch:
        most = batch.total if limit is None else min(limit, batch.total)
        while batch.stage == BatchState.RUNNING and batch.done < most:
            size = min(intake.CHUNK, most - batch.done)
            if intake.import_chunk(batch_id=batch.pk, actor=actor, at=clock.now(), size=size) is None:
                time.sleep(0.2)  # the worker is at the same batch; both go on
            batch.refresh_from_db()
            self._draw(batch.done, most)
        if batch.stage == BatchState.RUNNING:
            batch = intake.stop(batch_id=batch.pk, actor=actor)
        return batch

    def _draw(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            filled = 40 * done // max(total, 1)
            end = "\n" if done >= total else ""
            self.stderr.write(f"\r[{'#' * filled}{' ' * (40 - filled)}] {done}/{total}{end}", ending="")

    def _tell_mapping(self, mapping: dict[str, str], names: list[str]) -> None:
        self.stdout.write("columns: " + ", ".join(f"{field}={column}" for field, column in mapping.items()))
        if unused := [name for name in names if name not in mapping.values()]:
            self.stdout.write("not used: " + ", ".join(unused))

    def _conclude(self, rows: list[tuple[Any, ...]], result: Path | None) -> None:
        counted = {verdict: 0 for verdict in Verdict.values}
        for row in rows:
            counted[row[2]] += 1
        refused = [row for row in rows if row[2] == Verdict.REFUSED]
        for number, _source_no, _verdict, column, why, _petition in refused[:SHOWN]:
            self.stderr.write(f"row {number}, {column or 'whole row'}: {why}")
        if len(refused) > SHOWN:
            self.stderr.write(f"… and {len(refused) - SHOWN} more (--result FILE lists them all)")
        self.stdout.write(", ".join(f"{count} {verdict}" for verdict, count in counted.items() if count))
        if result is not None:
            with result.open("w", encoding="utf-8", newline="") as out:
                out.writelines(csv_lines(heading=HEADING, rows=rows))


def _mapping(given: str | None) -> dict[str, str] | None:
    if not given:
        return None
    path = Path(given)
    try:
        if "=" not in given and path.is_file():
            text = path.read_text(encoding="utf-8-sig")
            pairs = json.loads(text) if text.lstrip().startswith("{") else columns.parsed(text)
            return {str(field): str(column) for field, column in pairs.items()}
        return columns.parsed(given)
    except (ValueError, AttributeError) as error:
        raise CommandError(f"--mapping: {error}") from error


def _actor(username: str | None) -> Actor:
    if username is None:
        return SYSTEM
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"--as: there is no account {username}")
    return actor_of(user, at=clock.now())
