"""Who sees which petitions: one method, used by every list, detail, count, map and export."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from petitions.choices import OPEN_STATES
from petitions.policies import reads_cases

if TYPE_CHECKING:
    from petitions.models.petition import Petition

# One's own petitions from elsewhere are added for narrow seats only: an OR over three columns would keep PostgreSQL
# from walking the index of a whole township or county, and who oversees one has every list of it already.
WIDE = 9
VILLAGE = 12
PLACE_COLUMN = {6: "county_code", 9: "township_code", 12: "village_code", 15: "cell_code"}


class PetitionQuerySet(LockingQuerySet["Petition"]):
    def visible_to(self, actor: Actor) -> PetitionQuerySet:
        """What the actor's seats reach: by territory, by unit, and one's own. Uses the petition's own columns only."""
        if actor.is_system:
            return self
        reach, wide = Q(pk__in=[]), False
        for seat in actor.seats:
            if not reads_cases(seat):
                continue
            if seat.territory:
                reach |= within(seat.territory)
                wide = wide or len(seat.territory) <= WIDE
            elif seat.unit_id is not None:
                reach |= Q(involved__contains=[seat.unit_id])
        if actor.user_id is not None and not wide:
            reach |= Q(reporter_user_id=actor.user_id) | Q(registrar_id=actor.user_id)
        return self.filter(reach)

    def own_of(self, actor: Actor) -> PetitionQuerySet:
        """Those that the actor reported as a citizen or registered for somebody."""
        return self.filter(Q(reporter_user_id=actor.user_id) | Q(registrar_id=actor.user_id))

    def open(self) -> PetitionQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, *, at: datetime) -> PetitionQuerySet:
        """Open, and past the time of the stage that it stands in."""
        return self.open().filter(stage_due_at__lt=at)


def by_place_alone(actor: Actor) -> Q | None:
    """What visible_to() comes to where places alone decide; None where a unit, a grid or one's own person adds to it.

    It holds for every table that carries the three columns of places, the tally for one.
    """
    if actor.is_system:
        return Q()
    seats = [seat for seat in actor.seats if reads_cases(seat) and (seat.territory or seat.unit_id is not None)]
    territories = {seat.territory for seat in seats}
    if not any(0 < len(one) <= WIDE for one in territories) or any(not 0 < len(one) <= VILLAGE for one in territories):
        return None
    reach = Q(pk__in=[])
    for territory in sorted(territories):
        reach |= within(territory)
    return reach


def within(territory: str) -> Q:
    """The petitions whose place lies in a territory, through the column that has an index for its width."""
    column = PLACE_COLUMN.get(len(territory))
    if column is not None:
        return Q(**{column: territory})
    return Q(county_code__startswith=territory)
