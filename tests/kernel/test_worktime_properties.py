"""Laws that hold for every input, and agreement with a calculation that counts minute by minute."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.worktime import (
    UNITS,
    Limit,
    Pause,
    add_working_time,
    deadline,
    point_at,
    remaining,
    share_used,
    working_minutes,
    working_time,
)
from tests.kernel.seeded_calendar import SHANGHAI, at, seeded

# The machines of the tests are shared: how long one example takes says nothing about the code.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")

MINUTE = timedelta(minutes=1)

instants = st.datetimes(min_value=datetime(2023, 12, 1), max_value=datetime(2027, 12, 1), timezones=st.just(SHANGHAI))
amounts = st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=400))
days = st.integers(1, 90).map(lambda value: Limit(value, "workday")) | st.builds(
    Limit, st.integers(1, 90), st.just("calendar_day"), st.booleans()
)
hours = st.builds(
    Limit, st.decimals("0.1", "300", places=2), st.sampled_from(["natural_hour", "work_hour"]), st.just(True)
)
limits = days | hours
near = st.datetimes(min_value=datetime(2026, 1, 30), max_value=datetime(2026, 3, 8), timezones=st.just(SHANGHAI)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
closed_pauses = st.lists(st.tuples(near, near).map(lambda pair: (min(pair), max(pair))), max_size=4)


def ends(start: datetime, limit: Limit, pauses: list[Pause] | None = None) -> datetime:
    result = deadline(start=start, limit=limit, calendar=seeded(), pauses=pauses or []).at
    assert result is not None
    return result


@given(instants, instants, limits)
def test_a_later_start_never_ends_earlier(a: datetime, b: datetime, limit: Limit) -> None:
    assert ends(min(a, b), limit) <= ends(max(a, b), limit)


@given(instants, st.sampled_from(sorted(UNITS)), st.integers(1, 500), st.integers(0, 500))
def test_a_longer_limit_never_ends_earlier(start: datetime, unit: str, value: int, more: int) -> None:
    assert ends(start, Limit(value, unit)) <= ends(start, Limit(value + more, unit))


@given(instants, limits)
def test_a_limit_ends_after_its_start(start: datetime, limit: Limit) -> None:
    assert ends(start, limit) > start


@given(near, limits, closed_pauses, st.tuples(near, near))
def test_a_pause_never_makes_it_earlier(start: datetime, limit: Limit, pauses: list[Pause], more: Pause) -> None:
    longer = [*pauses, (min(more), max(more))]  # type: ignore[type-var]
    assert ends(start, limit) <= ends(start, limit, pauses) <= ends(start, limit, longer)


@given(instants, amounts, amounts)
def test_hours_add_up(start: datetime, a: timedelta, b: timedelta) -> None:
    halfway = add_working_time(start=start, amount=a, calendar=seeded())
    assert add_working_time(start=halfway, amount=b, calendar=seeded()) == add_working_time(
        start=start, amount=a + b, calendar=seeded()
    )


@given(instants, amounts)
def test_what_was_added_is_what_is_measured(start: datetime, amount: timedelta) -> None:
    end = add_working_time(start=start, amount=amount, calendar=seeded())
    assert working_time(start=start, end=end, calendar=seeded()) == amount
    if amount:
        before = end - timedelta(microseconds=1)
        assert working_time(start=start, end=before, calendar=seeded()) < amount


@given(instants, instants, instants)
def test_no_working_time_is_lost(a: datetime, b: datetime, c: datetime) -> None:
    def whole(x: datetime, y: datetime) -> tuple[int, timedelta]:
        return (
            working_minutes(start=x, end=y, calendar=seeded()),
            working_time(start=x, end=y, calendar=seeded()),
        )

    (m1, t1), (m2, t2), (m3, t3) = whole(a, b), whole(b, c), whole(a, c)
    assert (m1 + m2, t1 + t2) == (m3, t3)


@given(st.integers(735_000, 740_500))
def test_a_workday_is_found_again_by_its_count(number: int) -> None:
    found = seeded().workday(seeded().workdays_before(number))
    assert found >= number
    assert seeded().works(found)
    assert not any(seeded().works(day) for day in range(number, found))


@given(near, limits, closed_pauses)
def test_the_whole_is_used_at_the_deadline_and_not_before(start: datetime, limit: Limit, pauses: list[Pause]) -> None:
    end = ends(start, limit, pauses)
    shares = [
        share_used(start=start, at=when, limit=limit, calendar=seeded(), pauses=pauses)
        for when in (start, end - timedelta(microseconds=1), end)
    ]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[2] == 1.0
    left = remaining(start=start, at=end, limit=limit, calendar=seeded(), pauses=pauses)
    assert left == timedelta(0)


@given(near, limits, closed_pauses, st.sampled_from([Decimal("0.1"), 0.5, 0.8, Decimal("0.9"), 1]))
def test_a_warning_comes_when_its_share_is_used(
    start: datetime, limit: Limit, pauses: list[Pause], share: Decimal | float
) -> None:
    point = point_at(start=start, limit=limit, share=share, calendar=seeded(), pauses=pauses)
    assert point is not None
    assert start <= point <= ends(start, limit, pauses)
    used = share_used(start=start, at=point, limit=limit, calendar=seeded(), pauses=pauses)
    before = share_used(start=start, at=point - timedelta(seconds=1), limit=limit, calendar=seeded(), pauses=pauses)
    assert used >= float(share) > before


def works_slowly(moment: datetime) -> bool:
    """Whether the minute that begins at `moment` is worked, by the lists of the notice of 2026 and nothing else."""
    day, clock = f"{moment:%m-%d}", f"{moment:%H:%M}"
    holiday = "02-15" <= day <= "02-23" or "04-04" <= day <= "04-06" or "05-01" <= day <= "05-05"
    if holiday or (moment.weekday() >= 5 and day not in ("02-14", "02-28", "05-09")):
        return False
    return "08:30" <= clock < "12:00" or "14:00" <= clock < "17:30"


EPOCH = at("2026-01-30 00:00")
WORKED = [works_slowly(EPOCH + step * MINUTE) for step in range(140 * 24 * 60)]


def index(moment: datetime) -> int:
    return int((moment - EPOCH) / MINUTE)


def deadline_slowly(start: datetime, minutes: int, pauses: list[Pause]) -> datetime:
    """Walk minute by minute until so many worked minutes outside pauses have passed."""
    worked = list(WORKED)
    for since, until in pauses:
        assert until is not None
        worked[index(since) : index(until)] = [False] * (index(until) - index(since))
    step = index(start)
    while minutes:
        minutes -= worked[step]
        step += 1
    return EPOCH + step * MINUTE


@given(near, st.integers(1, 3000), closed_pauses)
def test_work_hours_agree_with_counting(start: datetime, minutes: int, pauses: list[Pause]) -> None:
    limit = Limit(Decimal(minutes) / 60, "work_hour")
    expected = deadline_slowly(start, minutes, pauses)
    # A value such as 1/60 h is not exact in decimals; the difference is below a microsecond, rounded up to one.
    assert abs(ends(start, limit, pauses) - expected) <= timedelta(microseconds=1)


@given(near, near)
def test_working_minutes_agree_with_counting(a: datetime, b: datetime) -> None:
    start, end = min(a, b), max(a, b)
    assert working_minutes(start=start, end=end, calendar=seeded()) == sum(WORKED[index(start) : index(end)])


@given(near, st.integers(1, 15))
def test_workdays_agree_with_counting(start: datetime, value: int) -> None:
    day = start.replace(hour=9, minute=0)
    left = value
    while left:
        day += timedelta(days=1)
        left -= works_slowly(day)
    assert ends(start, Limit(value, "workday")) == day.replace(hour=17, minute=30)


@given(near, st.integers(1, 25), st.booleans())
def test_calendar_days_agree_with_counting(start: datetime, value: int, roll: bool) -> None:
    day = start.replace(hour=9, minute=0) + timedelta(days=value)
    while roll and not works_slowly(day):
        day += timedelta(days=1)
    assert ends(start, Limit(value, "calendar_day", roll_forward=roll)) == at(f"{day:%Y-%m-%d} 00:00") + timedelta(
        days=1
    )
