"""Putting a case aside and taking it back: on one's own desk alone, and never beyond a deadline."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from desk.choices import Returned, SnoozeReason
from desk.events import CameBack, Snoozed
from desk.models import Snooze
from desk.queries.snoozed import latest_return
from desk.tellings import BACK
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, DomainError, Invalid, Message, Missing, NotAllowed, WrongState
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.models import Chain
from notices.services.telling import tell
from organizations.events import person
from petitions.choices import OPEN_STATES
from petitions.models import Petition

TIMER = "desk.snooze"
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
    Invalid (moment, reason), Stale (over an older version of the case: what is new on it was not seen).
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
    _check(until=until, latest=latest, reason=reason, at=at)
    if Snooze.objects.running().filter(user_id=actor.user_id, petition=petition).exists():
        raise Conflict(_("You have put this case aside already."), code="aside_already")
    return _put_aside(petition, until, latest, reason, note, actor, at)


def _check(*, until: datetime | None, latest: datetime, reason: str, at: datetime) -> None:
    fields: dict[str, list[Message]] = {}
    if until is not None and until <= at:
        fields["until"] = [_("This moment is past.")]
    if until is not None and until > latest:
        fields["until"] = [_("The case is due before that: it must be back by then.")]
    if reason not in SnoozeReason.values:
        fields["reason"] = [_("Not a choice.")]
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
        note=note.strip(),
        seq=chain.seq if chain else 0,
        begun_at=at,
    )
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
    _end(found, Returned.TAKEN, actor, at)


@deed
def wake_due(*, ids: Iterable[str], at: datetime) -> None:
    """Bring back what is due, and tell whose desk it comes to; what is back already stays as it is."""
    due = Snooze.objects.running().filter(pk__in=list(ids), until__lte=at)
    for found in due.select_for_update(of=("self",)).order_by("pk"):
        _bring_back(found, Returned.TIME, at)


def wake_disturbed(*, at: datetime) -> int:
    """Bring back the cases on which somebody else did something since; returns how many.

    Each in a deed of its own: one that somebody holds just now comes the next time, and stops no other.
    """
    ids = list(Snooze.objects.running().disturbed().order_by("pk").values_list("pk", flat=True))
    return sum(_tried(one, at) for one in ids)


def _tried(snooze_id: UUID, at: datetime) -> bool:
    try:
        return _wake_one(snooze_id=snooze_id, at=at)
    except DomainError:
        log.warning("the snooze %s was not ended", snooze_id, exc_info=True)
        return False


@deed
def _wake_one(*, snooze_id: UUID, at: datetime) -> bool:
    found = Snooze.objects.running().filter(pk=snooze_id).select_for_update(of=("self",)).first()
    if found is not None:
        _bring_back(found, Returned.CHANGED, at)
    return found is not None


def _bring_back(found: Snooze, why: Returned, at: datetime) -> None:
    _end(found, why, SYSTEM, at)
    tell(
        kind=BACK.code,
        people=[found.user_id],
        subject=str(found.petition_id),
        facts={"number": found.petition.number, "why": why.value},
        once=str(found.pk),
        at=at,
    )


def _end(found: Snooze, why: Returned, actor: Actor, at: datetime) -> None:
    # The remark has served; it may name somebody.
    found.ended_at, found.ended_by, found.note = max(at, found.begun_at), why, ""
    found.save(update_fields=["ended_at", "ended_by", "note"])
    timers.cancel(subject_id=str(found.pk), at=at)
    happened = CameBack(
        case_id=person(user_id=found.user_id), subject_id=str(found.pk), petition=str(found.petition_id), why=why.value
    )
    record(happened, actor=actor, at=at)
