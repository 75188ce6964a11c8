"""How long each step of supervision may take, and after how long the clock proposes one."""

from kernel.choices import LimitUnit
from kernel.worktime import Limit
from supervision.choices import Level

NATURAL, WORK, DAY = LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY

# fmt: off
LIMITS: dict[str, dict[str, Limit]] = {
    # clock                   ordinary                      key                       urgent
    "supervision.receive":  {Level.ORDINARY: Limit(4, WORK), Level.KEY: Limit(2, WORK), Level.URGENT: Limit(1, WORK)},
    "supervision.answer":   {Level.ORDINARY: Limit(3, DAY),  Level.KEY: Limit(2, DAY),  Level.URGENT: Limit(4, WORK)},
    "supervision.check":    {Level.ORDINARY: Limit(1, DAY),  Level.KEY: Limit(1, DAY),  Level.URGENT: Limit(4, WORK)},
    "supervision.consider": {Level.ORDINARY: Limit(1, DAY),  Level.KEY: Limit(1, DAY),  Level.URGENT: Limit(4, WORK)},
}

# Urgency of the petition → how long its order stays red before a supervision order is proposed.
PROPOSE_AFTER: dict[str, Limit] = {"ordinary": Limit(1, DAY), "urgent": Limit(4, WORK), "critical": Limit(1, NATURAL)}
# fmt: on

URGE_AGAIN = Limit(1, WORK)
"""The same order is urged at most once in so much working time: more is noise."""

RED_ORDERS = 2
"""So many work orders that went red, or supervision orders that were issued, let a case be listed."""

LONGEST_LISTING_DAYS = 90
"""A listing has a period; what needs longer is extended once or listed anew."""

LONGEST_EXTENSION_DAYS = 60
"""How far beyond its first period a listing may be extended, once."""


def limit_of(*, clock: str, level: str) -> Limit:
    """The limit of a step at a level."""
    return LIMITS[clock][level]
