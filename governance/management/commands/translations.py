"""Keep the interface whole in both languages."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps as registry
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.translations import catalogues, compiling, faults, sources


class Command(BaseCommand):
    help = "compile: make the .mo files. check: fail on anything missing, fuzzy or unused. update: renew the .po files."
    requires_system_checks: list[str] = []  # an address that does not import must not hide a missing translation

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", choices=("compile", "check", "update"))
        parser.add_argument("apps", nargs="*", help="only these apps (check and update)")

    def handle(self, *args: Any, deed: str, apps: list[str], **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        ours = [config.name for config in registry.get_app_configs() if Path(config.path).parent == root]
        if unknown := set(apps) - set(ours):
            raise CommandError(f"no app of ours: {', '.join(sorted(unknown))}; there are {', '.join(ours)}")
        wanted = apps or ours
        if deed == "compile":
            self.stdout.write(f"{compiling.compile_all(ours, root=root)} catalogues compiled")
        elif deed == "update":
            for app in wanted:
                texts = sources.texts_of(app, apps=ours, root=root)
                waiting = catalogues.complete(app, texts=texts, root=root)
                self.stdout.write(f"{app}: {len(texts)} texts, {waiting} wait for a translation")
        else:
            self._check(wanted, ours, root)

    def _check(self, wanted: list[str], ours: list[str], root: Path) -> None:
        found = list(self._faults(wanted, ours, root))
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(
                f"{len(found)} faults; `manage.py translations update` adds what is missing to the catalogues"
            )
        self.stdout.write("every text is translated, no translation is unused")

    def _faults(self, wanted: list[str], ours: list[str], root: Path) -> Iterator[str]:
        for app in wanted:
            yield from faults.in_catalogue(app, apps=ours, root=root)
        yield from faults.in_python(wanted, root=root)
        if wanted == ours:
            yield from faults.in_templates(root=root)
            yield from faults.between_catalogues(ours, root=root)
