"""Assigning officials to communities and grids, and ending it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from liaisons.choices import EndedBy
from liaisons.deadlines import EARLIEST
from liaisons.events import AssignmentEnded, OfficialAssigned
from liaisons.models import Assignment
from liaisons.queries.places import Place, place_of
from liaisons.queries.posts import held_postings, in_force, works_until
from liaisons.queries.rights import manage_verdict
from liaisons.services.keeping import arm, day, tell_of
from liaisons.tellings import ASSIGNED, ENDED
from organizations.models import Posting, User


@deed
def assign(
    *,
    place: str,
    user_id: int,
    valid_from: date,
    reason: str,
    actor: Actor,
    at: datetime,
    valid_until: date | None = None,
) -> Assignment:
    """Assign an official to a community (12 digits) or a grid (15 digits) from a day on, until another or for good.

    It ends with the posting at the latest. Raises NotAllowed, Invalid by field, Conflict where somebody assigned the
    same person meanwhile.
    """
    where = _place(place)
    require(manage_verdict(actor=actor, place=where.code))
    _check_person(user_id, actor)
    postings = held_postings(user_id=user_id, lock=True)
    posting = _posting(postings, valid_from=valid_from, at=at)
    until = _until(works_until(postings, unit_id=posting.unit_id), valid_until)
    _check_period(valid_from, until)
    made = Assignment(
        id=new_id(at=at),
        user_id=user_id,
        unit_id=posting.unit_id,
        area=where.area,
        cell=where.cell,
        place=where.code,
        valid_from=valid_from,
        valid_until=until,
        reason=reason.strip(),
        assigned_by_id=actor.user_id,
        assigned_at=at,
        changed_at=at,
    )
    _check_free(made)
    made.save(force_insert=True)
    record(assigned(made), actor=actor, at=at)
    arm(made, at=at)
    tell_of(made, kind=ASSIGNED.code, at=at)
    return made


@deed
def end(
    *, assignment_id: Any, on: date, reason: str, actor: Actor, at: datetime, version: int | None = None
) -> Assignment:
    """End an assignment: `on` is the first day without it. Raises Missing, NotAllowed, Stale, Invalid, Conflict."""
    held: Assignment = Assignment.objects.locked(assignment_id, version=version)
    require(manage_verdict(actor=actor, place=held.place))
    if held.valid_until is not None and held.valid_until <= on:
        raise Conflict(_("The assignment has ended by that day already."))
    if on < held.valid_from:
        raise Invalid.field("on", _("Not before the day on which it begins."))
    if not reason.strip():
        raise Invalid.field("reason", _("Required."))
    if any(timezone.localtime(one).date() >= on for one in held.visits.values_list("visited_at", flat=True)):
        raise Invalid.field("on", _("A visit was written down on that day or after it."))
    held.ended_by_id, held.end_reason = actor.user_id, reason.strip()
    close(held, on=on, because=EndedBy.DEED, actor=actor, at=at)
    return held


def close(held: Assignment, *, on: date, because: str, actor: Actor, at: datetime) -> None:
    """Write the end of a locked assignment, record it, and tell those whom it concerns."""
    held.valid_until, held.ended_because = on, because
    held.version += 1
    held.changed_at = at
    held.save()
    happened = AssignmentEnded(
        case_id=held.pk,
        subject_id=str(held.pk),
        user_id=held.user_id,
        place=held.place,
        valid_until=day(on),
        because=because,
    )
    record(happened, actor=actor, at=at)
    arm(held, at=at)
    tell_of(held, kind=ENDED.code, at=at, but=actor.user_id)


def assigned(made: Assignment) -> OfficialAssigned:
    """Who looks after what from when on, as the log tells it."""
    return OfficialAssigned(
        case_id=made.pk,
        subject_id=str(made.pk),
        user_id=made.user_id,
        unit=made.unit_id,
        place=made.place,
        valid_from=day(made.valid_from),
        valid_until=day(made.valid_until),
    )


def _check_person(user_id: int, actor: Actor) -> None:
    """Somebody else, who exists. The row of the person is the lock under which his periods are compared."""
    if user_id in actor.persons:
        raise Invalid.field("person", _("Nobody assigns himself: somebody else signs for it."))
    if not User.objects.select_for_update().filter(pk=user_id, is_active=True).exists():
        raise Invalid.field("person", _("There is no such person."))


def _place(code: str) -> Place:
    found = place_of(code=code)
    if found is None:
        raise Invalid.field("place", _("There is no such community or grid."))
    return found


def _posting(postings: list[Posting], *, valid_from: date, at: datetime) -> Posting:
    """The posting that makes somebody an official on the first day, or now where that day is past."""
    begins = max(at, timezone.make_aware(datetime.combine(valid_from, time.min)))
    if found := in_force(postings, at=begins):
        return found[0]
    raise Invalid.field("person", _("The person holds no posting of a unit then."))


def _until(work_ends: date | None, asked: date | None) -> date | None:
    """The earlier of the two, either of which may be open."""
    return min((one for one in (work_ends, asked) if one is not None), default=None)


def _check_period(start: date, until: date | None) -> None:
    if start < EARLIEST:
        raise Invalid.field("valid_from", _("Not before the year 2000."))
    if until is not None and until <= start:
        raise Invalid.field("valid_until", _("After the first day."))


def _check_free(made: Assignment) -> None:
    if not made.reason:
        raise Invalid.field("reason", _("Required."))
    same = Assignment.objects.filter(user_id=made.user_id, place=made.place).lasting(made.valid_from)
    if made.valid_until is not None:
        same = same.filter(valid_from__lt=made.valid_until)
    if same.exists():
        raise Invalid.field("person", _("The official is assigned to this place in that period already."))
