"""What working time is told: units, limits, hours; and what it refuses."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kernel.choices import LimitUnit
from kernel.worktime import (
    UNITS,
    Limit,
    WorkCalendar,
    deadline,
    parse_spans,
    write_spans,
)
from tests.kernel.seeded_calendar import at, seeded

ROOT = Path(__file__).parents[2]
BARE = WorkCalendar(version=0, announced_until=date(2026, 12, 31))
EGOVA = WorkCalendar(version=2, announced_until=date(2026, 12, 31), spans=((480, 720), (840, 1080)))


def test_the_units_are_those_of_the_tables() -> None:
    assert set(LimitUnit.values) == UNITS
    assert Limit(1, LimitUnit.WORKDAY) == Limit(1, "workday")


@pytest.mark.parametrize(
    ("value", "unit", "reason"),
    [
        (0, "workday", "more than 0"),
        (-1, "work_hour", "more than 0"),
        (Decimal("1.5"), "workday", "whole number"),
        (100_001, "work_hour", "at most 100000"),
        (1, "month", "unknown unit"),
    ],
)
def test_limits_that_mean_nothing_are_refused(value: Decimal | int, unit: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Limit(value, unit)


def test_the_largest_limit_stays_within_the_calendar() -> None:
    for unit in UNITS:
        assert (
            deadline(
                start=at("2026-11-21 09:00"),
                limit=Limit(100_000, unit),
                calendar=seeded(),
            ).at
            is not None
        )


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadline(start=datetime(2026, 1, 1), limit=Limit(1, "workday"), calendar=seeded())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8:30-12:00",
        "08:30",
        "12:00-08:30",
        "08:00-12:00,11:00-13:00",
        "08:30-24:01",
    ],
)
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hours"):
        parse_spans(text=text)


def test_hours_are_read_and_written() -> None:
    assert parse_spans(text="08:00-12:00,14:00-18:00") == EGOVA.spans
    assert write_spans(spans=EGOVA.spans) == "08:00-12:00, 14:00-18:00"
    assert parse_spans(text="00:00-24:00") == ((0, 1440),)


def test_a_day_cannot_be_off_and_worked() -> None:
    day = frozenset({date(2026, 10, 1)})
    with pytest.raises(ValueError, match="2026-10-01"):
        WorkCalendar(version=1, announced_until=date(2026, 12, 31), holidays=day, makeups=day)


def test_the_arithmetic_knows_no_framework() -> None:
    sources = [*(ROOT / "kernel/worktime").glob("*.py"), ROOT / "kernel/ledger.py"]
    imports = [line for source in sources for line in source.read_text().splitlines() if "import" in line.split()]
    assert imports
    assert not [line for line in imports if "django" in line or "kernel.models" in line or "kernel.clock" in line]
