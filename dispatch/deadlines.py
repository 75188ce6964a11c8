"""How long a unit has at each step."""

from decimal import ROUND_FLOOR, Decimal

from kernel.choices import LimitUnit
from kernel.worktime import Limit
from petitions.choices import Channel

NATURAL, WORK, DAY = LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY

# fmt: off
LIMITS: dict[str, dict[str, Limit]] = {
    # clock          ordinary                     urgent                     critical
    "order.sign": {"ordinary": Limit(2, WORK), "urgent": Limit(1, WORK), "critical": Limit(Decimal("0.5"), NATURAL)},
    "order.rule": {"ordinary": Limit(1, DAY),  "urgent": Limit(4, WORK), "critical": Limit(1, NATURAL)},
    "order.adjudicate": {"ordinary": Limit(3, DAY), "urgent": Limit(1, DAY), "critical": Limit(2, NATURAL)},
    "joint.judge": {"ordinary": Limit(1, DAY), "urgent": Limit(4, WORK), "critical": Limit(1, NATURAL)},
    "joint.again": {"ordinary": Limit(1, DAY), "urgent": Limit(4, WORK), "critical": Limit(1, NATURAL)},
    "joint.offer": {"ordinary": Limit(1, DAY), "urgent": Limit(2, WORK), "critical": Limit(Decimal("0.5"), NATURAL)},
}

# The share of the order's limit after which a cooperating unit has replied, so that the lead has time to sum up.
JOINT_SHARE: dict[str, Decimal] = {
    "ordinary": Decimal("0.6"),
    "urgent": Decimal("0.5"),
    "critical": Decimal("0.5"),
}

# How long after it was assigned a unit may object (R3): petitions by the regulation, everything else by its urgency.
OBJECTION_TO_PETITION = Limit(5, DAY)  # 信访工作条例 23
PETITION_CHANNELS = (Channel.LETTER, Channel.VISIT, Channel.TRANSFER, Channel.UPPER)
OBJECTION: dict[str, Limit] = {"ordinary": Limit(2, DAY), "urgent": Limit(4, WORK), "critical": Limit(1, NATURAL)}
# fmt: on


def joint_limit(*, limit: Limit, urgency: str) -> Limit:
    """How long a cooperating unit has to reply, where nobody says otherwise: hours to the hundredth, whole days."""
    value = Decimal(limit.value) * JOINT_SHARE[urgency]
    if limit.unit in (LimitUnit.WORKDAY, LimitUnit.CALENDAR_DAY):
        return Limit(max(Decimal(1), value.quantize(Decimal(1), ROUND_FLOOR)), limit.unit)
    return Limit(max(Decimal("0.01"), value.quantize(Decimal("0.01"))), limit.unit)


def objection_limit(*, channel: str, urgency: str) -> Limit:
    """How long a unit may object to an order of a case that came by this channel with this urgency."""
    return OBJECTION_TO_PETITION if channel in PETITION_CHANNELS else OBJECTION[urgency]
