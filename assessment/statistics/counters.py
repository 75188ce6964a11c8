"""The counters that are kept as things happen, held against a full count of the same ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.statistics.balance import Balance
from kernel.actors import Actor
from petitions.queries import by_place_alone, conservation, within

VILLAGE_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Checked:
    """What the counters say and what was counted in full: cases filed, and those still open, whatever their class."""

    filed: int
    open: int
    full_filed: int
    full_open: int
    balanced: bool

    @property
    def agree(self) -> bool:
        """True where both counts say the same, and the counters balance in themselves."""
        return self.balanced and (self.filed, self.open) == (self.full_filed, self.full_open)

    def facts(self) -> Mapping[str, int]:
        """The numbers by name."""
        return {"filed": self.filed, "open": self.open, "full": self.full_filed, "standing": self.full_open}


def checked(*, actor: Actor, area: str, full: Balance) -> Checked | None:
    """The counters beside the full count of an area; None for whoever sees more than places, and for single grids, of
    which no counters are kept.
    """
    reach = by_place_alone(actor)
    if reach is None or len(area) > VILLAGE_DIGITS:
        return None
    kept = conservation(reach=reach & within(area) if area else reach)
    return Checked(kept.filed, kept.open, full.filed, full.standing, kept.holds)
