"""Pure decisions about admissions: who may make which move, and what stands against an approval."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict
from registry.admission.choices import Outcome, Stance
from registry.admission.deadlines import LONGEST_UNTIL_REVIEW_DAYS
from registry.admission.proposals import Faults
from registry.admission.workflow import APPROVE, OPINION, PROPOSE, REVIEW

OWN = _("Whoever applied does not decide on the application.")


class CaseFacts(Protocol):
    """What an admission and a one-off task have in common for the question who may act on them."""

    proposed_by_id: int
    applicant_id: int
    area_id: str
    townships: list[int]


class OpinionFacts(Protocol):
    @property
    def township_id(self) -> int: ...
    @property
    def stance(self) -> str: ...


def verdict(*, capability: str, case: CaseFacts, actor: Actor, keepers: Collection[int]) -> Verdict:
    """Whether the actor may make a move of this capability; `keepers` are the units of the county itself."""
    if capability == PROPOSE:
        return actor.may(PROPOSE, units=[case.applicant_id])
    if capability == OPINION:
        return actor.may(OPINION, units=case.townships)
    # The keeper of the list oversees no ground, only the list; the director oversees the area.
    may = actor.may(capability, place=case.area_id, units=keepers)
    if may and capability in (REVIEW, APPROVE) and case.proposed_by_id in actor.persons:
        return Denied(OWN)
    return may


def own_township(*, townships: Collection[int], actor: Actor) -> list[int]:
    """The townships among those concerned for which the actor signs."""
    seats = {seat.unit_id for seat in actor.seats if OPINION in seat.capabilities}
    return sorted(one for one in townships if one in seats)


def to_sign(*, opinions: Iterable[OpinionFacts], actor: Actor) -> Verdict:
    """Whether an opinion that the actor may sign is still open."""
    mine = own_township(townships=[one.township_id for one in opinions], actor=actor)
    if any(one.township_id in mine and not one.stance for one in opinions):
        return Allowed()
    return Denied(_("Your township has given its opinion already."))


def objecting(*, opinions: Iterable[OpinionFacts]) -> list[int]:
    """The townships that object."""
    return sorted(one.township_id for one in opinions if one.stance == Stance.OBJECTS)


def may_approve(*, reviewed_by: int | None, actor: Actor) -> Verdict:
    """Four eyes twice: neither the applicant nor the reviewer approves."""
    if reviewed_by in actor.persons:
        return Denied(_("Whoever reviewed the application does not approve it."))
    return Allowed()


def approval_faults(*, effective: date, review_on: date, outcome: str, grounds: str, today: date) -> Faults:
    """What an approval lacks: days in order, and grounds where an objection was not settled."""
    found: Faults = {}
    if effective < today:
        found["effective"] = [_("Nothing enters a list for the past.")]
    if not 0 < (review_on - effective).days <= LONGEST_UNTIL_REVIEW_DAYS:
        found["review_on"] = [_("After the day on which it takes effect, and within three years of it.")]
    if outcome == Outcome.APART and not grounds.strip():
        found["grounds"] = [_("A township still objects: say why the duty is admitted all the same.")]
    return found


# What the last opinion or the clock does by itself is offered to nobody.
BY_THE_CLOCK = Denied(_("This happens by itself."))
