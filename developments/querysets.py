"""Who sees which development petitions: the company its own, a unit those with a step of its own, the centre all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from developments.choices import FINAL_STATES, OPEN_STATES, OPEN_STEPS, WITH_UNIT, PaperState, State, StepState
from developments.policies import VIEW, companies_of
from kernel.actors import Actor
from kernel.querysets import LockingQuerySet

if TYPE_CHECKING:
    from developments.models.development import Development
    from developments.models.enterprise import Enterprise
    from developments.models.paper import Paper
    from developments.models.step import Step


class EnterpriseQuerySet(LockingQuerySet["Enterprise"]):
    def visible_to(self, actor: Actor) -> EnterpriseQuerySet:
        """One's own company; whoever takes cases up or keeps the register sees every one."""
        if actor.is_system or any(actor.holds(one) for one in ("development.accept", "development.keep")):
            return self
        return self.filter(unit_id__in=companies_of(actor=actor))


class DevelopmentQuerySet(LockingQuerySet["Development"]):
    def visible_to(self, actor: Actor) -> DevelopmentQuerySet:
        """Those of one's company, with a step of one's unit, and those in the territory that one oversees."""
        if actor.is_system:
            return self
        reach = Q(enterprise__unit_id__in=companies_of(actor=actor))
        for seat in actor.seats:
            if VIEW not in seat.capabilities:
                continue
            if seat.territory:
                reach |= Q(place__startswith=seat.territory)
            if seat.unit_id is not None:
                reach |= Q(involved__contains=[seat.unit_id])
        return self.filter(reach)

    def of_company(self, actor: Actor) -> DevelopmentQuerySet:
        """Those of the actor's company alone, whatever else the actor is."""
        return self.filter(enterprise__unit_id__in=companies_of(actor=actor))

    def open(self) -> DevelopmentQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def ended(self) -> DevelopmentQuerySet:
        return self.filter(state__in=FINAL_STATES)

    def to_accept(self, actor: Actor) -> DevelopmentQuerySet:
        """Those before the actor's centre."""
        return self.filter(state=State.FILED, center_id__in=actor.unit_ids)

    def to_rule(self, actor: Actor) -> DevelopmentQuerySet:
        """Those of the actor's centre with a step that is refused or on hold."""
        held = self._steps(state__in=(StepState.REFUSED, StepState.HELD))
        return self.filter(held, state=State.RUNNING, center_id__in=actor.unit_ids)

    def mine(self, actor: Actor) -> DevelopmentQuerySet:
        """Those in which the actor's units have a step to do now."""
        return self.filter(self._steps(state__in=WITH_UNIT, unit_id__in=actor.unit_ids), state=State.RUNNING)

    def late(self, *, at: object) -> DevelopmentQuerySet:
        """Open, and past their own time or with a step that is."""
        return self.open().filter(Q(stage_due_at__lt=at) | self._steps(state__in=WITH_UNIT, stage_due_at__lt=at))

    def owing(self) -> DevelopmentQuerySet:
        """Running, with a paper that the company owes."""
        from_paper = self.model._meta.get_field("papers").related_model
        owed = from_paper._default_manager.filter(development=OuterRef("pk"), state=PaperState.MISSING)
        return self.filter(Exists(owed), state=State.RUNNING)

    def _steps(self, **wanted: object) -> Exists:
        steps = self.model._meta.get_field("steps").related_model
        return Exists(steps._default_manager.filter(development=OuterRef("pk"), **wanted))


class StepQuerySet(LockingQuerySet["Step"]):
    def visible_to(self, actor: Actor) -> StepQuerySet:
        """The steps of one's own units."""
        return self if actor.is_system else self.filter(unit_id__in=actor.unit_ids)

    def open(self) -> StepQuerySet:
        return self.filter(state__in=OPEN_STEPS)


class PaperQuerySet(LockingQuerySet["Paper"]):
    """Papers are reached through their case alone."""
