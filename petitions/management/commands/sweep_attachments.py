"""Hold the files of attachments and their rows against each other."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kernel import clock
from petitions.services.sweeping import sweep


class Command(BaseCommand):
    help = "Removes files that no attachment has owned for a day; reports attachments whose file is gone or altered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="report only")
        parser.add_argument("--contents", action="store_true", help="also read each file and compare its SHA-256")

    def handle(self, *args: Any, **options: Any) -> None:
        found = sweep(at=clock.now(), remove=not options["dry_run"], read_contents=options["contents"])
        for name in found.removed:
            self.stdout.write(f"without attachment: {name}")
        for row in found.missing:
            self.stderr.write(f"attachment without file: {row}")
        for row in found.altered:
            self.stderr.write(f"file is not the one that was attached: {row}")
        verb = "found" if options["dry_run"] else "removed"
        self.stdout.write(
            f"{len(found.removed)} files {verb}, {len(found.young)} younger than a day left alone, "
            f"{len(found.missing)} attachments without file, {len(found.altered)} altered"
        )
        if found.missing or found.altered:
            raise SystemExit(1)
