"""What every deed on a draft has in common: the lock, the right, the version; and who signs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import Missing, Stale
from kernel.permissions import Allowed, Denied, Verdict, require
from registry.models import Draft
from registry.workflow import APPROVE, DRAFT, PROPOSE


def locked(*, draft_id: Any, move: str, actor: Actor, version: int | None = None) -> Draft:
    """The draft, locked, where the actor sees it and may make the move.

    Raises Missing, Stale, WrongState where the table lacks the move, NotAllowed with the reason.
    """
    draft: Draft = Draft.objects.locked(draft_id, version=version)
    if not actor.is_system and not Draft.objects.visible_to(actor).filter(pk=draft.pk).exists():
        raise Missing(_("This does not exist, or not for you."))
    DRAFT.row(move=move, state=draft.state)
    require(verdict(draft=draft, move=move, actor=actor))
    return draft


def verdict(*, draft: Draft, move: str, actor: Actor) -> Verdict:
    """Whether the actor may make the move: nobody decides what they proposed, and nobody rewrites another's draft."""
    capability = DRAFT.row(move=move, state=draft.state).capability
    if actor.is_system:
        return Allowed()
    if not actor.holds(capability):
        return Denied(_("Your role does not include this."))
    own = draft.proposed_by_id == actor.user_id
    if capability == APPROVE and draft.proposed_by_id in actor.persons:
        return Denied(_("Nobody decides on what they proposed themselves."))
    if capability == PROPOSE and not own and not actor.holds("registry.review"):
        return Denied(_("Only whoever proposed this draft, or the keeper of the list, does this."))
    return Allowed()


def save(*, draft: Draft, columns: tuple[str, ...] = ()) -> None:
    """Write state, version and the named columns, conditional on the version that was locked."""
    draft.version += 1
    names = {"state", "version", *columns}
    written = Draft.objects.filter(pk=draft.pk, version=draft.version - 1).update(
        **{name: getattr(draft, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def identity(draft: Draft) -> dict[str, Any]:
    """The fields by which every event of a draft names it."""
    return {"case_id": draft.pk, "subject_id": str(draft.pk)}


def signing_unit(*, actor: Actor, capability: str) -> int | None:
    """The unit of the seat by which the actor signs; None for the system."""
    seats = (seat.unit_id for seat in actor.seats if capability in seat.capabilities and seat.unit_id is not None)
    return next(seats, None)


def decided(*, draft: Draft, actor: Actor, at: datetime, note: str = "") -> tuple[str, ...]:
    """Note who decided and when; returns the columns to save."""
    draft.approved_by_id = actor.user_id
    draft.decided_at = at
    draft.note = note
    return ("approved_by_id", "decided_at", "note")
