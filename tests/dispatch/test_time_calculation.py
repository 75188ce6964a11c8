"""The dates of an order against an independent calculation that walks through time minute by minute."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.planning import Basis, lay
from kernel.worktime import CALENDAR_DAY, NATURAL_HOUR, SHANGHAI, WORK_HOUR, WORKDAY, Limit, WorkCalendar

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST = date(2026, 9, 1)
HOLIDAYS = frozenset(date(2026, 10, day) for day in range(1, 8)) | frozenset(date(2026, 9, day) for day in (25, 26, 27))
MAKEUPS = frozenset({date(2026, 9, 20), date(2026, 10, 10)})
CALENDAR = WorkCalendar(
    version=1,
    announced_until=date(2026, 12, 31),
    announced_years=frozenset({2026}),
    holidays=HOLIDAYS,
    makeups=MAKEUPS,
)
SPANS = ((510, 720), (840, 1050))


def works(day: date) -> bool:
    return day in MAKEUPS or (day.weekday() < 5 and day not in HOLIDAYS)


def in_hours(at: datetime) -> bool:
    minute = at.hour * 60 + at.minute
    return works(at.date()) and any(begin <= minute < end for begin, end in SPANS)


def midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=SHANGHAI)


def still(at: datetime, pauses) -> bool:
    return any(since <= at < until for since, until in pauses)


def slow_end(start: datetime, limit: Limit, pauses) -> datetime:
    """Walk minute by minute and count what counts."""
    if limit.unit in (NATURAL_HOUR, WORK_HOUR):
        left, at = int(limit.value * 60), start
        while left:
            counts = (limit.unit == NATURAL_HOUR or in_hours(at)) and not still(at, pauses)
            left -= counts
            at += MINUTE
        return at
    at = midnight(start.date() + DAY)
    per_day = 420 if limit.unit == WORKDAY else 1440
    left = int(limit.value) * per_day
    while left:
        counts = (limit.unit == CALENDAR_DAY or in_hours(at)) and not still(at, pauses)
        left -= counts
        at += MINUTE
    last = (at - MINUTE).date()
    if limit.unit == WORKDAY:
        return midnight(last) + timedelta(minutes=1050)
    while not works(last):
        # The last day moves to a working one, and that day stands still as any other would.
        while not works(last):
            last += DAY
        at, left = midnight(last), 1440
        while left:
            left -= not still(at, pauses)
            at += MINUTE
        last = (at - MINUTE).date()
    return midnight(last + DAY)


def slow_due(basis: Basis) -> datetime:
    end = slow_end(basis.start, basis.limit, basis.pauses)
    if not basis.extension_days:
        return end
    return slow_end(end - timedelta(microseconds=1), Limit(basis.extension_days, CALENDAR_DAY), basis.pauses)


starts = st.integers(0, 28 * 1440).map(lambda n: midnight(FIRST) + n * MINUTE)
limits = st.one_of(
    st.builds(Limit, st.integers(1, 10), st.just(WORKDAY)),
    st.builds(Limit, st.integers(1, 30), st.just(WORK_HOUR)),
    st.builds(Limit, st.integers(1, 80), st.just(NATURAL_HOUR)),
    st.builds(Limit, st.integers(1, 20), st.just(CALENDAR_DAY)),
)


@st.composite
def bases(draw):
    start = draw(starts)
    limit = draw(limits)
    plain = slow_end(start, limit, ())
    pauses = []
    if draw(st.booleans()):
        # As in life: granted while the limit runs, on whole minutes, until the end of a day.
        span = int((plain - start) / MINUTE)
        since = start + draw(st.integers(0, max(span - 1, 0))) * MINUTE
        until = midnight(since.date() + draw(st.integers(1, 12)) * DAY)
        if until > since:
            pauses.append((since, until))
    extension = draw(st.sampled_from([0, 0, 1, 7, 30]))
    return Basis(
        start=start,
        limit=limit,
        extension_days=extension,
        half=Decimal("0.50"),
        warn=Decimal("0.80"),
        pauses=tuple(pauses),
    )


def counted(basis: Basis, until: datetime) -> int:
    """Counted minutes from the beginning of counting to an instant."""
    hours = basis.limit.unit in (NATURAL_HOUR, WORK_HOUR)
    at = basis.start if hours else midnight(basis.start.date() + DAY)
    total = 0
    while at < until:
        counts = basis.limit.unit in (NATURAL_HOUR, CALENDAR_DAY) or in_hours(at)
        total += counts and not still(at, basis.pauses)
        at += MINUTE
    return total


@given(bases())
@settings(max_examples=60, deadline=None)
def test_the_end_is_what_the_slow_calculation_says(basis):
    assert lay(basis=basis, calendar=CALENDAR).due_at == slow_due(basis)


@given(bases())
@settings(max_examples=25, deadline=None)
def test_the_lights_change_at_their_share_of_what_counts(basis):
    dates = lay(basis=basis, calendar=CALENDAR)
    whole = counted(basis, dates.due_at)
    for share, instant in ((0.5, dates.half_at), (0.8, dates.yellow_at)):
        used = counted(basis, instant.replace(second=0, microsecond=0))
        assert abs(used - share * whole) <= 1.01
    assert basis.start <= dates.half_at <= dates.yellow_at <= dates.due_at


@given(bases())
@settings(max_examples=30, deadline=None)
def test_a_pause_and_an_extension_never_bring_the_end_forward(basis):
    plain = Basis(start=basis.start, limit=basis.limit, half=basis.half, warn=basis.warn)
    assert lay(basis=basis, calendar=CALENDAR).due_at >= lay(basis=plain, calendar=CALENDAR).due_at


def test_an_extension_after_a_limit_in_calendar_days_does_not_lose_a_day():
    start = datetime(2026, 9, 1, 10, tzinfo=SHANGHAI)
    basis = Basis(
        start=start, limit=Limit(10, CALENDAR_DAY), extension_days=5, half=Decimal("0.5"), warn=Decimal("0.8")
    )
    # The 11th ends the limit; five days on it is the 16th, a Wednesday.
    assert lay(basis=basis, calendar=CALENDAR).due_at == midnight(date(2026, 9, 17))


def test_beyond_the_announced_year_it_is_provisional():
    start = datetime(2026, 12, 28, 10, tzinfo=SHANGHAI)
    basis = Basis(start=start, limit=Limit(5, WORKDAY), half=Decimal("0.5"), warn=Decimal("0.8"))
    assert lay(basis=basis, calendar=CALENDAR).provisional
