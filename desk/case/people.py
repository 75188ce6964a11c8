"""Who did it: the person with the posting held at that moment, in one query for a whole case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from kernel.events import STANDS_FOR
from kernel.models import Event
from organizations.choices import Role
from organizations.models import Posting
from petitions.models import Petition

PREFIX = "user:"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Postings by user id, who the citizen of this case is, and whose names are withheld from this reader."""

    citizen: int | None
    withheld: frozenset[int]
    for_public: bool
    postings: dict[int, list[Posting]] = field(default_factory=dict)

    def who(self, event: Event) -> str:
        """Who brought an event about, and for whom, where he stood in for somebody who was away."""
        name = self.name(actor_key=event.actor_key, at=event.occurred_at)
        absent = [self.postings[one][0].user for one in _absent(event) if one in self.postings]
        if not absent or self.for_public:
            return name
        said = {"who": name, "absent": ", ".join(str(one) for one in absent)}
        return _("%(who)s, standing in for %(absent)s") % said

    def name(self, *, actor_key: str, at: datetime) -> str:
        """Name, role and unit as of then. A citizen is told the unit only, and nobody is told a citizen's name."""
        if not actor_key.startswith(PREFIX):
            return _("System") if actor_key == "system" else _("Public")
        user_id = int(actor_key.removeprefix(PREFIX))
        if user_id in self.withheld:
            return _("withheld")
        held = self.postings.get(user_id, [])
        posting = next((one for one in held if _in_force(one, at)), held[-1] if held else None)
        if posting is None:
            return _("Reporter") if user_id == self.citizen else _("Citizen")
        if self.for_public:
            return str(posting.unit)
        return f"{posting.user} · {Role(posting.role).label}, {posting.unit}"


def people_of(*, petition: Petition, keys: Iterable[str], for_public: bool, withheld: bool) -> People:
    """Everybody who acted on a case. One query."""
    ids = {int(key.removeprefix(PREFIX)) for key in keys if key.startswith(PREFIX)}
    held: dict[int, list[Posting]] = {}
    for posting in Posting.objects.filter(user_id__in=ids).select_related("user", "unit").order_by("valid_from"):
        held.setdefault(posting.user_id, []).append(posting)
    filers = frozenset(one for one in (petition.reporter_user_id, petition.registrar_id) if one and withheld)
    return People(citizen=petition.reporter_user_id, withheld=filers, for_public=for_public, postings=held)


def keys_of(events: Iterable[Event]) -> set[str]:
    """Everybody whose name the events need: who acted, and for whom."""
    rows = list(events)
    return {one.actor_key for one in rows} | {f"{PREFIX}{absent}" for one in rows for absent in _absent(one)}


def _absent(event: Event) -> list[int]:
    found: list[int] = event.payload.get(STANDS_FOR, [])
    return found


def _in_force(posting: Posting, at: datetime) -> bool:
    return posting.valid_from <= at and (posting.valid_until is None or at < posting.valid_until)
