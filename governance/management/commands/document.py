"""Write workflows.md, events.md and roles.md of docs/ from the tables themselves; --check fails if one is stale."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from governance.documents import DOCUMENTS


class Command(BaseCommand):
    help = "Write the generated documents; with --check only say which are stale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        stale = []
        with translation.override("en"):
            for name, write in DOCUMENTS.items():
                file = settings.BASE_DIR / "docs" / name
                text = write()
                if file.exists() and file.read_text(encoding="utf-8") == text:
                    continue
                stale.append(name)
                if not check:
                    file.write_text(text, encoding="utf-8")
        if check and stale:
            raise CommandError(f"stale: {', '.join(stale)}; run `make docs`")
        self.stdout.write(f"written: {', '.join(stale)}" if stale else "up to date")
