"""How long each step of a whistle may take, by its kind; when absence is recorded; how long a meeting may wait."""

from datetime import timedelta
from decimal import Decimal

from kernel.choices import LimitUnit
from kernel.worktime import Limit
from whistles.choices import Form, Kind

NATURAL, WORK, DAY = LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY
ENFORCEMENT, KEY, EMERGENCY = Kind.ENFORCEMENT, Kind.KEY_WORK, Kind.EMERGENCY
QUARTER = Decimal("0.25")

# fmt: off
LIMITS: dict[str, dict[str, Limit]] = {
    # clock               emergency                         enforcement                key work
    "whistle.decide":    {EMERGENCY: Limit(QUARTER, NATURAL), ENFORCEMENT: Limit(4, WORK), KEY: Limit(1, DAY)},   # the head signs
    "whistle.receipt":   {EMERGENCY: Limit(QUARTER, NATURAL), ENFORCEMENT: Limit(4, WORK), KEY: Limit(1, DAY)},   # a unit signs for it
    "whistle.meet":      {EMERGENCY: Limit(1, NATURAL),       ENFORCEMENT: Limit(1, DAY),  KEY: Limit(3, DAY)},   # on site, or met
    "whistle.record":    {EMERGENCY: Limit(4, NATURAL),       ENFORCEMENT: Limit(1, DAY),  KEY: Limit(1, DAY)},   # minutes
    "whistle.finish":    {EMERGENCY: Limit(3, DAY),           ENFORCEMENT: Limit(5, DAY),  KEY: Limit(10, DAY)},  # the last task
    "whistle.check":     {EMERGENCY: Limit(4, WORK),          ENFORCEMENT: Limit(1, DAY),  KEY: Limit(1, DAY)},   # a task reported done
    "whistle.rate":      {EMERGENCY: Limit(3, DAY),           ENFORCEMENT: Limit(3, DAY),  KEY: Limit(3, DAY)},   # both sides score
}
# A joint meeting is called with time to prepare, and its tasks run until the next one; so do the findings of an inspection.
BY_FORM: dict[tuple[str, str], Limit] = {
    ("whistle.meet", Form.JOINT_MEETING):   Limit(10, DAY),
    ("whistle.finish", Form.JOINT_MEETING): Limit(20, DAY),
    ("whistle.meet", Form.INSPECTION):      Limit(10, DAY),
    ("whistle.record", Form.INSPECTION):    Limit(3, DAY),   # several places are looked at before it is written
    ("whistle.finish", Form.INSPECTION):    Limit(60, DAY),
}

# Minutes after the time named: until then a unit that comes is late, from then on it was absent.
ABSENT_AFTER: dict[str, timedelta] = {
    EMERGENCY:   timedelta(minutes=15),
    ENFORCEMENT: timedelta(minutes=30),
    KEY:         timedelta(minutes=15),
}
# fmt: on

CHECK_IN_BEFORE = timedelta(hours=2)
"""So long before the time named one may check in: who comes earlier has not come for this."""

TOLD_AGAIN = Limit(1, DAY)
"""How long after it was told once something that is still late is told again."""

TOLD_AT_MOST = 3
"""So often the same lateness is told; then everybody who could act knows."""

NEAR_METRES = 500
"""Whoever checks in farther from the place than this is shown as far away; nobody is refused for it."""


def limit_of(*, clock: str, kind: str, form: str = Form.WHISTLE) -> Limit:
    """The limit of a step for a kind, or for a form that has one of its own."""
    return BY_FORM.get((clock, form)) or LIMITS[clock][kind]
