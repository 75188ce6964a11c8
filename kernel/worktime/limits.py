"""A time limit as the law and the responsibility list write it: a value and a unit."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NATURAL_HOUR = "natural_hour"
WORK_HOUR = "work_hour"
WORKDAY = "workday"
CALENDAR_DAY = "calendar_day"
UNITS = frozenset({NATURAL_HOUR, WORK_HOUR, WORKDAY, CALENDAR_DAY})

LARGEST = 100_000
"""Far beyond any legal limit, and small enough that no deadline leaves the calendar of the datetime type."""


@dataclass(frozen=True)
class Limit:
    """How long something may take.

    `natural_hour` runs day and night from the moment; `work_hour` runs from the moment, in working hours only;
    `workday` counts working days after the day of the start and ends with the last span of hours of the last one;
    `calendar_day` counts every day after the day of the start and ends at 24:00 of the last one. With `roll_forward`
    a calendar-day limit whose last day is a rest day ends on the next working day (Civil Code art. 203); the other
    units never end on a rest day by themselves and ignore it.

    Raises ValueError for an unknown unit, a value that is not positive, and a fraction of a day.
    """

    value: Decimal | int
    unit: str
    roll_forward: bool = True

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit of time: {self.unit!r}")
        if not 0 < self.value <= LARGEST:
            raise ValueError(f"a limit must be more than 0 and at most {LARGEST}, not {self.value}")
        if self.unit in (WORKDAY, CALENDAR_DAY) and self.value != int(self.value):
            raise ValueError(f"a limit in days must be a whole number, not {self.value}")

    def microseconds(self, *, per_unit: int) -> int:
        """The length of the limit when one unit is `per_unit` microseconds, rounded up to a whole one."""
        exact = Fraction(self.value) * per_unit
        return -(-exact.numerator // exact.denominator)
