"""How long what is not a step of a plan may take; the steps' own limits stand in the template."""

from datetime import timedelta

from kernel.choices import LimitUnit
from kernel.worktime import Limit

WORK, DAY, CALENDAR = LimitUnit.WORK_HOUR, LimitUnit.WORKDAY, LimitUnit.CALENDAR_DAY

# Nobody outside states numbers for these; they are proposals, and a city that decides otherwise changes this table.
# fmt: off
LIMITS: dict[str, tuple[Limit, Limit]] = {
    # clock                     ordinary            green channel
    "development.accept":      (Limit(1, DAY),      Limit(4, WORK)),
    "development.step_sign":   (Limit(1, DAY),      Limit(4, WORK)),
    "development.step_hold":   (Limit(2, DAY),      Limit(1, DAY)),
    "development.step_rule":   (Limit(2, DAY),      Limit(1, DAY)),
    "development.rate":        (Limit(10, CALENDAR), Limit(10, CALENDAR)),
}
# fmt: on
# A paper that a unit asks for, or sends back, is owed for so long where nobody says otherwise.
PAPER_LIMIT = Limit(5, DAY)
# So long before a paper is due the company is reminded.
REMIND_BEFORE = timedelta(days=2)
# The longest that a tolerant paper may be prolonged by, once.
PROLONG_AT_MOST = timedelta(days=90)


def limit_of(*, clock: str, green: bool) -> Limit:
    """The limit of a clock, in the green channel or not."""
    ordinary, quick = LIMITS[clock]
    return quick if green else ordinary
