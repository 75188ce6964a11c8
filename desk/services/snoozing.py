"""Putting a case aside and taking it back: on one's own desk alone, and never beyond a deadline."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from desk.choices import Returned, SnoozeReason
from desk.events import CameBack, Snoozed
from desk.models import Snooze
from desk.models.snooze import LONGEST_NOTE
from desk.queries.snoozed import latest_return
from desk.querysets import SnoozeQuerySet
from desk.tellings import BACK
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, DomainError, Invalid, Message, Missing, NotAllowed, WrongState
from kernel.events import instant, record, record_many
from kernel.ids import new_id
from kernel.models import Chain
from notices.services.telling import Telling, tell_many
from organizations.events import person
from petitions.choices import OPEN_STATES
from petitions.models import Petition

TIMER = "desk.snooze"
AT_ONCE = 300
log = logging.getLogger(__name__)


@deed
def snooze(
    *,
    case_id: UUID,
    until: datetime | None,
    reason: str,
    note: str = "",
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Snooze:
    """Put a case aside until a moment; without one until somebody does something on it, at the latest when it is due.

    Raises Missing, NotAllowed (without an office), WrongState (nothing open), Conflict (due already, or aside already),
    Invalid (moment, reason, remark), Stale (over an older version of the case: what is new on it was not seen).
    """
    if actor.user_id is None or not actor.unit_ids:
        raise NotAllowed(_("Only who works for a unit has a desk to put a case aside from."))
    if not Petition.objects.visible_to(actor).filter(pk=case_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    petition = Petition.objects.locked(case_id, version=version)
    if petition.state not in OPEN_STATES:
        raise WrongState(_("Nothing of this case waits any more."))
    latest = latest_return(petition=petition, actor=actor)
    if latest <= at:
        raise Conflict(_("This case is due already: it stays on the desk."), code="due_already")
    _check(until=until, latest=latest, reason=reason, note=note.strip(), at=at)
    if Snooze.objects.running().filter(user_id=actor.user_id, petition=petition).exists():
        raise Conflict(_("You have put this case aside already."), code="aside_already")
    return _put_aside(petition, until, latest, reason, note, actor, at)


def _check(*, until: datetime | None, latest: datetime, reason: str, note: str, at: datetime) -> None:
    fields: dict[str, list[Message]] = {}
    if until is not None and until <= at:
        fields["until"] = [_("This moment is past.")]
    if until is not None and until > latest:
        fields["until"] = [_("The case is due before that: it must be back by then.")]
    if reason not in SnoozeReason.values:
        fields["reason"] = [_("Not a choice.")]
    if len(note) > LONGEST_NOTE:
        fields["note"] = [_("Too long.")]
    if fields:
        raise Invalid(_("The case cannot be put aside like this."), fields=fields)


def _put_aside(
    petition: Petition,
    until: datetime | None,
    latest: datetime,
    reason: str,
    note: str,
    actor: Actor,
    at: datetime,
) -> Snooze:
    assert actor.user_id is not None  # snooze() saw to it
    chain = Chain.objects.filter(case_id=petition.pk).first()
    made = Snooze(
        id=new_id(at=at),
        user_id=actor.user_id,
        petition=petition,
        until=until or latest,
        named=until is not None,
        reason=reason,
        seq=chain.seq if chain else 0,
        begun_at=at,
    )
    made.note = note.strip()
    made.save(force_insert=True)
    own = person(user_id=actor.user_id)
    timers.start(kind=TIMER, case_id=own, subject_id=str(made.pk), due_at=made.until, at=at)
    happened = Snoozed(
        case_id=own, subject_id=str(made.pk), petition=str(petition.pk), until=instant(made.until), reason=reason
    )
    record(happened, actor=actor, at=at)
    return made


@deed
def wake(*, case_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a case back onto one's own desk. Raises Missing where one has not put it aside."""
    mine = Snooze.objects.running().filter(user_id=actor.user_id or 0, petition_id=case_id)
    found = mine.select_for_update(of=("self",)).first()
    if found is None:
        raise Missing(_("You have not put this case aside."))
    _end([found], Returned.TAKEN, actor, at)


@deed
def wake_due(*, ids: Iterable[str], at: datetime) -> None:
    """Bring back what is due, and tell whose desk it comes to; what is back already stays as it is.

    Whatever somebody holds is waited for: its clock has run out and will not run out again.
    """
    due = Snooze.objects.running().filter(pk__in=list(ids), until__lte=at)
    _bring_back(list(_with_numbers(due).select_for_update(of=("self",))), Returned.TIME, at)


def wake_disturbed(*, at: datetime) -> int:
    """Bring back the cases on which somebody else did something since; returns how many.

    Some hundreds in a deed. One that somebody holds just now comes the next time, and stops no other.
    """
    ids = list(Snooze.objects.running().disturbed().order_by("pk").values_list("pk", flat=True))
    return sum(_tried(ids[first : first + AT_ONCE], at) for first in range(0, len(ids), AT_ONCE))


def _tried(ids: Sequence[UUID], at: datetime) -> int:
    try:
        return _wake_some(ids=ids, at=at)
    except DomainError:
        if len(ids) > 1:  # taken apart, so that one stops only itself
            return sum(_tried([one], at) for one in ids)
        log.warning("the snooze %s was not ended", ids[0], exc_info=True)
        return 0


@deed
def _wake_some(*, ids: Sequence[UUID], at: datetime) -> int:
    timers.hold(subject_ids=[str(one) for one in ids])  # as firing does: clocks before what they run for
    running = _with_numbers(Snooze.objects.running().filter(pk__in=ids))
    found = list(running.select_for_update(of=("self",), skip_locked=True))
    _bring_back(found, Returned.CHANGED, at)
    return len(found)


def _with_numbers(rows: SnoozeQuerySet) -> SnoozeQuerySet:
    """In the order of their keys, with the numbers of their cases."""
    wanted = ("user_id", "petition_id", "begun_at", "petition__number")
    return rows.select_related("petition").only(*wanted).order_by("pk")


def _bring_back(found: Sequence[Snooze], why: Returned, at: datetime) -> None:
    _end(found, why, SYSTEM, at)
    tellings = [
        Telling(
            kind=BACK.code,
            people=[one.user_id],
            subject=str(one.petition_id),
            facts={"number": one.petition.number, "why": why.value},
            once=str(one.pk),
        )
        for one in found
    ]
    tell_many(tellings, at=at)


def _end(found: Sequence[Snooze], why: Returned, actor: Actor, at: datetime) -> None:
    """Some statements, however many they are."""
    if not found:
        return
    ended = Snooze.objects.filter(pk__in=[one.pk for one in found])
    # The remark has served; it may name somebody.
    ended.update(ended_at=Greatest(Value(at, DateTimeField()), F("begun_at")), ended_by=why, sealed=b"")
    timers.cancel(subject_id=[str(one.pk) for one in found], at=at)
    happened = [
        CameBack(
            case_id=person(user_id=one.user_id), subject_id=str(one.pk), petition=str(one.petition_id), why=why.value
        )
        for one in found
    ]
    record_many(happened, actor=actor, at=at)
