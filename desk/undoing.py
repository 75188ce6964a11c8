"""THE TABLE of what can be undone on the desk: only where another deed sets things back as they were.

What was done stands in a signed note that the page keeps for half a minute; undoing is a deed of its own, in the log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from desk.services import snoozing
from dispatch.choices import OrderState, RecallReason
from dispatch.models import WorkOrder
from dispatch.services import taking_back
from kernel.actors import Actor
from kernel.errors import Conflict, Invalid
from petitions.choices import State
from petitions.models import Petition
from petitions.services import joining, reception

SALT, TOO_LATE = "desk.undo", "too_late"
# How long undoing is offered, and a little for the way.
OFFERED_S, TAKEN_S = 30, 35


def _before_class(petition: Petition) -> dict[str, Any]:
    return {
        "category_code": petition.category_id or "",
        "condition": petition.condition,
        "kind": petition.kind,
        "urgency": petition.urgency,
        "place": petition.place,
    }


def _separate(*, petition_id: str, before: dict[str, Any], version: int, actor: Actor, at: datetime) -> Petition:
    since = datetime.fromisoformat(before["since"])
    return joining.separate(petition_id=petition_id, actor=actor, at=at, version=version, since=since)


def _reclassify(*, petition_id: str, before: dict[str, Any], version: int, actor: Actor, at: datetime) -> Petition:
    said = {name: value for name, value in before.items() if name != "place"}
    return reception.classify(petition_id=petition_id, actor=actor, at=at, version=version, **said)


def _wake(*, petition_id: str, before: dict[str, Any], version: int, actor: Actor, at: datetime) -> Petition:
    snoozing.wake(case_id=UUID(petition_id), actor=actor, at=at)
    return Petition.objects.get(pk=petition_id)


def _recall(*, petition_id: str, before: dict[str, Any], version: int, actor: Actor, at: datetime) -> Petition:
    reason, order = RecallReason.UNDONE.value, before["order"]
    taking_back.recall(order_id=order, reason=reason, actor=actor, at=at, version=before["order_version"])
    return Petition.objects.get(pk=petition_id)


def _order_made(petition: Petition) -> dict[str, Any]:
    """The order that the dispatch has just opened."""
    rows = WorkOrder.objects.filter(petition=petition, state=OrderState.ASSIGNED)
    found = rows.values_list("pk", "version").first()
    return {"order": str(found[0]), "order_version": found[1]} if found else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """One row: what of the case has to be remembered, when it can be set back, and the deed that does.

    `made`: what the deed brought forth and undoing has to name, read once it is done.
    """

    before: Callable[[Petition], dict[str, Any]]
    possible: Callable[[Petition, dict[str, Any]], bool]
    run: Callable[..., Petition]
    made: Callable[[Petition], dict[str, Any]] = lambda _petition: {}


TABLE: dict[str, Undo] = {
    # Separating leaves a case before the centre: that is where it was, unless it had been accepted or waited.
    "join": Undo(
        before=lambda petition: {"state": petition.state, "since": str(petition.stage_from or "")},
        possible=lambda _petition, before: before["state"] == State.FILED and bool(before["since"]),
        run=_separate,
    ),
    # As long as nobody has signed for it. Accepting tells the citizen and is not taken back.
    "assign": Undo(
        before=lambda _petition: {},
        possible=lambda petition, before: petition.state == State.DISPATCHED and "order" in before,
        run=_recall,
        made=_order_made,
    ),
    "snooze": Undo(
        before=lambda _petition: {},
        possible=lambda _petition, _before: True,
        run=_wake,
    ),
    # A category cannot be taken away again, nor a place given back that a point on the map decided.
    "classify": Undo(
        before=_before_class,
        possible=lambda petition, before: bool(before["category_code"]) and before["place"] == petition.place,
        run=_reclassify,
    ),
}


def remembered(*, petition: Petition, deed: str) -> dict[str, Any] | None:
    """What has to be known before a deed so that it can be undone; None where it cannot be."""
    row = TABLE.get(deed)
    return row.before(petition) if row else None


def note_of(*, petition: Petition, deed: str, before: dict[str, Any] | None, actor: Actor) -> str:
    """The signed note by which a deed that was just done is undone, "" where it cannot be. `petition`: as it was."""
    said = way_back(petition=petition, deed=deed, before=before, actor=actor)
    return signed(said) if said else ""


def way_back(*, petition: Petition, deed: str, before: dict[str, Any] | None, actor: Actor) -> dict[str, Any] | None:
    """What such a note says, None where the deed cannot be undone; its time begins once it is signed."""
    if before is None:
        return None
    petition = Petition.objects.get(pk=petition.pk)
    before = before | TABLE[deed].made(petition)
    if not TABLE[deed].possible(petition, before):
        return None
    return {"case": str(petition.pk), "deed": deed, "version": petition.version, "by": actor.key, "before": before}


def signed(said: dict[str, Any]) -> str:
    """The note."""
    return signing.dumps(said, salt=SALT)


def case_of(*, note: str, actor: Actor) -> str:
    """The case that a note is about, however old it is. Raises Invalid for one that is not this person's."""
    return str(_opened(note, actor, max_age=None)["case"])


def read(*, note: str, actor: Actor) -> dict[str, Any]:
    """What a note says. Raises Conflict once it is too old, Invalid for one that is not this person's."""
    return _opened(note, actor, max_age=TAKEN_S)


def _opened(note: str, actor: Actor, *, max_age: int | None) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(note, salt=SALT, max_age=max_age)
    except signing.SignatureExpired as error:
        raise Conflict(_("It is too late to undo this."), code=TOO_LATE) from error
    except signing.BadSignature as error:
        raise Invalid(_("This cannot be undone.")) from error
    if said["by"] != actor.key:
        raise Invalid(_("This cannot be undone."))
    return said


def undo(*, note: str, actor: Actor, at: datetime) -> Petition:
    """Undo what a note says by the deed that sets it back. Raises Stale or Conflict where somebody was faster."""
    said = read(note=note, actor=actor)
    return TABLE[said["deed"]].run(
        petition_id=said["case"], before=said["before"], version=said["version"], actor=actor, at=at
    )
