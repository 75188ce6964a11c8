"""Who sees what of the registry: the lists are public duty, drafts and hand-overs are for those who work on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from registry.choices import ItemStatus

if TYPE_CHECKING:
    from registry.models.draft import Draft
    from registry.models.hand_over import HandOver
    from registry.models.item import Item

READERS = ("reference.view", "reference.edit")
# Whoever signs for a house when a matter changes hands, and who is at its head or above it.
SIGNERS = frozenset({"registry.sign", "assessment.view"})
KEEPERS = ("registry.review", "registry.approve")


def reads_lists(actor: Actor) -> bool:
    """The lists must be published: a seat that reads reference data reads them whole."""
    return any(actor.holds(name) for name in READERS)


def keeps_lists(actor: Actor) -> bool:
    """Whoever reviews or approves sees every draft."""
    return any(actor.holds(name) for name in KEEPERS)


def holding(on: date) -> Q:
    """Rows whose period [valid_from, valid_until) holds the day."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


class ItemQuerySet(LockingQuerySet["Item"]):
    """Items by scope and by day."""

    def visible_to(self, actor: Actor) -> ItemQuerySet:
        """All, or none for those without a seat."""
        return self if reads_lists(actor) else self.none()

    def in_force(self, on: date) -> Self:
        """Items with a version that holds the day."""
        versions = self.model._meta.get_field("versions").related_model._default_manager
        return self.filter(Exists(versions.filter(holding(on), item=OuterRef("pk"))))

    def with_status(self, on: date) -> Self:
        """Annotated `status_then`: an ItemStatus for the day."""
        versions = self.model._meta.get_field("versions").related_model._default_manager.filter(item=OuterRef("pk"))
        return self.annotate(
            status_then=Case(
                When(Exists(versions.filter(holding(on))), then=Value(ItemStatus.IN_FORCE.value)),
                When(Exists(versions.filter(valid_from__gt=on)), then=Value(ItemStatus.COMING.value)),
                default=Value(ItemStatus.WITHDRAWN.value),
                output_field=models.CharField(),
            )
        )


class VersionQuerySet(models.QuerySet):
    """Versions by scope and by day."""

    def visible_to(self, actor: Actor) -> Self:
        """As the items."""
        return self if reads_lists(actor) else self.none()

    def in_force(self, on: date) -> Self:
        """Versions whose period holds the day."""
        return self.filter(holding(on))


class DraftQuerySet(LockingQuerySet["Draft"]):
    """Drafts by scope."""

    def visible_to(self, actor: Actor) -> DraftQuerySet:
        """All for those who review or approve, otherwise one's own."""
        if keeps_lists(actor):
            return self
        if actor.user_id is None or not actor.holds("registry.propose"):
            return self.none()
        return self.filter(proposed_by_id=actor.user_id)


class HandOverQuerySet(LockingQuerySet["HandOver"]):
    """Hand-overs by scope."""

    def visible_to(self, actor: Actor) -> HandOverQuerySet:
        """All for those who keep the lists, otherwise those of the units one signs for or heads, and one's own."""
        if keeps_lists(actor):
            return self
        units = {seat.unit_id for seat in actor.seats if SIGNERS & seat.capabilities}
        return self.filter(Q(from_unit_id__in=units) | Q(to_unit_id__in=units) | Q(proposed_by_id=actor.user_id or 0))
