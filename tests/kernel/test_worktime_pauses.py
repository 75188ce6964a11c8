"""Limits that stand still for a while, and how much of a limit is used."""

from datetime import date, datetime, timedelta

import pytest

from kernel.worktime import Limit, Pause, deadline, point_at, remaining, share_used
from tests.kernel.seeded_calendar import at, seeded

MONDAY = "2026-11-23"


def pause(since: str, until: str | None = None) -> Pause:
    return at(since), None if until is None else at(until)


def due(start: str, value: int, unit: str, *pauses: Pause) -> datetime | None:
    return deadline(start=at(start), limit=Limit(value, unit), calendar=seeded(), pauses=pauses).at


@pytest.mark.parametrize("order", [1, -1])
def test_hours_are_moved_on_by_the_paused_time(order: int) -> None:
    pauses = [pause(f"{MONDAY} 10:00", f"{MONDAY} 10:30"), pause(f"{MONDAY} 11:00", f"{MONDAY} 11:15")][::order]
    assert due(f"{MONDAY} 09:00", 2, "natural_hour", *pauses) == at(f"{MONDAY} 11:45")
    assert due(f"{MONDAY} 09:00", 2, "work_hour", *pauses) == at(f"{MONDAY} 11:45")


def test_a_pause_moves_the_limit_into_a_later_pause() -> None:
    pauses = [pause(f"{MONDAY} 10:00", f"{MONDAY} 11:00"), pause(f"{MONDAY} 11:30", "2026-11-24 09:00")]
    assert due(f"{MONDAY} 09:00", 2, "work_hour", *pauses) == at("2026-11-24 09:30")


def test_overlapping_pauses_count_once() -> None:
    pauses = [
        pause(f"{MONDAY} 09:30", f"{MONDAY} 10:30"),
        pause(f"{MONDAY} 10:00", f"{MONDAY} 10:15"),
        pause(f"{MONDAY} 10:30", f"{MONDAY} 11:00"),
    ]
    assert due(f"{MONDAY} 09:00", 1, "work_hour", *pauses) == at(f"{MONDAY} 11:30")


def test_a_pause_over_a_weekend_costs_work_hours_nothing() -> None:
    weekend = pause("2026-11-20 17:30", "2026-11-23 08:30")
    assert due("2026-11-20 16:30", 2, "work_hour", weekend) == at(f"{MONDAY} 09:30")
    assert due("2026-11-20 16:30", 2, "natural_hour", weekend) == at(f"{MONDAY} 09:30")


def test_a_pause_that_begins_at_the_deadline_is_too_late() -> None:
    assert due(f"{MONDAY} 09:00", 2, "work_hour", pause(f"{MONDAY} 11:00")) == at(f"{MONDAY} 11:00")


def test_a_pause_before_the_start_is_cut_off() -> None:
    assert due(f"{MONDAY} 09:00", 2, "work_hour", pause("2026-11-20 09:00", f"{MONDAY} 09:10")) == at(f"{MONDAY} 11:10")
    assert due(f"{MONDAY} 09:00", 1, "workday", pause("2026-11-20 09:00", f"{MONDAY} 17:00")) == at("2026-11-24 17:30")


@pytest.mark.parametrize("unit", ["natural_hour", "work_hour", "workday", "calendar_day"])
def test_an_open_pause_leaves_no_deadline(unit: str) -> None:
    result = deadline(
        start=at(f"{MONDAY} 09:00"), limit=Limit(2, unit), calendar=seeded(), pauses=[pause(f"{MONDAY} 10:00")]
    )
    assert (result.at, result.last_day, result.provisional) == (None, None, False)


def test_what_follows_an_open_pause_is_part_of_it() -> None:
    pauses = [pause(f"{MONDAY} 10:00"), pause(f"{MONDAY} 10:30", f"{MONDAY} 10:40")]
    assert due(f"{MONDAY} 09:00", 2, "work_hour", *pauses) is None


@pytest.mark.parametrize(
    ("since", "until", "end"),
    [
        ("2026-11-24 08:00", "2026-11-24 08:30", "2026-11-25 17:30"),  # No working time lost, no day given back.
        ("2026-11-24 09:00", "2026-11-24 09:01", "2026-11-26 17:30"),  # A part of a day gives back a day.
        ("2026-11-24 08:30", "2026-11-24 17:30", "2026-11-26 17:30"),  # A whole day too.
        ("2026-11-24 08:30", "2026-11-25 08:31", "2026-11-27 17:30"),
        ("2026-11-25 17:29", "2026-11-28 00:00", "2026-11-30 17:30"),  # In the last minute, until a Saturday.
        ("2026-11-25 17:30", "2026-11-28 00:00", "2026-11-25 17:30"),
    ],
)
def test_workdays_end_where_workdays_end(since: str, until: str, end: str) -> None:
    assert due(f"{MONDAY} 09:00", 2, "workday", pause(since, until)) == at(end)


def test_parts_of_days_are_added_up_before_they_become_days() -> None:
    mornings = [pause(f"2026-11-{day} 08:30", f"2026-11-{day} 12:00") for day in (24, 25)]
    assert due(f"{MONDAY} 09:00", 2, "workday", *mornings) == at("2026-11-26 17:30")


def test_a_pause_within_the_day_that_was_given_back_counts_too() -> None:
    pauses = [pause("2026-11-24 09:00", "2026-11-24 10:00"), pause("2026-11-26 15:00", "2026-11-27 17:00")]
    assert due(f"{MONDAY} 09:00", 2, "workday", *pauses[:1]) == at("2026-11-26 17:30")
    assert due(f"{MONDAY} 09:00", 2, "workday", *pauses) == at("2026-11-27 17:30")


@pytest.mark.parametrize(
    ("since", "until", "last_day", "moved_by"),
    [
        ("2026-11-25 00:00", "2026-11-27 00:00", "2026-11-30", ""),  # 5 days end on Saturday 28, paused 2: Monday.
        ("2026-11-25 00:00", "2026-11-26 00:00", "2026-11-30", "weekend"),  # Paused 1: Sunday, moved.
        ("2026-11-29 10:00", "2026-11-29 20:00", "2026-11-30", "weekend"),  # A Sunday that was not counted anyway.
        ("2026-11-29 10:00", "2026-12-01 12:00", "2026-12-02", ""),  # Monday itself is still to come.
        ("2026-12-01 00:00", "2026-12-05 00:00", "2026-11-30", "weekend"),
    ],
)
def test_calendar_days_roll_after_the_pause(since: str, until: str, last_day: str, moved_by: str) -> None:
    result = deadline(
        start=at(f"{MONDAY} 09:00"), limit=Limit(5, "calendar_day"), calendar=seeded(), pauses=[pause(since, until)]
    )
    assert (result.last_day, result.moved_by) == (date.fromisoformat(last_day), moved_by)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        due(f"{MONDAY} 09:00", 2, "work_hour", pause(f"{MONDAY} 11:00", f"{MONDAY} 10:00"))


def used(start: str, when: str, value: int, unit: str, *pauses: Pause) -> float:
    return share_used(start=at(start), at=at(when), limit=Limit(value, unit), calendar=seeded(), pauses=pauses)


def test_shares_of_work_hours() -> None:
    shares = [used("2026-11-20 16:30", when, 2, "work_hour") for when in ("2026-11-20 16:00", "2026-11-20 17:00")]
    assert shares == [0.0, 0.25]
    assert used("2026-11-20 16:30", "2026-11-22 12:00", 2, "work_hour") == 0.5  # Nothing is used on a Sunday.
    assert used("2026-11-20 16:30", f"{MONDAY} 09:30", 2, "work_hour") == 1.0
    assert used("2026-11-20 16:30", f"{MONDAY} 10:30", 2, "work_hour") == 1.5


def test_shares_of_days_begin_with_the_day_after() -> None:
    assert used(f"{MONDAY} 09:00", f"{MONDAY} 17:00", 2, "workday") == 0.0
    assert used(f"{MONDAY} 09:00", "2026-11-24 15:00", 2, "workday") == 4.5 / 14
    assert used(f"{MONDAY} 09:00", "2026-11-25 12:00", 4, "calendar_day") == 1.5 / 4


def test_a_moved_deadline_is_the_whole() -> None:
    # 5 days to Saturday 28, moved to the end of Monday 30: seven days.
    assert used(f"{MONDAY} 09:00", "2026-12-01 00:00", 5, "calendar_day") == 1.0
    assert used(f"{MONDAY} 09:00", "2026-11-27 12:00", 5, "calendar_day") == 0.5


def test_nothing_is_used_in_a_pause() -> None:
    closed, open_ = pause(f"{MONDAY} 10:00", f"{MONDAY} 11:00"), pause(f"{MONDAY} 10:00")
    shares = [used(f"{MONDAY} 09:00", f"{MONDAY} {t}", 2, "work_hour", closed) for t in ("10:00", "10:59", "11:30")]
    assert shares == [0.5, 0.5, 0.75]
    assert used(f"{MONDAY} 09:00", "2026-12-23 10:00", 2, "work_hour", open_) == 0.5


def test_the_promised_deadline_may_be_given() -> None:
    share = share_used(
        start=at(f"{MONDAY} 09:00"),
        at=at(f"{MONDAY} 10:00"),
        limit=Limit(2, "work_hour"),
        calendar=seeded(),
        due=at(f"{MONDAY} 14:30"),
    )
    assert share == 1 / 3.5


def test_what_remains() -> None:
    left = [
        remaining(start=at(f"{MONDAY} 09:00"), at=at(when), limit=Limit(1, "workday"), calendar=seeded())
        for when in (f"{MONDAY} 10:00", "2026-11-24 12:00", "2026-11-25 09:00")
    ]
    assert left == [timedelta(hours=7), timedelta(hours=3, minutes=30), timedelta(minutes=-30)]


@pytest.mark.parametrize(
    ("start", "value", "unit", "share", "point"),
    [
        (f"{MONDAY} 09:00", 5, "work_hour", 0.8, f"{MONDAY} 15:00"),
        (f"{MONDAY} 09:00", 5, "workday", 0.8, "2026-11-27 17:30"),
        ("2026-11-20 16:30", 10, "natural_hour", 0.5, "2026-11-20 21:30"),
        (f"{MONDAY} 09:00", 5, "calendar_day", 1, "2026-12-01 00:00"),  # The moved end.
        (f"{MONDAY} 09:00", 10, "calendar_day", 0.5, "2026-11-29 00:00"),
        ("2026-11-21 03:00", 5, "work_hour", 0, "2026-11-21 03:00"),  # Not before the start.
    ],
)
def test_the_instant_of_a_warning(start: str, value: int, unit: str, share: float, point: str) -> None:
    assert point_at(start=at(start), limit=Limit(value, unit), share=share, calendar=seeded()) == at(point)


def test_a_warning_waits_for_the_pause() -> None:
    limit, start = Limit(2, "work_hour"), at(f"{MONDAY} 09:00")
    closed, open_ = [pause(f"{MONDAY} 10:00", f"{MONDAY} 11:00")], [pause(f"{MONDAY} 10:00")]
    assert point_at(start=start, limit=limit, share=0.75, calendar=seeded(), pauses=closed) == at(f"{MONDAY} 11:30")
    assert point_at(start=start, limit=limit, share=0.5, calendar=seeded(), pauses=open_) == at(f"{MONDAY} 10:00")
    assert point_at(start=start, limit=limit, share=0.75, calendar=seeded(), pauses=open_) is None
    with pytest.raises(ValueError, match="share"):
        point_at(start=start, limit=limit, share=1.1, calendar=seeded())
