"""THE TABLE: why a mediation may end without success, from which states, on what basis, and which ways then stay open.

人民调解法 26: whoever ends a mediation tells the parties the other ways: arbitration, administrative bodies, the court.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.choices import OPEN_STATES, Ending, State

ARBITRATION = _("Apply for arbitration where the law provides for it (labour disputes, contracts of rural land).")
ADMINISTRATION = _("Ask the competent administrative body to mediate or to decide.")
LAWSUIT = _("Bring an action before the people's court.")
ENFORCEMENT = _("Where the court has confirmed the agreement, ask it to enforce; otherwise sue on the agreement.")
EVERY_WAY = (ARBITRATION, ADMINISTRATION, LAWSUIT)
BEFORE_AGREEMENT = tuple(state for state in OPEN_STATES if state != State.AGREED)


@dataclass(frozen=True, slots=True)
class End:
    """One row: from which states, on which basis, and the ways that are told to the parties."""

    sources: tuple[str, ...]
    basis: str
    ways: tuple[str | Promise, ...]


# fmt: off
ENDINGS: dict[str, End] = {
    Ending.REFUSED:     End(BEFORE_AGREEMENT,                  "人民调解法 17, 26", EVERY_WAY),  # zh: Act
    Ending.APART:       End((State.IN_SESSION, State.SIGNING), "人民调解法 26",     EVERY_WAY),  # zh: Act
    Ending.LAPSED:      End(BEFORE_AGREEMENT,                  "人民调解法 26",     EVERY_WAY),  # zh: Act
    Ending.WITHDRAWN:   End(BEFORE_AGREEMENT,                  "人民调解法 23",     EVERY_WAY),  # zh: Act
    Ending.OUTSIDE:     End((State.OPENED, State.ASSIGNED),    "人民调解法 2",      EVERY_WAY),  # zh: Act
    Ending.UNPERFORMED: End((State.AGREED,),                   "人民调解法 31-33",  (ENFORCEMENT, LAWSUIT)),  # zh: Act
}
# fmt: on

# Set by the clock or by another event, never chosen by hand.
NOT_CHOSEN = frozenset({Ending.LAPSED})


def endings_from(*, state: str) -> list[Ending]:
    """The reasons that a person may choose from in a state."""
    return [Ending(code) for code, row in ENDINGS.items() if state in row.sources and code not in NOT_CHOSEN]
