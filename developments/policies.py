"""Pure decisions about development petitions: the company asks, the centre takes up, each unit does its own step."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict
from organizations.choices import Role

FILE, VIEW, ACCEPT, RULE = "development.file", "development.view", "development.accept", "development.rule"
ANSWER, GREEN, KEEP = "development.answer", "development.green", "development.keep"
BY_CENTER = frozenset({ACCEPT, RULE, GREEN})


class DevelopmentFacts(Protocol):
    center_id: int

    @property
    def company_unit_id(self) -> int: ...


class StepFacts(Protocol):
    unit_id: int
    bound: bool


def companies_of(*, actor: Actor) -> frozenset[int]:
    """The units of the companies whose contact the actor is: their seats open no unit, and are asked only here."""
    homes = (seat.home for seat in actor.seats if seat.role == Role.ENTERPRISE and FILE in seat.capabilities)
    return frozenset(home for home in homes if home is not None)


def is_company(*, development: DevelopmentFacts, actor: Actor) -> bool:
    """Whether the actor is a contact of the company whose case this is."""
    return development.company_unit_id in companies_of(actor=actor)


def verdict(*, capability: str, development: DevelopmentFacts, actor: Actor) -> Verdict:
    """Whether the actor may make a move on a case."""
    if actor.is_system:
        return Allowed()
    if capability == FILE:
        return (
            Allowed() if is_company(development=development, actor=actor) else Denied(_("Only the company does this."))
        )
    said = actor.may(capability, units=[development.center_id])
    if not said and actor.holds(capability):
        return Denied(_("Another centre does this."))
    return said


def step_verdict(
    *, capability: str, move: str, step: StepFacts, development: DevelopmentFacts, actor: Actor
) -> Verdict:
    """Whether the actor may make a move on a step: its unit, or the centre that rules on it."""
    if capability != ANSWER:
        return verdict(capability=capability, development=development, actor=actor)
    if move == "refuse" and step.bound:
        return Denied(_("The centre has ruled that the step is done; it cannot be refused again."))
    said = actor.may(ANSWER, units=[step.unit_id])
    if not said and actor.holds(ANSWER):
        return Denied(_("Another unit does this step."))
    return said


def home_of(*, actor: Actor) -> int | None:
    """The company for which the actor files: the first one, None for nobody's contact."""
    return min(companies_of(actor=actor), default=None)
