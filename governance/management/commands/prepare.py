"""What an installation needs before its first request, in one process: tables, rights, compiled translations."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates, grants the application's role its rights and compiles the translations; may run again."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=1, interactive=False, stdout=self.stdout)
        call_command("grant_rights", stdout=self.stdout)
        call_command("translations", "compile", stdout=self.stdout)
