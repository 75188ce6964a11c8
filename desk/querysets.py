"""Whose marks one may see: one's own, what was shared with one's unit, and what a director answers for."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat

from dispatch.choices import OrderState
from dispatch.models import WorkOrder
from kernel.actors import Actor
from kernel.models import Event
from organizations.models import Posting
from petitions.models import Petition

ANSWERS_FOR_TIME = "order.grant_time"


class OwnQuerySet(models.QuerySet[Any]):
    """Marks that nobody sees but who made them."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(user_id=actor.user_id or 0)


class ReadingQuerySet(OwnQuerySet):
    """What somebody opened."""


class FilterQuerySet(models.QuerySet[Any]):
    """Saved filters by who may use them."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those shared with a unit that one works for."""
        return self.filter(Q(user_id=actor.user_id or 0) | Q(unit_id__in=actor.unit_ids))


class SnoozeQuerySet(models.QuerySet[Any]):
    """Cases put aside."""

    def running(self) -> Self:
        """Those that are not back."""
        return self.filter(ended_at__isnull=True)

    def disturbed(self) -> Self:
        """Those on whose case somebody else did something since, and those that one's own deed made due sooner."""
        own = Concat(Value("user:"), OuterRef("user_id"), output_field=CharField())
        later = Event.objects.filter(case_id=OuterRef("petition_id"), seq__gt=OuterRef("seq")).exclude(actor_key=own)
        return self.filter(Exists(later) | Q(petition__stage_due_at__lt=F("until")) | Exists(_due_sooner()))

    def visible_to(self, actor: Actor) -> Self:
        """One's own on the cases that one still sees; whoever answers for time sees those of everybody on them."""
        seen = self.filter(Exists(Petition.objects.visible_to(actor).filter(pk=OuterRef("petition_id"))))
        return seen if actor.holds(ANSWERS_FOR_TIME) else seen.filter(user_id=actor.user_id or 0)


def _due_sooner() -> models.QuerySet[WorkOrder]:
    """The order of a unit that the person works for, where its own clock ends before the case would be back."""
    units = Posting.objects.filter(user_id=OuterRef(OuterRef("user_id"))).values("unit_id")
    until = OuterRef("until")
    waits = Q(state=OrderState.ASSIGNED, sign_due_at__lt=until) | Q(state=OrderState.SIGNED, handle_due_at__lt=until)
    return WorkOrder.objects.filter(waits, petition_id=OuterRef("petition_id"), unit_id__in=units)
