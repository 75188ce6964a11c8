"""Pure decisions about calls: the called answers, the caller judges, the centre names units and rules."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor, Seat
from kernel.permissions import Allowed, Denied, Verdict

FILE, SIGN, TRIAGE, ANSWER = "call.file", "call.sign", "call.triage", "call.answer"
RULE, RATE, SERVE = "call.rule", "call.rate", "call.serve"
BY_CALLER, BY_CENTER = frozenset({FILE, SIGN, RATE}), frozenset({TRIAGE, RULE})


class CallFacts(Protocol):
    caller_id: int
    center_id: int
    lead_id: int | None
    team_id: UUID | None
    bound: bool


class PartFacts(Protocol):
    unit_id: int
    bound: bool


def verdict(*, capability: str, move: str, call: CallFacts, actor: Actor, serves: bool = False) -> Verdict:
    """Whether the actor may make a move on a call. `serves`: belongs to the own team that was sent."""
    if call.team_id is not None and capability == ANSWER and not actor.is_system:
        return _of_team(move=move, actor=actor, serves=serves)
    if move == "refuse" and call.bound and not actor.is_system:
        return Denied(_("The centre has ruled that your unit comes; it cannot refuse again."))
    said = actor.may(capability, units=[whose(capability=capability, call=call)])
    if not said and actor.holds(capability):
        return Denied(_("Another unit does this."))
    return said


def _of_team(*, move: str, actor: Actor, serves: bool) -> Verdict:
    """What the own team does is done by its people, who are commanded: there is nothing to refuse."""
    if move == "refuse":
        return Denied(_("The township commands its own team; it has nothing to refuse."))
    if not actor.holds(SERVE):
        return Denied(_("Your role does not include this."))
    return Allowed() if serves else Denied(_("Only the people of the team do this."))


def whose(*, capability: str, call: CallFacts) -> int:
    """The unit whose deed a capability is on this call; 0 where there is none yet."""
    if capability in BY_CALLER:
        return call.caller_id
    if capability in BY_CENTER:
        return call.center_id
    return call.lead_id or 0


def part_verdict(*, capability: str, move: str, part: PartFacts, center_id: int, actor: Actor) -> Verdict:
    """Whether the actor may make a move of a cooperating unit: the unit answers for itself, the centre rules."""
    if move == "refuse" and part.bound and not actor.is_system:
        return Denied(_("The centre has ruled that your unit comes; it cannot refuse again."))
    said = actor.may(capability, units=[center_id if capability in BY_CENTER else part.unit_id])
    if not said and actor.holds(capability):
        return Denied(_("Another unit does this."))
    return said


def calling_seat(*, actor: Actor, unit_id: int | None = None) -> Seat | None:
    """The seat from which the actor calls: of the unit named, else the first that may; None without one."""
    for seat in actor.seats:
        if FILE in seat.capabilities and seat.unit_id is not None and unit_id in (None, seat.unit_id):
            return seat
    return None
