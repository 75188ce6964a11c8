"""What may be the same matter: what is joined, and the same person, place or subject, each case once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.actors import Actor
from kernel.distance import metres_apart
from petitions import related
from petitions.choices import COLOURS
from petitions.models import Petition

PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Another petition, and why it is shown."""

    petition: Petition
    why: str

    @property
    def colour(self) -> str:
        """Colour of its state."""
        return COLOURS[self.petition.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Petitions that are related in one way. `more`: there are others than those shown."""

    name: str
    title: str | Promise
    rows: list[Near]
    more: bool = False


def groups_of(*, petition: Petition, withheld: bool, joined: Sequence[Petition], actor: Actor) -> list[Group]:
    """The related petitions that the actor sees, each in the first group that it belongs to. Three queries."""
    among = Petition.objects.visible_to(actor)
    person = [] if withheld else related.of_the_same_person(petition=petition, among=among, actor=actor)
    place = list(related.at_the_same_place(petition=petition, among=among)[: related.SHOWN + 1])
    alike = related.about_the_same(petition=petition, among=among)
    groups = [
        _group("joined", _("Joined"), [Near(petition=one, why=_joined(one, petition)) for one in joined]),
        _group("person", _("Same person"), [Near(petition=one, why=_("the same telephone")) for one in person]),
        _group("place", _("Same place"), [Near(petition=one, why=_away(one, petition)) for one in place]),
        _group("subject", _("Same subject"), [Near(petition=one.petition, why=_like(one)) for one in alike]),
    ]
    shown: set[object] = set()
    found = []
    for group in groups:
        rows = [row for row in group.rows if row.petition.pk not in shown]
        shown |= {row.petition.pk for row in rows}
        if rows:
            found.append(Group(name=group.name, title=group.title, rows=rows, more=group.more))
    return found


def _group(name: str, title: str, rows: list[Near]) -> Group:
    return Group(name=name, title=title, rows=rows[: related.SHOWN], more=len(rows) > related.SHOWN)


def _joined(one: Petition, petition: Petition) -> str:
    return _("this one is joined to it") if one.pk == petition.joined_to_id else _("joined to this one")


def _away(one: Petition, petition: Petition) -> str:
    """How far away it was, and how long before or after."""
    if one.lng is None or one.lat is None or petition.lng is None or petition.lat is None:
        return ""
    far = metres_apart(lng=one.lng, lat=one.lat, other_lng=petition.lng, other_lat=petition.lat)
    days = abs(one.filed_at - petition.filed_at).days
    when = ngettext("%(n)s day apart", "%(n)s days apart", days) % {"n": days} if days else _("the same day")
    return _("%(metres)s m away, %(when)s") % {"metres": far, "when": when}


def _like(one: related.Alike) -> str:
    parts = [_("the same category in the same village")] if one.category else []
    if one.share >= related.ALIKE:
        parts.append(_("%(n)s%% of the title alike") % {"n": round(PERCENT * one.share)})
    return " · ".join(parts)
