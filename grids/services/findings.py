"""What people do about findings: assign, take back, accept with a reason, comment. Closing is left to the audit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from grids.choices import WAITING
from grids.events import FindingAccepted, FindingAssigned, FindingCommented, FindingWithdrawn
from grids.models import Finding, FindingNote
from grids.policies import ACCEPT, ASSIGN, VIEW, finding_verdict
from grids.queries.findings import units_around
from grids.tellings import ASSIGNED, OVERDUE
from grids.workflow import FINDINGS
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Missing, NotAllowed
from kernel.events import record
from kernel.permissions import require
from notices.services.telling import tell
from organizations.queries.people import people_who_may

CLOCK = "grids.finding_due"
MORNING = time(9)


@deed
def assign(
    *,
    finding_id: Any,
    unit_id: int,
    due_on: date,
    person_id: int | None = None,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Finding:
    """Have a unit, or somebody in it, put it right by a day, which may also be today.

    Raises Missing, Stale, NotAllowed, Invalid by field.
    """
    held = _locked(finding_id, actor=actor, version=version)
    require(finding_verdict(capability=ASSIGN, finding=held, actor=actor))
    _check(held, unit_id, person_id, due_on, at=at)
    FINDINGS.advance(held, "assign", given={"unit": unit_id, "due_on": due_on})
    held.unit_id, held.person_id, held.due_on, held.reason = unit_id, person_id, due_on, ""
    _save(held, at=at)
    happened = FindingAssigned(
        case_id=held.pk, subject_id=str(held.pk), unit=unit_id, person=person_id or 0, due_on=due_on.isoformat()
    )
    record(happened, actor=actor, at=at)
    timers.cancel(subject_id=str(held.pk), at=at)
    due_at = timezone.make_aware(datetime.combine(due_on, MORNING)) + timedelta(days=1)
    timers.start(kind=CLOCK, case_id=held.pk, subject_id=str(held.pk), due_at=due_at, at=at)
    _tell(held, kind=ASSIGNED.code, at=at)
    return held


@deed
def withdraw(*, finding_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Finding:
    """Take an assignment or an acceptance back: the finding is open again. Raises Missing, Stale, NotAllowed."""
    held = _locked(finding_id, actor=actor, version=version)
    require(finding_verdict(capability=ASSIGN, finding=held, actor=actor))
    FINDINGS.advance(held, "withdraw")
    _free(held, at=at)
    _save(held, at=at)
    record(FindingWithdrawn(case_id=held.pk, subject_id=str(held.pk)), actor=actor, at=at)
    return held


@deed
def accept(*, finding_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> Finding:
    """Let it be as it is, for a reason that stays with it. Raises Missing, Stale, NotAllowed, Invalid."""
    held = _locked(finding_id, actor=actor, version=version)
    require(finding_verdict(capability=ACCEPT, finding=held, actor=actor))
    FINDINGS.advance(held, "accept", given={"reason": reason.strip()})
    _free(held, at=at)
    held.reason = reason.strip()
    _save(held, at=at)
    record(FindingAccepted(case_id=held.pk, subject_id=str(held.pk)), actor=actor, at=at)
    return held


@deed
def comment(*, finding_id: Any, text: str, actor: Actor, at: datetime) -> FindingNote:
    """Say something about it. Raises Missing, NotAllowed, Invalid."""
    held = _locked(finding_id, actor=actor, version=None)
    if actor.user_id is None or not actor.holds(VIEW):
        raise NotAllowed(_("Your role does not include this."))
    if not text.strip():
        raise Invalid.field("text", _("Required."))
    note = FindingNote.objects.create(finding=held, by_id=actor.user_id, at=at, text=text.strip())
    record(FindingCommented(case_id=held.pk, subject_id=str(held.pk)), actor=actor, at=at)
    return note


@deed
def remind(*, finding_ids: Iterable[UUID], at: datetime) -> None:
    """Say that the day has passed, where it is still so."""
    rows = Finding.objects.select_for_update(of=("self",)).filter(pk__in=finding_ids, state__in=WAITING)
    for held in rows.filter(due_on__lt=timezone.localtime(at).date()).order_by("pk"):
        _tell(held, kind=OVERDUE.code, at=at)


def _locked(finding_id: Any, *, actor: Actor, version: int | None) -> Finding:
    if not Finding.objects.visible_to(actor).filter(pk=finding_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    held: Finding = Finding.objects.locked(finding_id, version=version)
    return held


def _check(held: Finding, unit_id: int, person_id: int | None, due_on: date, *, at: datetime) -> None:
    if not units_around(held.place).filter(pk=unit_id).exists():
        raise Invalid.field("unit", _("This unit does not stand around the place."))
    if person_id is not None and person_id not in people_who_may(capability=VIEW, unit_ids=[unit_id], at=at):
        raise Invalid.field("person", _("This person does not work for the unit, or may not see findings."))
    if due_on < timezone.localtime(at).date():
        raise Invalid.field("due_on", _("This day has passed."))


def _free(held: Finding, *, at: datetime) -> None:
    held.unit_id = held.person_id = held.due_on = None
    held.reason = ""
    timers.cancel(subject_id=str(held.pk), at=at)


def _save(held: Finding, *, at: datetime) -> None:
    held.version += 1
    held.changed_at = at
    held.save()


def _tell(held: Finding, *, kind: str, at: datetime) -> None:
    """The person, or where none is named those of the unit who deal with findings."""
    if held.unit_id is None or held.due_on is None:
        return
    people = [held.person_id] if held.person_id else people_who_may(capability=VIEW, unit_ids=[held.unit_id], at=at)
    facts = {"kind": held.kind, "place": held.place, "until": held.due_on.isoformat()}
    tell(kind=kind, people=people, subject=str(held.pk), facts=facts, once=f"{held.pk}:{held.version}", at=at)
