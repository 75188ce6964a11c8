"""Absences: entered by the person, by the head of the unit or by an administrator; ended early by the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Message, Missing
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.choices import AbsenceReason
from organizations.events import AbsenceEnded, AbsenceEntered, person
from organizations.models import Absence, Posting, User
from organizations.queries.absences import enter_verdict
from organizations.roles import OVER_NOTHING

LONGEST = timedelta(days=366)


@deed
def enter_absence(
    *,
    user_id: int,
    unit_id: int,
    stand_in_id: int,
    reason: str,
    begins_at: datetime,
    ends_at: datetime,
    actor: Actor,
    at: datetime,
) -> Absence:
    """Let somebody of the same unit sit in the seat of somebody who is away, for [begins_at, ends_at).

    What has begun already begins now: nobody gets a right for the past. Raises NotAllowed, Invalid by field, Conflict
    (away already, or a chain of stand-ins).
    """
    require(enter_verdict(actor=actor, user_id=user_id, unit_id=unit_id, stand_in_id=stand_in_id))
    assert actor.user_id is not None  # the verdict saw to it
    begins_at = max(begins_at, at)
    _check(reason, begins_at, ends_at)
    # The rows of both are the lock under which absences are compared; in one order, as the trigger takes them.
    people = User.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=(user_id, stand_in_id))
    working = {one.pk for one in people.order_by("pk") if one.is_active}
    _check_people(user_id, unit_id, stand_in_id, working, begins_at)
    _check_others(user_id, unit_id, stand_in_id, begins_at, ends_at)
    made = Absence(
        id=new_id(at=at),
        user_id=user_id,
        unit_id=unit_id,
        stand_in_id=stand_in_id,
        reason=reason,
        begins_at=begins_at,
        ends_at=ends_at,
        entered_by_id=actor.user_id,
        changed_at=at,
    )
    made.save(force_insert=True)
    happened = AbsenceEntered(**_identity(made), begins_at=instant(begins_at), ends_at=instant(made.ends_at))
    record(happened, actor=actor, at=at)
    return made


@deed
def end_absence(*, absence_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Absence:
    """Somebody is back: the stand-in's rights end now. One that has not begun is called off.

    Raises Missing, NotAllowed, Stale, Conflict where it is over.
    """
    found = Absence.objects.locked(absence_id, version=version)
    if not Absence.objects.visible_to(actor).filter(pk=found.pk).exists():
        raise Missing(_("This does not exist, or not for you."))
    if actor.user_id != found.stand_in_id:  # a burden may be laid down; it is taken up by others' word alone
        require(enter_verdict(actor=actor, user_id=found.user_id, unit_id=found.unit_id))
    if found.ends_at <= at:
        raise Conflict(_("This absence is over."), code="over")
    found.ends_at, found.changed_at = max(at, found.begins_at), at
    found.version += 1
    found.save(update_fields=["ends_at", "changed_at", "version"])
    record(AbsenceEnded(**_identity(found), ends_at=instant(found.ends_at)), actor=actor, at=at)
    return found


def _check(reason: str, begins_at: datetime, ends_at: datetime) -> None:
    fields: dict[str, list[Message]] = {}
    if reason not in AbsenceReason.values:
        fields["reason"] = [_("Not a choice.")]
    if ends_at <= begins_at:
        fields["ends_at"] = [_("The period ends before it begins.")]
    elif ends_at - begins_at > LONGEST:
        fields["ends_at"] = [_("Longer than a year is no absence: the posting ends.")]
    if fields:
        raise Invalid(_("This absence is not possible."), fields=fields)


def _check_people(user_id: int, unit_id: int, stand_in_id: int, working: set[int], begins_at: datetime) -> None:
    """Both work in the unit when it begins, and the one who is away holds a seat there that can be lent."""
    fields: dict[str, list[Message]] = {}
    posted = Posting.objects.in_force(begins_at).filter(unit_id=unit_id, unit__active=True)
    held = set(posted.filter(user_id__in=(user_id, stand_in_id)).values_list("user_id", "role"))
    if user_id == stand_in_id:
        fields["stand_in"] = [_("Nobody stands in for himself.")]
    elif stand_in_id not in working or not any(who == stand_in_id and role not in OVER_NOTHING for who, role in held):
        fields["stand_in"] = [_("Somebody who works for the same unit then.")]
    if user_id not in working or not any(who == user_id and role not in OVER_NOTHING for who, role in held):
        fields["person"] = [_("The person holds no seat in this unit that somebody else could sit in.")]
    if fields:
        raise Invalid(_("This absence is not possible."), fields=fields)


def _check_others(user_id: int, unit_id: int, stand_in_id: int, begins_at: datetime, ends_at: datetime) -> None:
    """In words what the database refuses anyway."""
    beside = Absence.objects.overlapping(begins_at=begins_at, ends_at=ends_at)
    if beside.filter(user_id=user_id, unit_id=unit_id).exists():
        raise Conflict(_("The person is away in part of that period already."), code="away_already")
    if beside.filter(user_id=stand_in_id).exists() or beside.filter(stand_in_id=user_id).exists():
        raise Conflict(
            _("Who is away stands in for nobody, and who stands in for somebody is not away in that period."),
            code="chain",
        )


def _identity(found: Absence) -> dict[str, Any]:
    return {
        "case_id": person(user_id=found.user_id),
        "subject_id": str(found.pk),
        "user_id": found.user_id,
        "stand_in": found.stand_in_id,
        "unit": found.unit_id,
    }
