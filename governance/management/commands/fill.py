"""What an installation needs before its first user: reference data, and in an empty database the demo district."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Loads the reference data, and with DEMO the demo district into a database without accounts; may run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO and not get_user_model().objects.exists():
            call_command("seed_demo", stdout=self.stdout)  # which loads the reference data first
        else:
            call_command("load_reference", stdout=self.stdout)
