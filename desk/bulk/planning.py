"""What a deed on several cases at once would do to each of them, before anybody does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from desk.case.details import limit_words
from desk.forms.bulk import Action
from dispatch.choices import NoRoute
from dispatch.queries import Loads, route_of
from dispatch.routing import Nowhere, Route
from kernel.actors import Actor
from kernel.permissions import Denied
from organizations.queries import snapshot, unit_names
from petitions.choices import FINISHED_STATES, State
from petitions.hinting import Grade, hints_for
from petitions.models import Category, Petition
from petitions.offers import offers_of
from petitions.queries import verdict_on

# What of a suggestion is sure enough to be taken for many cases at once.
SURE = frozenset({Grade.CERTAIN, Grade.LIKELY})
SEPARATOR = ":"
NOT_LEADING = frozenset({State.JOINED, *FINISHED_STATES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One case: whether it can be done, and what happens, or why not. `given`: what the deed is called with."""

    petition: Petition
    allowed: bool
    says: str | Promise
    given: str = ""

    @property
    def value(self) -> str:
        """Case, version and what is given, as the form carries it: what was shown is what is done."""
        return SEPARATOR.join((str(self.petition.pk), str(self.petition.version), self.given))


Plan = Callable[[Sequence[Petition], dict[str, Any], Actor, datetime], list[Planned]]


def planned(
    *, do: str, petitions: Sequence[Petition], said: dict[str, Any], actor: Actor, at: datetime
) -> list[Planned]:
    """What would happen to each case, in the order given. Changes nothing."""
    return PLANS[Action(do)](petitions, said, actor, at)


def _refusal(petition: Petition, name: str, actor: Actor) -> str | Promise | None:
    """Why a deed of the workflow is not offered; None where it is."""
    for one in offers_of(petition=petition, actor=actor):
        if one.name == name:
            return None if one.allowed else one.reason
    return _("This cannot be done in the present state.")


def _plan(petition: Petition, refusal: str | Promise | None, says: str | Promise, given: str = "") -> Planned:
    return Planned(petition=petition, allowed=refusal is None, says=says if refusal is None else refusal, given=given)


def _accepting(petitions: Sequence[Petition], said: dict[str, Any], actor: Actor, at: datetime) -> list[Planned]:
    given = said.get("category") or ""
    codes = {one.pk: one.category_id or given or _suggested(one, at) for one in petitions}
    rows = Category.objects.select_related("matter").filter(code__in=set(codes.values()))
    categories = {row.code: row for row in rows}
    refusals: list[str | Promise | None] = []
    for one in petitions:
        refusal, chosen = _refusal(one, "accept", actor), categories.get(codes[one.pk])
        if refusal is None and chosen is None:
            refusal = _("It has no category yet: choose one.")
        elif one.category_id is None and chosen is not None:
            one.category, one.urgency = chosen, chosen.urgency  # only in mind, to ask the list
        refusals.append(refusal)
    listed = _listed([one for one, why in zip(petitions, refusals, strict=True) if why is None], at)
    return [
        _plan(one, why, _("%(category)s; then %(unit)s") % {"category": one.category, "unit": listed.get(one.pk, "")},
              codes[one.pk])
        for one, why in zip(petitions, refusals, strict=True)
    ]  # fmt: skip


def _suggested(petition: Petition, at: datetime) -> str:
    """The category that the words speak for, where that is sure enough."""
    found = hints_for(title=petition.title, text=petition.description, place=petition.place, at=at, most=1)
    return found[0].code if found and found[0].grade in SURE else ""


def _dispatching(petitions: Sequence[Petition], said: dict[str, Any], actor: Actor, at: datetime) -> list[Planned]:
    routes = _routes(petitions, at)
    names = _in_words(routes)
    found = []
    for one in petitions:
        refusal: str | Promise | None = None
        right, route = verdict_on(petition=one, capability="order.assign", actor=actor), routes[one.pk]
        if one.state != State.ACCEPTED:
            refusal = _("This cannot be done in the present state.")
        elif isinstance(right, Denied):
            refusal = right.reason
        elif isinstance(route, Nowhere):
            refusal = names[one.pk]
        found.append(_plan(one, refusal, names[one.pk], str(route.unit_id) if isinstance(route, Route) else ""))
    return found


def _classifying(petitions: Sequence[Petition], said: dict[str, Any], actor: Actor, at: datetime) -> list[Planned]:
    code = said.get("category") or ""
    chosen = Category.objects.filter(code=code).first()
    found = []
    for one in petitions:
        refusal = _refusal(one, "classify", actor)
        if refusal is None and chosen is None:
            refusal = _("Choose the category above.")
        elif refusal is None and one.category_id == code:
            refusal = _("It has this category already.")
        before = one.category or _("no category yet")
        found.append(_plan(one, refusal, f"{before} → {chosen}", code))
    return found


def _joining(petitions: Sequence[Petition], said: dict[str, Any], actor: Actor, at: datetime) -> list[Planned]:
    main: Petition | None = said.get("main")
    found = []
    for one in petitions:
        refusal = _refusal(one, "join", actor)
        if refusal is None and main is None:
            refusal = _("Name the main petition above.")
        elif refusal is None and main == one:
            refusal = _("The main petition itself.")
        elif refusal is None and main is not None and main.state in NOT_LEADING:
            refusal = _("The other petition is finished or itself joined.")
        says = _("joined to %(number)s %(title)s") % {"number": main.number, "title": main.title} if main else ""
        found.append(_plan(one, refusal, says, main.number if main else ""))
    return found


def _routes(petitions: Sequence[Petition], at: datetime) -> dict[Any, Route | Nowhere]:
    """What the list says about each; the list and the loads of the units are read once."""
    held, loads = snapshot.current(), Loads()
    return {one.pk: route_of(petition=one, at=at, held=held, loads=loads) for one in petitions}


def _listed(petitions: Sequence[Petition], at: datetime) -> dict[Any, str]:
    return _in_words(_routes(petitions, at))


def _in_words(routes: dict[Any, Route | Nowhere]) -> dict[Any, str]:
    """Unit and limit, or why there is none, of each. One query."""
    names = unit_names(unit_ids={one.unit_id for one in routes.values() if isinstance(one, Route)})
    return {pk: _route_words(one, names) for pk, one in routes.items()}


def _route_words(route: Route | Nowhere, names: dict[int, str]) -> str:
    if isinstance(route, Nowhere):
        return _("the list names nobody: %(why)s") % {"why": NoRoute(route.reason).label}
    limit = limit_words(route.limit.value, route.limit.unit)
    return _("%(unit)s, within %(limit)s") % {"unit": names[route.unit_id], "limit": limit}


PLANS: dict[Action, Plan] = {
    Action.ACCEPT: _accepting,
    Action.DISPATCH: _dispatching,
    Action.CLASSIFY: _classifying,
    Action.JOIN: _joining,
}
