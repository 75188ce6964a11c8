"""What a person may do with a hand-over now, and why not where not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict
from kernel.workflow import Move
from registry.models import HandOver
from registry.workflow import HAND_OVER, SIGN


def moves_of(*, made: HandOver, actor: Actor) -> list[Move]:
    """The moves out of the present state."""
    return HAND_OVER.moves(state=made.state, verdict=lambda row: move_verdict(made=made, move=row.move, actor=actor))


def move_verdict(*, made: HandOver, move: str, actor: Actor) -> Verdict:
    """Whether the actor may make the move; the deed itself checks again. Raises WrongState where there is none."""
    capability = HAND_OVER.row(move=move, state=made.state).capability
    if not actor.holds(capability):
        return Denied(_("Your role does not include this."))
    return _may_sign(made, actor) if capability == SIGN else Allowed()


def _may_sign(made: HandOver, actor: Actor) -> Verdict:
    units = {seat.unit_id for seat in actor.seats if SIGN in seat.capabilities}
    sides = ((made.from_unit_id, made.from_signed_by_id), (made.to_unit_id, made.to_signed_by_id))
    own = [signed for unit, signed in sides if unit in units]
    if not own:
        return Denied(_("Only whoever works for one of the two units signs."))
    if actor.persons & {made.from_signed_by_id, made.to_signed_by_id} or None not in own:
        return Denied(_("This side has signed already."))
    return Allowed()
