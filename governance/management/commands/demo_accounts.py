"""Print the demo accounts and what to try first."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from governance.demo.accounts import HEADING, WAY, rows


class Command(BaseCommand):
    help = "Prints the accounts of the demo district, in Chinese and English."
    requires_system_checks: tuple[str, ...] = ()  # printed in the first minute, before anybody waits for more

    def handle(self, *args: Any, **options: Any) -> None:
        found = rows() if settings.DEMO else []
        if not found:
            self.stdout.write("No demo accounts here.")
            return
        self.stdout.write(f"{HEADING}: {settings.DEMO_PASSWORD}")
        for username, role, unit, what in found:
            place = _wide(unit or "-", 16)
            self.stdout.write(f"  {username:<15} {role:<17} {place} {_wide(what.zh, 40)} {what.en}")
        self.stdout.write(f"  {WAY}")


def _wide(text: str, width: int) -> str:
    """Pad to a width of the terminal, in which a Chinese character takes two places."""
    taken = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return text + " " * max(0, width - taken)
