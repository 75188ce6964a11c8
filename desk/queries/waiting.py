"""How much of a person's desk is unread or aside, for the workbench."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from desk.queries.snoozed import snoozed_count
from desk.queries.unread import never_opened, unread, with_me
from kernel import keyset
from kernel.actors import Actor
from petitions.models import Petition

CAP = 99  # beyond that the number says nothing any more


@dataclass(frozen=True, slots=True)
class Marks:
    """Counts, counted no further than 99; `99+` shows as such."""

    never_opened: str
    changed: str
    aside: str

    def __bool__(self) -> bool:
        return any(number != "0" for number in (self.never_opened, self.changed, self.aside))


def marks_on_desk(*, actor: Actor) -> Marks:
    """What waits with one's units and was never opened, what others changed, and what is aside. Three queries."""
    mine = Petition.objects.visible_to(actor)
    return Marks(
        never_opened=_counted(mine.filter(with_me(actor=actor), never_opened(actor=actor))),
        changed=_counted(mine.filter(unread(actor=actor))),
        aside=str(snoozed_count(actor=actor)),
    )


def _counted(rows: QuerySet[Petition]) -> str:
    count, more = keyset.capped_count(rows, cap=CAP)
    return f"{CAP}+" if more else str(count)
