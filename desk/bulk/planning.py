"""What a deed on several cases at once would do to each of them, before anybody does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from desk.case.details import limit_words
from desk.forms.bulk import Action
from dispatch.offers import assigning
from dispatch.proposals import Proposal, proposals_of
from kernel.actors import Actor
from petitions.hinting import Grade, Told, hints_for_each
from petitions.models import Category, Petition
from petitions.offers import offers_of
from petitions.queries import may_lead

# What of a suggestion is sure enough to be taken for many cases at once.
SURE = frozenset({Grade.CERTAIN, Grade.LIKELY})
SEPARATOR = ":"


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
    guessed = {} if given else _suggested([one for one in petitions if not one.category_id], at)
    codes = {one.pk: one.category_id or given or guessed[one.pk] for one in petitions}
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
    ready = [one for one, why in zip(petitions, refusals, strict=True) if why is None]
    listed = {pk: _in_words(found) for pk, found in proposals_of(petitions=ready, at=at).items()}
    return [
        _plan(one, why, _("%(category)s; then %(unit)s") % {"category": one.category, "unit": unit}, codes[one.pk])
        for one, why, unit in zip(petitions, refusals, (listed.get(one.pk, "") for one in petitions), strict=True)
    ]


def _suggested(petitions: Sequence[Petition], at: datetime) -> dict[UUID, str]:
    """The category that the words of each speak for, where that is sure enough. What is learnt is asked once."""
    told = [Told(title=one.title, text=one.description, place=one.place) for one in petitions]
    hints = hints_for_each(told=told, at=at, most=1)
    return {
        one.pk: found[0].code if found and found[0].grade in SURE else ""
        for one, found in zip(petitions, hints, strict=True)
    }


def _dispatching(petitions: Sequence[Petition], said: dict[str, Any], actor: Actor, at: datetime) -> list[Planned]:
    proposals = proposals_of(petitions=petitions, at=at)
    found = []
    for one in petitions:
        refusal: str | Promise | None = None
        offer, proposal = assigning(petition=one, actor=actor), proposals[one.pk]
        if offer is None:
            refusal = _("This cannot be done in the present state.")
        elif not offer.allowed:
            refusal = offer.reason
        elif proposal.unit is None:
            refusal = _in_words(proposal)
        unit = str(proposal.unit.pk) if proposal.unit else ""
        found.append(_plan(one, refusal, _in_words(proposal), unit))
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
        elif refusal is None and main is not None and not may_lead(petition=main):
            refusal = _("The other petition is finished or itself joined.")
        says = _("joined to %(number)s %(title)s") % {"number": main.number, "title": main.title} if main else ""
        found.append(_plan(one, refusal, says, main.number if main else ""))
    return found


def _in_words(found: Proposal) -> str:
    """Unit and limit, or why there is none."""
    if found.unit is None or found.limit is None:
        return _("the list names nobody: %(why)s") % {"why": found.nobody}
    limit = limit_words(found.limit.value, found.limit.unit)
    return _("%(unit)s, within %(limit)s") % {"unit": found.unit.short_name or found.unit.name, "limit": limit}


PLANS: dict[Action, Plan] = {
    Action.ACCEPT: _accepting,
    Action.DISPATCH: _dispatching,
    Action.CLASSIFY: _classifying,
    Action.JOIN: _joining,
}
