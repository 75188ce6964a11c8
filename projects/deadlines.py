"""When the monthly report is due, and how long whoever checks may take. Days of milestones are promised, not counted."""

from datetime import date

from kernel.choices import LimitUnit
from kernel.worktime import Limit

DAY = LimitUnit.WORKDAY

# fmt: off
LIMITS: dict[str, Limit] = {
    "project.due":      Limit(5, DAY),   # of the month, counted from its first day: the report of the month before
    "project.remind":   Limit(3, DAY),   # of the month: who has not reported is reminded
    "project.confirm":  Limit(3, DAY),   # a milestone reported reached is looked at
    "project.check":    Limit(5, DAY),   # a project that its owner calls done is looked at
    "project.reviewed": Limit(3, DAY),   # a reply to an instruction is looked at
}
# fmt: on

TOLD_AGAIN = Limit(3, DAY)
"""How long after the owner's head was told the county leader in charge is."""

RUNGS = 2
"""Who is told of what is late: first the head of the owner, then the county leader in charge; each once."""

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
"""Days of plans lie between: "for ever", written as the last day that calendars have, has no day after it."""
