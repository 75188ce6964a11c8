"""Scopes of the reference tables. What must be published by law is open to whoever may look at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet

if TYPE_CHECKING:
    from organizations.models.absence import Absence
    from organizations.models.team import Membership, Team

READERS = ("reference.view", "reference.edit")


class ReferenceQuerySet(models.QuerySet):
    """Reference data: all of it, or none for those without a seat."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows that the actor may see: the lists are public duty, so a seat that reads them reads them whole."""
        return self if any(actor.holds(name) for name in READERS) else self.none()


class AreaQuerySet(ReferenceQuerySet):
    """Areas by place."""

    def inside(self, prefix: str) -> Self:
        """Areas whose code begins with the prefix."""
        return self.filter(code__startswith=prefix)


class UnitQuerySet(ReferenceQuerySet):
    """Units by state."""

    def working(self) -> Self:
        """Units that exist at present."""
        return self.filter(active=True)


class EntryQuerySet(ReferenceQuerySet):
    """Entries of the responsibility list by day."""

    def in_force(self, on: date) -> Self:
        """Entries whose period [valid_from, valid_until) holds the day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)


class PostingQuerySet(models.QuerySet):
    """Postings by instant and by who may see them."""

    def in_force(self, at: datetime) -> Self:
        """Postings whose period [valid_from, valid_until) holds the instant."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=at), valid_from__lte=at)

    def visible_to(self, actor: Actor) -> Self:
        """All for whoever manages accounts; otherwise one's own and those of the units one works for."""
        if actor.holds("account.manage"):
            return self
        return self.filter(Q(user_id=actor.user_id or 0) | Q(unit_id__in=actor.unit_ids))


class AbsenceQuerySet(LockingQuerySet["Absence"]):
    """Absences by instant and by who may see them."""

    def in_force(self, at: datetime) -> Self:
        """Absences whose period [begins_at, ends_at) holds the instant."""
        return self.filter(begins_at__lte=at, ends_at__gt=at)

    def to_come(self, at: datetime) -> Self:
        """Absences that run or will run."""
        return self.filter(ends_at__gt=at)

    def overlapping(self, *, begins_at: datetime, ends_at: datetime) -> Self:
        """Absences that share an instant with [begins_at, ends_at)."""
        return self.filter(begins_at__lt=ends_at, ends_at__gt=begins_at)

    def visible_to(self, actor: Actor) -> Self:
        """All for whoever manages accounts; otherwise one's own, where one stands in, and those of one's units."""
        if actor.is_system or actor.holds("account.manage"):
            return self
        mine = Q(user_id=actor.user_id or 0) | Q(stand_in_id=actor.user_id or 0)
        return self.filter(mine | Q(unit_id__in=actor.unit_ids))


def _holding(on: date) -> Q:
    """The period [valid_from, valid_until) holds the day."""
    return Q(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)


def _sharing(start: date, end: date | None) -> Q:
    """The period shares a day with [start, end)."""
    before = Q() if end is None else Q(valid_from__lt=end)
    return Q(before, Q(valid_until__isnull=True) | Q(valid_until__gt=start))


class TeamQuerySet(LockingQuerySet["Team"]):
    """Enforcement teams by day and by who may see them."""

    def in_force(self, on: date) -> Self:
        """Teams that exist on the day."""
        return self.filter(_holding(on))

    def overlapping(self, *, start: date, end: date | None) -> Self:
        """Teams that exist on a day of [start, end)."""
        return self.filter(_sharing(start, end))

    def visible_to(self, actor: Actor) -> Self:
        """All for whoever keeps the reference; otherwise those of one's area or unit, and with people of one's unit."""
        if actor.is_system or actor.holds("reference.edit"):
            return self
        reach = Q(pk__in=[])
        for seat in actor.seats:
            if "team.view" not in seat.capabilities:
                continue
            if seat.territory:
                reach |= Q(township__area__code__startswith=seat.territory)
            if seat.unit_id is not None:
                reach |= Q(township_id=seat.unit_id)
                # A subquery: a row per member would repeat the team.
                reach |= Q(pk__in=self.model._default_manager.filter(members__home_id=seat.unit_id).values("pk"))
        return self.filter(reach)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is posted down, by day."""

    def in_force(self, on: date) -> Self:
        """Those who are posted down on the day."""
        return self.filter(_holding(on))

    def overlapping(self, *, start: date, end: date | None) -> Self:
        """Those who are posted down on a day of [start, end)."""
        return self.filter(_sharing(start, end))
