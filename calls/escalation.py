"""What nobody answers climbs: which clock, which rung, who is told, and how long after the rung before; an emergency climbs faster."""

from __future__ import annotations

from calls.choices import Told, Whom
from kernel.choices import LimitUnit
from kernel.ladders import PersonRung, rung_in
from kernel.worktime import Limit

NATURAL, WORK, DAY = LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY


Rung = PersonRung[Whom, Told]

# fmt: off
LADDER: tuple[Rung, ...] = (
    #    clock              rung whom            wait: ordinary   emergency          what is told
    Rung("call.sign",        1, Whom.CALLER,    Limit(4, WORK),  Limit(1, NATURAL), Told.NOT_SIGNED),
    Rung("call.triage",      1, Whom.DIRECTOR,  Limit(4, WORK),  Limit(1, NATURAL), Told.NOT_TRIAGED),
    Rung("call.answer",      1, Whom.HEAD,      Limit(4, WORK),  Limit(1, NATURAL), Told.NOT_ANSWERED),
    Rung("call.answer",      2, Whom.LEADER,    Limit(1, DAY),   Limit(1, NATURAL), Told.NOT_ANSWERED),
    Rung("call.answer",      3, Whom.DIRECTOR,  Limit(1, DAY),   Limit(1, NATURAL), Told.NOT_ANSWERED),
    Rung("call.arrive",      1, Whom.HEAD,      Limit(4, WORK),  Limit(1, NATURAL), Told.NOT_ARRIVED),
    Rung("call.arrive",      2, Whom.LEADER,    Limit(1, DAY),   Limit(1, NATURAL), Told.NOT_ARRIVED),
    Rung("call.arrive",      3, Whom.DIRECTOR,  Limit(1, DAY),   Limit(1, NATURAL), Told.NOT_ARRIVED),
    Rung("call.work",        1, Whom.HEAD,      Limit(1, DAY),   Limit(4, NATURAL), Told.NOT_REPORTED),
    Rung("call.work",        2, Whom.LEADER,    Limit(2, DAY),   Limit(4, NATURAL), Told.NOT_REPORTED),
    Rung("call.work",        3, Whom.DIRECTOR,  Limit(2, DAY),   Limit(4, NATURAL), Told.NOT_REPORTED),
    Rung("call.judge",       1, Whom.CALLER,    Limit(1, DAY),   Limit(1, DAY),     Told.NOT_JUDGED),
    Rung("call.judge",       2, Whom.DIRECTOR,  Limit(1, DAY),   Limit(1, DAY),     Told.NOT_JUDGED),
    Rung("call.rule",        1, Whom.DIRECTOR,  Limit(1, DAY),   Limit(1, NATURAL), Told.NOT_RULED),
    # A cooperating unit climbs its own ladder: its lateness is its own.
    Rung("call.part_answer", 1, Whom.HEAD,      Limit(4, WORK),  Limit(1, NATURAL), Told.NOT_ANSWERED),
    Rung("call.part_answer", 2, Whom.LEADER,    Limit(1, DAY),   Limit(1, NATURAL), Told.NOT_ANSWERED),
    Rung("call.part_arrive", 1, Whom.HEAD,      Limit(1, DAY),   Limit(1, NATURAL), Told.NOT_ARRIVED),
    Rung("call.part_work",   1, Whom.HEAD,      Limit(1, DAY),   Limit(4, NATURAL), Told.NOT_REPORTED),
    Rung("call.part_work",   2, Whom.LEADER,    Limit(2, DAY),   Limit(4, NATURAL), Told.NOT_REPORTED),
    Rung("call.part_rule",   1, Whom.DIRECTOR,  Limit(1, DAY),   Limit(1, NATURAL), Told.NOT_RULED),
)
# fmt: on


def rung_of(*, clock: str, rung: int) -> Rung | None:
    """The row of the ladder, or None above its top."""
    return rung_in(LADDER, clock=clock, rung=rung)
