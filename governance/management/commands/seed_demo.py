"""Build the demo district."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.demo import seeding
from kernel.clock import now
from kernel.errors import DomainError
from organizations.models import User


class Command(BaseCommand):
    help = "Builds a district in the shape of Yicheng: areas, grids, units, people, responsibility list."
    requires_system_checks: tuple[str, ...] = ()  # pages and addresses play no part here

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=seeding.SEED, help="another number makes other names and boundaries"
        )

    def handle(self, *, seed: int, **options: Any) -> None:
        try:
            seeding.refuse_outside_demonstrations()
            if seeding.is_seeded():
                self.stdout.write("The district is there already.")
                return
            call_command("load_reference", verbosity=0, stdout=self.stdout)
            seeding.seed(at=now(), number=seed, say=self.stdout.write)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"The district is ready: {User.objects.count()} accounts.")
