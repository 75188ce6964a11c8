"""Working minutes in SQL, as the minute ledger counts them (kernel.worktime): the full minutes of the office clock that
end between two instants.

PostgreSQL gets the calendar as one array: for each day twice the working minutes before it, and one more where the
day is worked. The position of an instant is then a look-up and some whole numbers, the same as WorkMeter's.
"""

from __future__ import annotations

from datetime import date, datetime

from kernel.calendars import current
from kernel.worktime import WorkCalendar
from kernel.worktime.calendar import MICROSECONDS_PER_MINUTE, day_number
from petitions.models import Petition

MINUTE = 60
SPARE_DAYS = 31
"""Days after the instant of the question that the array goes on: nothing has happened in them yet."""
EPOCH = day_number(date(1970, 1, 1))


def words(*, at: datetime) -> tuple[dict[str, str], list[list[int]]]:
    """The steps from two moments, `begun` and `ended`, to the minutes `spent` between them, and their parameters."""
    calendar = current(at=at)
    # The zone of a calendar has one offset: China has had no summer time since 1991.
    offset = calendar.local(at).utcoffset()
    assert offset is not None
    first, marks = _marks(calendar, at)
    # What ranges measure their lengths with: date_part reads the name of its field for every row, a fifth of it all.
    minutes = ", ".join(
        f"floor(tstzrange_subdiff({one}, 'epoch') / {MINUTE})::int + {int(offset.total_seconds()) // MINUTE} AS {one}"
        for one in ("begun", "ended")
    )
    looked_up = ", ".join(
        f"{one} %% 1440 AS {one}_minute, (%s::int[])[{one} / 1440 - {first - 1}] AS {one}_mark"
        for one in ("begun", "ended")
    )
    spent = f"{_position('ended', calendar)} - ({_position('begun', calendar)})"
    return {"minutes": minutes, "marks": looked_up, "spent": spent}, [marks, marks]


def _marks(calendar: WorkCalendar, at: datetime) -> tuple[int, list[int]]:
    """The day since 1970 that the array begins with, the day before the oldest case, and a mark for each day."""
    oldest = Petition.objects.order_by("filed_at").values_list("filed_at", flat=True).first() or at
    first = day_number(calendar.local(min(oldest, at)).date()) - 1
    last = day_number(calendar.local(at).date()) + SPARE_DAYS
    length = calendar.day_length // MICROSECONDS_PER_MINUTE
    zero = calendar.workdays_before(first)
    marks = [
        2 * length * (calendar.workdays_before(day) - zero) + calendar.works(day) for day in range(first, last + 1)
    ]
    return first - EPOCH, marks


def _position(one: str, calendar: WorkCalendar) -> str:
    """Working minutes before a moment, from those before its day and its minute of the day."""
    spans = [(begin // MICROSECONDS_PER_MINUTE, end // MICROSECONDS_PER_MINUTE) for begin, end in calendar.hours]
    today = " + ".join(f"least(greatest({one}_minute - {begin}, 0), {end - begin})" for begin, end in spans)
    return f"{one}_mark / 2 + {one}_mark %% 2 * ({today})"
