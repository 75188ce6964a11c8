"""How long each step of a call may take, by its kind."""

from decimal import Decimal

from calls.choices import Kind
from kernel.choices import LimitUnit
from kernel.worktime import Limit

NATURAL, WORK, DAY = LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY
QUARTER = Decimal("0.25")

# Nobody outside states numbers for 乡呼县应; these are proposals, and a city that decides otherwise changes this table.
# fmt: off
LIMITS: dict[str, dict[str, Limit]] = {
    # clock         enforcement                        development                        livelihood                        emergency
    "call.sign":   {Kind.ENFORCEMENT: Limit(4, WORK), Kind.DEVELOPMENT: Limit(4, WORK), Kind.LIVELIHOOD: Limit(4, WORK), Kind.EMERGENCY: Limit(QUARTER, NATURAL)},
    "call.triage": {Kind.ENFORCEMENT: Limit(2, WORK), Kind.DEVELOPMENT: Limit(4, WORK), Kind.LIVELIHOOD: Limit(4, WORK), Kind.EMERGENCY: Limit(QUARTER, NATURAL)},
    "call.answer": {Kind.ENFORCEMENT: Limit(4, WORK), Kind.DEVELOPMENT: Limit(1, DAY),  Kind.LIVELIHOOD: Limit(1, DAY),  Kind.EMERGENCY: Limit(QUARTER, NATURAL)},
    "call.arrive": {Kind.ENFORCEMENT: Limit(1, DAY),  Kind.DEVELOPMENT: Limit(1, DAY),  Kind.LIVELIHOOD: Limit(1, DAY),  Kind.EMERGENCY: Limit(1, NATURAL)},
    "call.work":   {Kind.ENFORCEMENT: Limit(5, DAY),  Kind.DEVELOPMENT: Limit(10, DAY), Kind.LIVELIHOOD: Limit(5, DAY),  Kind.EMERGENCY: Limit(1, DAY)},
    "call.judge":  {Kind.ENFORCEMENT: Limit(2, DAY),  Kind.DEVELOPMENT: Limit(2, DAY),  Kind.LIVELIHOOD: Limit(2, DAY),  Kind.EMERGENCY: Limit(1, DAY)},
    "call.rule":   {Kind.ENFORCEMENT: Limit(1, DAY),  Kind.DEVELOPMENT: Limit(1, DAY),  Kind.LIVELIHOOD: Limit(1, DAY),  Kind.EMERGENCY: Limit(1, NATURAL)},
}
# fmt: on


def limit_of(*, clock: str, kind: str) -> Limit:
    """The limit of a step of a call of this kind; a cooperating unit has the limits of the lead."""
    return LIMITS[clock.replace("part_", "")][kind]
