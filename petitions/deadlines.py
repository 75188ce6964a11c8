"""How long each stage may take: urgency × stage → limit. The list's own limit goes before the one for handling."""

from kernel.choices import LimitUnit
from kernel.worktime import Limit
from petitions.choices import Channel, PetitionKind, Urgency

ORDINARY, URGENT, CRITICAL = Urgency.ORDINARY, Urgency.URGENT, Urgency.CRITICAL
NATURAL, WORK, DAY, CALENDAR = LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY, LimitUnit.CALENDAR_DAY

# fmt: off
LIMITS: dict[str, dict[str, Limit]] = {
    # clock                ordinary                      urgent                       critical
    "petition.accept":   {ORDINARY: Limit(4, WORK),      URGENT: Limit(1, WORK),      CRITICAL: Limit(1, NATURAL)},
    "petition.dispatch": {ORDINARY: Limit(4, WORK),      URGENT: Limit(1, WORK),      CRITICAL: Limit(1, NATURAL)},
    "petition.resolve":  {ORDINARY: Limit(5, DAY),       URGENT: Limit(24, NATURAL),  CRITICAL: Limit(2, NATURAL)},
    "petition.verify":   {ORDINARY: Limit(2, DAY),       URGENT: Limit(1, DAY),       CRITICAL: Limit(4, NATURAL)},
    "petition.supply":   {ORDINARY: Limit(15, CALENDAR), URGENT: Limit(15, CALENDAR), CRITICAL: Limit(15, CALENDAR)},
    "petition.rate":     {ORDINARY: Limit(7, CALENDAR),  URGENT: Limit(7, CALENDAR),  CRITICAL: Limit(7, CALENDAR)},
    "petition.archive":  {ORDINARY: Limit(10, DAY),      URGENT: Limit(10, DAY),      CRITICAL: Limit(10, DAY)},
    "petition.planned":  {ORDINARY: Limit(60, CALENDAR), URGENT: Limit(60, CALENDAR), CRITICAL: Limit(60, CALENDAR)},
    "petition.joined":   {ORDINARY: Limit(60, CALENDAR), URGENT: Limit(60, CALENDAR), CRITICAL: Limit(60, CALENDAR)},
}

# Who receives first. Livelihood goes to the nearest level; the hotline and the other two kinds to the county's centre.
FIRST_LEVEL: dict[str, str] = {
    Channel.GRIDWORKER: "village",
    Channel.APP:        "village",
    Channel.DEVICE:     "village",
    Channel.VISIT:      "township",
    Channel.LETTER:     "township",
    Channel.TOWNSHIP:   "county",
    Channel.HOTLINE:    "county",
    Channel.MAILBOX:    "county",
    Channel.TRANSFER:   "county",
    Channel.UPPER:      "county",
    Channel.ENTERPRISE: "county",
}
# fmt: on


def limit_for(*, clock: str, urgency: str) -> Limit:
    """The limit of one clock for one urgency."""
    return LIMITS[clock][urgency]


def first_level(*, kind: str, channel: str) -> str:
    """The level of the centre that a new petition goes to first."""
    return FIRST_LEVEL[channel] if kind == PetitionKind.LIVELIHOOD else "county"
