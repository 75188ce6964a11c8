"""Who did it: the person with the posting held at that moment, in one query for a whole case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

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


def _in_force(posting: Posting, at: datetime) -> bool:
    return posting.valid_from <= at and (posting.valid_until is None or at < posting.valid_until)
