"""What nobody moves climbs: which clock, which rung, who is told, and how long after the rung before; the green channel climbs faster."""

from __future__ import annotations

from developments.choices import Told, Whom
from kernel.choices import LimitUnit
from kernel.ladders import PersonRung, rung_in
from kernel.worktime import Limit

WORK, DAY = LimitUnit.WORK_HOUR, LimitUnit.WORKDAY


Rung = PersonRung[Whom, Told]

# fmt: off
LADDER: tuple[Rung, ...] = (
    #    clock                    rung whom           wait: ordinary  green           what is told
    Rung("development.accept",     1, Whom.DIRECTOR, Limit(1, DAY),  Limit(4, WORK), Told.NOT_ACCEPTED),
    Rung("development.run",        1, Whom.DIRECTOR, Limit(5, DAY),  Limit(2, DAY),  Told.PLAN_LATE),
    Rung("development.step_begin", 1, Whom.DIRECTOR, Limit(5, DAY),  Limit(2, DAY),  Told.NOT_BEGUN),
    Rung("development.step_sign",  1, Whom.HEAD,     Limit(1, DAY),  Limit(4, WORK), Told.NOT_SIGNED),
    Rung("development.step_sign",  2, Whom.LEADER,   Limit(1, DAY),  Limit(4, WORK), Told.NOT_SIGNED),
    Rung("development.step_work",  1, Whom.HEAD,     Limit(1, DAY),  Limit(4, WORK), Told.NOT_DONE),
    Rung("development.step_work",  2, Whom.LEADER,   Limit(2, DAY),  Limit(1, DAY),  Told.NOT_DONE),
    Rung("development.step_work",  3, Whom.DIRECTOR, Limit(2, DAY),  Limit(1, DAY),  Told.NOT_DONE),
    Rung("development.step_hold",  1, Whom.DIRECTOR, Limit(1, DAY),  Limit(4, WORK), Told.NOT_FREED),
    Rung("development.step_rule",  1, Whom.DIRECTOR, Limit(1, DAY),  Limit(4, WORK), Told.NOT_RULED),
)
# fmt: on


def rung_of(*, clock: str, rung: int) -> Rung | None:
    """The row of the ladder, or None above its top."""
    return rung_in(LADDER, clock=clock, rung=rung)
