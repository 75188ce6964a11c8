"""A calendar value read straight from the seed file, for the tests that need no database."""

import csv
from datetime import date, datetime
from functools import cache
from pathlib import Path

from kernel.worktime import SHANGHAI, WorkCalendar

SEED = Path(__file__).parents[2] / "kernel" / "data" / "calendar.csv"


@cache
def seeded() -> WorkCalendar:
    """2024 to 2026 announced, 2027 by law only."""
    with SEED.open(encoding="utf-8", newline="") as file:
        rows = [(date.fromisoformat(row["date"]), row["kind"]) for row in csv.DictReader(file)]
    return WorkCalendar(
        version=1,
        announced_until=date(2026, 12, 31),
        announced_years=frozenset({2024, 2025, 2026}),
        holidays=frozenset(day for day, kind in rows if kind != "makeup"),
        makeups=frozenset(day for day, kind in rows if kind == "makeup"),
    )


def at(text: str) -> datetime:
    """The instant of an ISO text in Shanghai, such as "2026-02-13 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
