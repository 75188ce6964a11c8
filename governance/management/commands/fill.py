"""What an installation needs before its first user: reference data, and in an empty database the demo district."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Loads the reference data and, into a database without accounts, the demo district; may run again."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_reference", stdout=self.stdout)
        if not get_user_model().objects.exists():
            call_command("seed_demo", stdout=self.stdout)
