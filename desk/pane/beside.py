"""What may be the same matter told twice, each case once, and whether it may be joined by one click."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.actors import Actor
from petitions import related
from petitions.choices import COLOURS
from petitions.models import Petition
from petitions.queries import is_withheld, may_lead, verdict_on

PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """One case beside, why it is shown, and whether the case at hand may be joined to it."""

    petition: Petition
    why: str
    leads: bool

    @property
    def colour(self) -> str:
        """Colour of the badge of its state."""
        return COLOURS[self.petition.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Cases that are near in one respect."""

    title: str | Promise
    note: str | Promise
    rows: list[Near] = field(default_factory=list)


def beside(*, petition: Petition, actor: Actor, may_join: bool) -> dict[str, Any]:
    """`panels`: same person, place or subject, those with nothing left out; `joined`: what is, and may be separated."""
    among, shown = Petition.objects.visible_to(actor), {petition.pk}
    withheld = is_withheld(petition=petition, actor=actor)
    person = [] if withheld else related.of_the_same_person(petition=petition, among=among, actor=actor)
    place = related.at_the_same_place(petition=petition, among=among)[: related.SHOWN]
    panels = [
        Panel(title=gettext_lazy("Same person"), note="", rows=_rows(((one, "") for one in person), shown, may_join)),
        Panel(
            title=gettext_lazy("Same place"),
            note=gettext_lazy("200 m, 30 days"),
            rows=_rows(((one, "") for one in place), shown, may_join),
        ),
        Panel(
            title=gettext_lazy("Same subject"),
            note=gettext_lazy("same village, 30 days"),
            rows=_rows(_alike(petition, among), shown, may_join),
        ),
    ]
    joined = among.filter(joined_to=petition).defer("description", "salt").order_by("filed_at")
    return {
        "panels": [one for one in panels if one.rows],
        "joined": [
            (one, bool(verdict_on(petition=one, capability="petition.join", actor=actor)))
            for one in joined[: related.SHOWN]
        ],
    }


def _alike(petition: Petition, among: Any) -> Iterable[tuple[Petition, str]]:
    for one in related.about_the_same(petition=petition, among=among):
        words = [_("same category")] if one.category else []
        if one.share >= related.ALIKE:
            words.append(_("title %(n)s %% alike") % {"n": round(one.share * PERCENT)})
        yield one.petition, " · ".join(words)


def _rows(found: Iterable[tuple[Petition, str]], shown: set[UUID], may_join: bool) -> list[Near]:
    """Those that are not shown in another panel already."""
    rows = []
    for one, why in found:
        if one.pk not in shown:
            shown.add(one.pk)
            rows.append(Near(petition=one, why=why, leads=may_join and may_lead(petition=one)))
    return rows
