"""What nobody answers climbs: which clock, which rung, who is told, and how long after the rung before."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.choices import LimitUnit
from kernel.worktime import Limit

NATURAL, WORK, DAY = LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY


@dataclass(frozen=True, slots=True)
class Rung:
    """One step up. `above` counts superiors from the unit that is late; `wait` is the time until the next rung."""

    clock: str
    rung: int
    above: int
    takes_over: bool
    ordinary: Limit
    urgent: Limit
    critical: Limit
    told: str

    def wait(self, *, urgency: str) -> Limit:
        limit: Limit = getattr(self, urgency)
        return limit


# A village's superior is its township's sub-centre, whose superior is the county's centre, whose superior is the city's;
# a department's superior is the county's centre. Where the chain ends, the ladder ends.
# fmt: off
LADDER: tuple[Rung, ...] = (
    #    clock               rung above takes over   wait: ordinary   urgent            critical            what is told
    Rung("petition.accept",   1,   1,   True,        Limit(4, WORK),  Limit(1, WORK),   Limit(1, NATURAL),  "not_accepted"),
    Rung("petition.accept",   2,   1,   True,        Limit(4, WORK),  Limit(1, WORK),   Limit(1, NATURAL),  "not_accepted"),
    Rung("petition.accept",   3,   1,   True,        Limit(4, WORK),  Limit(1, WORK),   Limit(1, NATURAL),  "not_accepted"),
    Rung("petition.dispatch", 1,   1,   True,        Limit(1, DAY),   Limit(2, WORK),   Limit(1, NATURAL),  "not_dispatched"),
    Rung("petition.dispatch", 2,   1,   True,        Limit(1, DAY),   Limit(2, WORK),   Limit(1, NATURAL),  "not_dispatched"),
    Rung("petition.dispatch", 3,   1,   True,        Limit(1, DAY),   Limit(2, WORK),   Limit(1, NATURAL),  "not_dispatched"),
    Rung("order.sign",        1,   1,   False,       Limit(4, WORK),  Limit(1, WORK),   Limit(1, NATURAL),  "not_signed"),
    Rung("order.sign",        2,   2,   False,       Limit(1, DAY),   Limit(2, WORK),   Limit(1, NATURAL),  "not_signed"),
    Rung("order.sign",        3,   3,   False,       Limit(1, DAY),   Limit(2, WORK),   Limit(1, NATURAL),  "not_signed"),
    Rung("order.handle",      1,   1,   False,       Limit(1, DAY),   Limit(4, WORK),   Limit(1, NATURAL),  "overdue"),
    Rung("order.handle",      2,   2,   False,       Limit(2, DAY),   Limit(1, DAY),    Limit(2, NATURAL),  "overdue"),
    Rung("order.handle",      3,   3,   False,       Limit(2, DAY),   Limit(1, DAY),    Limit(2, NATURAL),  "overdue"),
    Rung("order.rule",        1,   0,   False,       Limit(1, DAY),   Limit(4, WORK),   Limit(1, NATURAL),  "return_not_ruled"),
    Rung("order.adjudicate",  1,   1,   False,       Limit(1, DAY),   Limit(4, WORK),   Limit(1, NATURAL),  "not_adjudicated"),
    Rung("order.adjudicate",  2,   2,   False,       Limit(1, DAY),   Limit(4, WORK),   Limit(1, NATURAL),  "not_adjudicated"),
    # Beside an order: a cooperating unit that does not reply, and a lead that does not judge a reply.
    Rung("joint.reply",       1,   1,   False,       Limit(1, DAY),   Limit(4, WORK),   Limit(1, NATURAL),  "not_replied"),
    Rung("joint.reply",       2,   2,   False,       Limit(2, DAY),   Limit(1, DAY),    Limit(2, NATURAL),  "not_replied"),
    Rung("joint.judge",       1,   1,   False,       Limit(1, DAY),   Limit(4, WORK),   Limit(1, NATURAL),  "reply_not_judged"),
)
# fmt: on

_BY_KEY = {(row.clock, row.rung): row for row in LADDER}


def rung_of(*, clock: str, rung: int) -> Rung | None:
    """The row of the ladder, or None above its top."""
    return _BY_KEY.get((clock, rung))
