"""Whose marks one may see: one's own, what was shared with one's unit, and what a director answers for."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from kernel.actors import Actor
from kernel.models import Event
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
        """Those on whose case somebody else did something since."""
        own = Concat(Value("user:"), OuterRef("user_id"), output_field=CharField())
        later = Event.objects.filter(case_id=OuterRef("petition_id"), seq__gt=OuterRef("seq")).exclude(actor_key=own)
        return self.filter(Exists(later))

    def visible_to(self, actor: Actor) -> Self:
        """One's own; whoever answers for time sees those on every case that he sees."""
        mine = Q(user_id=actor.user_id or 0)
        if not actor.holds(ANSWERS_FOR_TIME):
            return self.filter(mine)
        return self.filter(mine | Q(petition__in=Petition.objects.visible_to(actor).values("pk")))
