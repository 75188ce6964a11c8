"""Working time, checked against the calendar of 2026 and the vectors worked out by hand from the statutes."""

from datetime import UTC, date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kernel.worktime import (
    Limit,
    WorkCalendar,
    add_working_time,
    deadline,
    working_minutes,
    working_time,
)
from tests.kernel.seeded_calendar import at, seeded

ROOT = Path(__file__).parents[2]
BARE = WorkCalendar(version=0, announced_until=date(2026, 12, 31))
EGOVA = WorkCalendar(version=2, announced_until=date(2026, 12, 31), spans=((480, 720), (840, 1080)))


def due(
    start: str,
    value: int | str,
    unit: str,
    *,
    calendar: WorkCalendar | None = None,
    roll: bool = True,
) -> str:
    """The deadline as text, minutes only."""
    limit = Limit(Decimal(value), unit, roll_forward=roll)
    result = deadline(start=at(start), limit=limit, calendar=calendar or seeded())
    assert result.at is not None
    return result.at.isoformat(sep=" ", timespec="minutes").removesuffix("+08:00")


def test_workdays_per_month_of_2026() -> None:
    edges = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 1, 1)]
    months = [seeded().workdays_between(since=a, until=b) for a, b in pairwise(edges)]
    assert months == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
    assert sum(months) == 248


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_workdays_per_year(year: int, workdays: int) -> None:
    assert seeded().workdays_between(since=date(year, 1, 1), until=date(year + 1, 1, 1)) == workdays


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ],
)
def test_make_up_days_are_worked(day: str) -> None:
    assert seeded().is_workday(day=date.fromisoformat(day))
    assert working_minutes(start=at(f"{day} 00:00"), end=at(f"{day} 23:59"), calendar=seeded()) == 420


@pytest.mark.parametrize(
    ("start", "value", "end"),
    [
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-09-18", 10, "2026-10-09"),
    ],
)
@pytest.mark.parametrize("clock", ["00:00", "09:00", "17:30", "23:59"])
def test_workdays_after_start(start: str, value: int, end: str, clock: str) -> None:
    assert due(f"{start} {clock}", value, "workday") == f"{end} 17:30"


@pytest.mark.parametrize(
    ("start", "value", "last_day", "moved_by"),
    [
        ("2026-08-03", 60, "2026-10-08", "holiday"),
        ("2026-02-01", 15, "2026-02-24", "holiday"),
        ("2026-11-21", 15, "2026-12-07", "weekend"),  # Ends on a Sunday.
        ("2026-11-21", 16, "2026-12-07", ""),
        ("2026-09-05", 15, "2026-09-20", ""),  # A Sunday, but worked.
    ],
)
def test_calendar_days_roll_forward(start: str, value: int, last_day: str, moved_by: str) -> None:
    result = deadline(
        start=at(f"{start} 10:00"),
        limit=Limit(value, "calendar_day"),
        calendar=seeded(),
    )
    assert result.last_day == date.fromisoformat(last_day)
    assert result.at == at(f"{last_day} 00:00") + timedelta(days=1)
    assert (result.moved_by, result.provisional, result.calendar_version) == (
        moved_by,
        False,
        1,
    )


def test_calendar_days_without_roll_forward_end_where_they_end() -> None:
    assert due("2026-08-03 10:00", 60, "calendar_day", roll=False) == "2026-10-03 00:00"


def test_a_limit_of_petition_law_from_the_first_minute_of_a_day_is_the_same_as_from_its_last() -> None:
    assert due("2026-11-23 00:00", 15, "calendar_day") == due("2026-11-23 23:59", 15, "calendar_day")


@pytest.mark.parametrize(
    ("start", "value", "end"),
    [
        ("2026-11-20 16:30", 2, "2026-11-23 09:30"),  # Over a weekend.
        (
            "2026-11-20 10:00",
            2,
            "2026-11-20 12:00",
        ),  # Ends with the morning, not at two.
        ("2026-11-20 11:00", 2, "2026-11-20 15:00"),  # Over lunch.
        ("2026-11-20 12:30", "0.5", "2026-11-20 14:30"),  # Begins in the lunch hours.
        ("2026-11-20 08:30", 7, "2026-11-20 17:30"),  # A whole day ends at its close.
        ("2026-11-21 03:00", 7, "2026-11-23 17:30"),
        ("2026-02-13 17:00", 1, "2026-02-14 09:00"),  # The Saturday is worked.
        ("2026-02-14 17:00", 1, "2026-02-24 09:00"),  # Then nine days off.
        ("2026-11-20 09:00", "0.25", "2026-11-20 09:15"),
    ],
)
def test_work_hours_count_from_the_moment(start: str, value: int | str, end: str) -> None:
    assert due(start, value, "work_hour") == end


def test_other_hours_of_the_day_come_from_the_calendar() -> None:
    assert due("2026-11-20 08:00", 8, "work_hour", calendar=EGOVA) == "2026-11-20 18:00"
    assert due("2026-11-20 11:30", 4, "work_hour", calendar=EGOVA) == "2026-11-20 17:30"
    assert due("2026-11-20 11:30", 1, "workday", calendar=EGOVA) == "2026-11-23 18:00"


@pytest.mark.parametrize(("start", "value", "end"), [("2026-02-14 23:30", 2, "2026-02-15 01:30")])
def test_natural_hours_know_no_rest(start: str, value: int, end: str) -> None:
    assert due(start, value, "natural_hour") == end


def test_leap_day_and_turn_of_the_year() -> None:
    assert due("2024-02-28 09:00", 1, "workday") == "2024-02-29 17:30"
    assert due("2024-02-28 09:00", 2, "calendar_day", roll=False) == "2024-03-02 00:00"
    assert due("2028-02-28 09:00", 1, "workday") == "2028-02-29 17:30"
    assert due("2025-12-31 17:00", 1, "work_hour") == "2026-01-04 09:00"
    assert due("2024-12-31 17:00", 1, "workday") == "2025-01-02 17:30"


def test_a_year_by_law_only_is_used_and_flagged() -> None:
    result = deadline(start=at("2026-12-30 09:00"), limit=Limit(3, "workday"), calendar=seeded())
    assert (result.last_day, result.provisional) == (date(2027, 1, 5), True)
    assert not deadline(start=at("2026-12-30 09:00"), limit=Limit(1, "workday"), calendar=seeded()).provisional


@pytest.mark.parametrize(
    "start",
    ["2023-10-01 09:00", "2030-10-01 09:00", "1988-06-12 09:00", "0002-01-01 09:00"],
)
def test_a_missing_year_falls_back_to_weekdays_and_is_flagged(start: str) -> None:
    for unit in ("work_hour", "workday"):
        result = deadline(start=at(start), limit=Limit(1, unit), calendar=seeded())
        assert result.provisional
    assert deadline(start=at("2030-10-01 09:00"), limit=Limit(1, "workday"), calendar=seeded()).last_day == date(
        2030, 10, 2
    )


def test_thirty_workdays_from_the_end_of_the_last_announced_year() -> None:
    result = deadline(start=at("2026-11-21 12:00"), limit=Limit(30, "workday"), calendar=seeded())
    assert (result.last_day, result.provisional) == (date(2027, 1, 4), True)


def test_only_what_a_result_rests_on_makes_it_provisional() -> None:
    hours = deadline(start=at("2030-01-01 09:00"), limit=Limit(2, "natural_hour"), calendar=seeded())
    fixed = deadline(
        start=at("2030-01-01 09:00"),
        limit=Limit(2, "calendar_day", roll_forward=False),
        calendar=seeded(),
    )
    rolled = deadline(start=at("2026-12-31 09:00"), limit=Limit(1, "calendar_day"), calendar=seeded())
    assert (hours.provisional, fixed.provisional) == (False, False)
    assert (rolled.last_day, rolled.provisional, rolled.moved_by) == (
        date(2027, 1, 4),
        True,
        "holiday",
    )


def test_a_year_missing_between_announced_ones_is_flagged() -> None:
    gap = WorkCalendar(
        version=1,
        announced_until=date(2026, 12, 31),
        announced_years=frozenset({2024, 2026}),
    )
    assert deadline(start=at("2025-03-03 09:00"), limit=Limit(1, "workday"), calendar=gap).provisional
    assert not deadline(start=at("2026-03-03 09:00"), limit=Limit(1, "workday"), calendar=gap).provisional


def test_the_zone_of_the_input_does_not_matter() -> None:
    london = at("2026-03-29 09:30").astimezone(ZoneInfo("Europe/London"))  # The night their clocks change.
    utc = at("2026-03-29 09:30").astimezone(UTC)
    results = {deadline(start=s, limit=Limit(5, "workday"), calendar=seeded()).at for s in (london, utc)}
    assert results == {at("2026-04-03 17:30")}


def test_summer_time_of_1986_to_1991_moves_no_working_minute() -> None:
    assert due("1986-05-02 17:00", 1, "work_hour", calendar=BARE) == "1986-05-05 09:00+09:00"
    start, end = (
        at("1991-09-13 00:00"),
        at("1991-09-17 00:00"),
    )  # Two workdays, the clock goes back between them.
    assert working_minutes(start=start, end=end, calendar=BARE) == 2 * 420
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(days=4, hours=1)


def test_working_time_keeps_seconds_and_minutes_keep_the_whole() -> None:
    a, b, c = (
        at("2026-11-20 08:30:40"),
        at("2026-11-20 08:31:20"),
        at("2026-11-20 08:32:10"),
    )
    assert working_time(start=a, end=c, calendar=seeded()) == timedelta(seconds=90)
    minutes = [working_minutes(start=x, end=y, calendar=seeded()) for x, y in ((a, b), (b, c), (a, c), (c, a))]
    assert minutes == [1, 1, 2, -2]


def test_adding_nothing_changes_nothing() -> None:
    assert add_working_time(start=at("2026-11-21 03:00"), amount=timedelta(0), calendar=seeded()) == at(
        "2026-11-21 03:00"
    )
    with pytest.raises(ValueError, match="negative"):
        add_working_time(start=at("2026-11-21 03:00"), amount=timedelta(-1), calendar=seeded())


def test_next_workday() -> None:
    assert seeded().next_workday(day=date(2026, 10, 1)) == date(2026, 10, 8)
    assert seeded().next_workday(day=date(2026, 10, 10)) == date(2026, 10, 10)
