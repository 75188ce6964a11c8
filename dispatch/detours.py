"""THE TABLE: who takes an order in the place of the unit that the list names, and when.

Read from top to bottom: the first row that fits and finds a body decides; where none does, the list's own unit gets it.
The list stays the authority: a body that it lets only cooperate is never chosen here (R4), the unit that it names sees
the order as cooperating, and a row of the list for the township itself goes before all of this.
"""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.choices import RouteReason
from petitions.choices import Urgency

ORDINARY, URGENT, CRITICAL = Urgency.ORDINARY, Urgency.URGENT, Urgency.CRITICAL
ALWAYS, OUTSIDE = "always", "outside"  # of working hours
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Detour:
    """One row. `field` is the field of the matter as the list has it, or EVERY."""

    to: RouteReason
    field: str
    urgencies: tuple[str, ...]
    hours: str

    def fits(self, *, field: str, urgency: str, working: bool) -> bool:
        """Whether the row speaks of such a case at such an hour."""
        return self.field in (EVERY, field) and urgency in self.urgencies and (self.hours == ALWAYS or not working)


# fmt: off
DETOURS: tuple[Detour, ...] = (
    #      to whom                 field   urgency              when
    Detour(RouteReason.BY_DUTY,    EVERY,  (URGENT, CRITICAL),  OUTSIDE),  # the unit on duty at the place
    Detour(RouteReason.BY_AGENCY,  EVERY,  (ORDINARY,),         ALWAYS),   # the department's agency in the township
)
# fmt: on

DUTY_MATTER = "DUTY"
"""The matter of the list whose lead at a place is on duty outside working hours. No such row in force, no detour."""
