"""Who acts: a person with seats, or the system itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from kernel.permissions import Allowed, Denied, Verdict


@dataclass(frozen=True, slots=True)
class Seat:
    """One posting in force: a role with what it may do, and over which ground.

    `territory` is a code prefix that the seat oversees ("" oversees none); `unit_id` is the body it works for.
    `home` is the body of the posting even where the seat opens nothing of it, as that of an enterprise's contact.
    `stands_for` is the absent person whose posting it is, while somebody else sits in it.
    """

    role: str
    capabilities: frozenset[str]
    territory: str = ""
    unit_id: int | None = None
    home: int | None = None
    stands_for: int | None = None

    def covers(self, *, place: str, units: frozenset[int]) -> bool:
        """True where this very seat reaches the place (by prefix) or one of the units."""
        if self.territory and place.startswith(self.territory):
            return True
        return self.unit_id is not None and self.unit_id in units


@dataclass(frozen=True)
class Actor:
    """Whoever does a deed. `key` is stable and never a name: it is what the event log holds.

    It is always the person's own: who stands in for somebody acts in his own name, and the log says for whom.
    `stand_ins` are those who stand in for this person at present.
    """

    key: str
    user_id: int | None = None
    seats: tuple[Seat, ...] = ()
    is_system: bool = False
    stand_ins: frozenset[int] = frozenset()

    @cached_property
    def stands_for(self) -> frozenset[int]:
        """The absent people whose seats are among these."""
        return frozenset(seat.stands_for for seat in self.seats if seat.stands_for is not None)

    @cached_property
    def persons(self) -> frozenset[int]:
        """Oneself, those one stands in for, and those who stand in for oneself: whose work is one's own work.

        Rules about own work ask this, so that what one of them did is never judged by the other. Empty for nobody.
        """
        own = () if self.user_id is None else (self.user_id,)
        return frozenset(own) | self.stands_for | self.stand_ins

    @cached_property
    def capabilities(self) -> frozenset[str]:
        return frozenset().union(*(seat.capabilities for seat in self.seats))

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(seat.role for seat in self.seats)

    @cached_property
    def territories(self) -> tuple[str, ...]:
        return tuple(sorted({seat.territory for seat in self.seats if seat.territory}))

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(seat.unit_id for seat in self.seats if seat.unit_id is not None)

    def holds(self, capability: str) -> bool:
        """True where any seat has the capability, wherever it reaches."""
        return self.is_system or capability in self.capabilities

    def may(self, capability: str, *, place: str = "", units: Iterable[int] = ()) -> Verdict:
        """Whether one single seat both has the capability and covers the place or one of the units."""
        if self.is_system:
            return Allowed()
        holding = [seat for seat in self.seats if capability in seat.capabilities]
        if not holding:
            return Denied(_("Your role does not include this."))
        among = frozenset(units)
        if any(seat.covers(place=place, units=among) for seat in holding):
            return Allowed()
        return Denied(_("This is outside the area and the units that you work for."))


SYSTEM = Actor(key="system", is_system=True)
PUBLIC = Actor(key="public")
