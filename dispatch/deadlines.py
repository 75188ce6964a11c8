"""How long a unit has at each step, and at which share of its limit the lights change."""

from decimal import Decimal

from dispatch.choices import Light
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
}

# How long after it was assigned a unit may object (R3): petitions by the regulation, everything else by its urgency.
OBJECTION_TO_PETITION = Limit(5, DAY)  # 信访工作条例 23
PETITION_CHANNELS = (Channel.LETTER, Channel.VISIT, Channel.TRANSFER, Channel.UPPER)
OBJECTION: dict[str, Limit] = {"ordinary": Limit(2, DAY), "urgent": Limit(4, WORK), "critical": Limit(1, NATURAL)}

# Share of the limit used → light. A light is what it is from this share on.
LIGHTS: tuple[tuple[Decimal, Light], ...] = (
    (Decimal("1.0"), Light.RED),
    (Decimal("0.8"), Light.YELLOW),
    (Decimal("0.5"), Light.BLUE),
    (Decimal("0.0"), Light.GREEN),
)
# fmt: on
HALF_AT, WARN_AT = Decimal("0.5"), Decimal("0.8")


def light_of(*, share: float) -> Light:
    """The light for a used share of a limit."""
    return next(light for at, light in LIGHTS if share >= at or at == 0)


def objection_limit(*, channel: str, urgency: str) -> Limit:
    """How long a unit may object to an order of a case that came by this channel with this urgency."""
    return OBJECTION_TO_PETITION if channel in PETITION_CHANNELS else OBJECTION[urgency]
