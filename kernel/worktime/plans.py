"""A limit laid along a meter: where it starts to count, where it is used up, and where it closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.worktime.calendar import WorkCalendar
from kernel.worktime.limits import CALENDAR_DAY, NATURAL_HOUR, WORK_HOUR, WORKDAY, Limit
from kernel.worktime.meters import DAY, HOUR, ElapsedMeter, LocalMeter, Meter, WorkMeter
from kernel.worktime.pauses import Stretch


@dataclass(slots=True)
class Plan:
    """Positions of one limit from one start, pauses not yet regarded. `step` is the length of a counted day, or 1."""

    meter: Meter
    origin: int
    goal: int
    step: int
    rolling: WorkCalendar | None

    def full(self, position: int) -> int:
        """The end of the counted day that the position is in: part of a day is a day, in favour of who must act."""
        return -(-position // self.step) * self.step

    def close(self, position: int) -> int:
        """`full`, moved on to the end of the next working day if the limit rolls forward."""
        end = self.full(position)
        if self.rolling is None:
            return end
        last = end // DAY - 1
        if self.rolling.works(last):
            return end
        return (self.rolling.workday(self.rolling.workdays_before(last)) + 1) * DAY


def plan_for(*, start: datetime, limit: Limit, calendar: WorkCalendar) -> Plan:
    """Lay the limit along the meter of its unit."""
    if limit.unit == NATURAL_HOUR or limit.unit == WORK_HOUR:
        meter = ElapsedMeter(calendar) if limit.unit == NATURAL_HOUR else WorkMeter(calendar)
        origin = meter.position(start)
        return Plan(meter, origin, origin + limit.microseconds(per_unit=HOUR), 1, None)
    next_day = calendar.local(start).toordinal()  # The number of the day after: numbers begin with 0, ordinals with 1.
    if limit.unit == WORKDAY:
        length = calendar.day_length
        origin = calendar.workdays_before(next_day) * length
        return Plan(
            WorkMeter(calendar),
            origin,
            origin + int(limit.value) * length,
            length,
            None,
        )
    assert limit.unit == CALENDAR_DAY
    origin = next_day * DAY
    rolling = calendar if limit.roll_forward else None
    return Plan(LocalMeter(calendar), origin, origin + int(limit.value) * DAY, DAY, rolling)


def stretched_goal(*, plan: Plan, pauses: Sequence[Stretch]) -> int | None:
    """The goal moved on by every pause that begins before the limit closes; None if one of these is still open."""
    goal = plan.goal
    for begin, end in pauses:
        close = plan.close(goal)
        if begin >= close:
            break
        if end is None:
            return None
        if begin >= plan.full(goal):
            # Only the moved last day is left to run; rest days before it have no time that a pause could take away.
            begin = max(begin, close - plan.step)
            if end <= begin:
                continue
            goal = close
        goal += end - begin
    return goal


def passed(*, position: int, pauses: Sequence[Stretch]) -> int | None:
    """A position moved on by every pause before it, to the instant; None if it lies behind an open pause."""
    for begin, end in pauses:
        if begin >= position:
            break
        if end is None:
            return None
        position += end - begin
    return position
