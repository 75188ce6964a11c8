"""What nobody answers climbs: which clock, which rung, who is told, and how long after the rung before."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.choices import LimitUnit
from kernel.worktime import Limit
from supervision.choices import Told

WORK, DAY = LimitUnit.WORK_HOUR, LimitUnit.WORKDAY


@dataclass(frozen=True, slots=True)
class Rung:
    """One step up. `above` counts superiors from whoever is late; `wait` is the time until the next rung."""

    clock: str
    rung: int
    above: int
    wait: Limit
    told: Told


# The unit is late with receipt and answer; with considering and checking it is the issuer.
BY_ISSUER = frozenset({"supervision.check", "supervision.consider"})

# fmt: off
LADDER: tuple[Rung, ...] = (
    #    clock                 rung above  wait            what is told
    Rung("supervision.receive",  1,   1,   Limit(4, WORK), Told.NOT_RECEIVED),
    Rung("supervision.receive",  2,   2,   Limit(1, DAY),  Told.NOT_RECEIVED),
    Rung("supervision.answer",   1,   1,   Limit(1, DAY),  Told.NOT_ANSWERED),
    Rung("supervision.answer",   2,   2,   Limit(2, DAY),  Told.NOT_ANSWERED),
    Rung("supervision.answer",   3,   3,   Limit(2, DAY),  Told.NOT_ANSWERED),
    Rung("supervision.check",    1,   0,   Limit(1, DAY),  Told.NOT_CHECKED),
    Rung("supervision.check",    2,   1,   Limit(1, DAY),  Told.NOT_CHECKED),
    Rung("supervision.consider", 1,   0,   Limit(1, DAY),  Told.NOT_CONSIDERED),
    Rung("supervision.consider", 2,   1,   Limit(1, DAY),  Told.NOT_CONSIDERED),
)
# fmt: on

_BY_KEY = {(row.clock, row.rung): row for row in LADDER}


def rung_of(*, clock: str, rung: int) -> Rung | None:
    """The row of the ladder, or None above its top."""
    return _BY_KEY.get((clock, rung))
