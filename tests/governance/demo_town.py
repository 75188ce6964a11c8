"""The demo district for a whole module of tests, built once and undone at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from governance.demo.simulation.player import Player
from governance.demo.simulation.playing import player_for
from kernel import calendars
from tests.world import at

START = at("2026-09-21 00:00")  # a Monday; the national holiday lies ahead


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A seeded district; gives what the command said."""
    said = StringIO()
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            call_command("seed_demo", stdout=said)
            yield said.getvalue()
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            calendars.forget()


def played(source: str, *, until: datetime, per_day: float, seed: int = 7) -> Player:
    """A play from START on, or from where it stopped."""
    player = player_for(seed=seed, source=source, per_day=per_day, start=START)
    player.play(until=until)
    return player
