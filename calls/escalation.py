"""What nobody answers climbs: which clock, which rung, who is told, and how long after the rung before."""

from __future__ import annotations

from dataclasses import dataclass

from calls.choices import Kind, Told, Whom
from kernel.choices import LimitUnit
from kernel.worktime import Limit

NATURAL, WORK, DAY = LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY


@dataclass(frozen=True, slots=True)
class Rung:
    """One step up: who is told, and how long until the next rung; an emergency climbs faster."""

    clock: str
    rung: int
    whom: Whom
    ordinary: Limit
    emergency: Limit
    told: Told

    def wait(self, *, kind: str) -> Limit:
        """How long until the next rung."""
        return self.emergency if kind == Kind.EMERGENCY else self.ordinary


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

_BY_KEY = {(row.clock, row.rung): row for row in LADDER}


def rung_of(*, clock: str, rung: int) -> Rung | None:
    """The row of the ladder, or None above its top."""
    return _BY_KEY.get((clock, rung))
