"""Questions about absences: who may enter one, and for whom somebody sits at present."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict
from organizations.choices import Role
from organizations.models import Absence, Posting, User
from organizations.roles import OVER_NOTHING

HEADS = frozenset({Role.TOWNSHIP_HEAD, Role.DEPARTMENT_HEAD, Role.CENTER_DIRECTOR})


def units_headed(*, actor: Actor) -> frozenset[int]:
    """The units that the person heads in the own name: a stand-in names no further ones."""
    own = [seat for seat in actor.seats if seat.stands_for is None and seat.role in HEADS]
    return frozenset(seat.unit_id for seat in own if seat.unit_id is not None)


def enter_verdict(*, actor: Actor, user_id: int, unit_id: int, stand_in_id: int | None = None) -> Verdict:
    """Whether the actor may enter or end an absence: the person, the head of the unit, or who manages accounts.

    Nobody names himself as the stand-in of somebody else: that would be taking a right and not lending one.
    """
    if actor.user_id is None:
        return Denied(_("Your role does not include this."))
    if stand_in_id is not None and stand_in_id == actor.user_id != user_id:
        return Denied(_("Nobody names himself as the stand-in of somebody else."))
    if actor.user_id == user_id or unit_id in units_headed(actor=actor) or actor.holds("account.manage"):
        return Allowed()
    return Denied(_("An absence is entered by the person, by the head of the unit or by an administrator."))


def standing_in(*, user_id: int | None, at: datetime) -> QuerySet[Absence]:
    """The absences in which the person stands in at an instant, with whose and until when."""
    found: QuerySet[Absence] = Absence.objects.in_force(at).filter(stand_in_id=user_id or 0)
    return found.select_related("user", "unit").order_by("ends_at", "pk")


def colleagues(*, actor: Actor, at: datetime, unit_id: int | None = None) -> list[tuple[int, int, str, str]]:
    """Whom the person may name: (user, unit, name, unit's name) of everybody in the own units, in one query.

    Whoever manages accounts may ask for another unit instead.
    """
    units = {seat.home for seat in actor.seats if seat.home is not None}
    if unit_id is not None and actor.holds("account.manage"):
        units = {unit_id}
    rows = Posting.objects.in_force(at).filter(user__is_active=True, unit__active=True, unit_id__in=units)
    people = rows.exclude(role__in=OVER_NOTHING).select_related("user", "unit")
    found = people.order_by("unit__code", "user_id").distinct("unit__code", "user_id")
    return [(one.user_id, one.unit_id, str(one.user), str(one.unit)) for one in found]


def names_of(*, user_ids: frozenset[int]) -> dict[int, str]:
    """Names shown of some people. One query, none for nobody."""
    return {one.pk: str(one) for one in User.objects.filter(pk__in=user_ids)} if user_ids else {}
