"""Working time as pure arithmetic: no database, no clock, no framework.

A limit is a value and a unit; a calendar says which days are worked and between which hours; a pause is an interval
in which the limit does not run. From these follow the deadline, the share already used and the instant of a warning.

The rules are those of the Civil Code: the day of the start is not counted and hours count from the moment (art. 201);
a last day that falls on a rest day gives way to the next working day, and the last day ends at 24:00, or at the close
of business where there are business hours (art. 203).

Every datetime that comes in must be aware; every datetime that goes out is in the zone of the calendar.
"""

from kernel.worktime.budgets import budget_end
from kernel.worktime.calendar import SHANGHAI, WorkCalendar
from kernel.worktime.deadlines import Deadline, deadline
from kernel.worktime.durations import add_working_time, working_minutes, working_time
from kernel.worktime.limits import (
    CALENDAR_DAY,
    NATURAL_HOUR,
    UNITS,
    WORK_HOUR,
    WORKDAY,
    Limit,
)
from kernel.worktime.pauses import Pause
from kernel.worktime.shares import point_at, points_at, remaining, share_used
from kernel.worktime.spans import DEFAULT_SPANS, Span, parse_spans, write_spans

__all__ = [
    "CALENDAR_DAY",
    "DEFAULT_SPANS",
    "NATURAL_HOUR",
    "SHANGHAI",
    "UNITS",
    "WORKDAY",
    "WORK_HOUR",
    "Deadline",
    "Limit",
    "Pause",
    "Span",
    "WorkCalendar",
    "add_working_time",
    "budget_end",
    "deadline",
    "parse_spans",
    "point_at",
    "points_at",
    "remaining",
    "share_used",
    "working_minutes",
    "working_time",
    "write_spans",
]
