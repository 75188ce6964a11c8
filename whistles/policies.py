"""Pure decisions about whistles: the head signs, the unit answers for itself, nobody judges his own work."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Denied, Verdict

ASK, ISSUE, ANSWER, RECORD = "whistle.ask", "whistle.issue", "whistle.answer", "whistle.record"


class WhistleFacts(Protocol):
    place: str
    asker_id: int


class TaskFacts(Protocol):
    unit_id: int
    reported_by_id: int | None


def verdict(*, capability: str, whistle: WhistleFacts, actor: Actor, called: Collection[int]) -> Verdict:
    """Whether the actor may make a move on a whistle. `called`: the units summoned that are still expected to answer.

    The head issues over the own ground; a unit answers for itself; whoever has the record writes it over the place.
    """
    if capability == ANSWER:
        if not called and actor.holds(ANSWER):
            return Denied(_("No unit is called that could still do this."))
        return actor.may(ANSWER, units=called)
    if capability == ASK:
        return actor.may(ASK, units=[whistle.asker_id])
    return actor.may(capability, place=whistle.place)


def task_verdict(
    *, capability: str, move: str, task: TaskFacts, place: str, issuer: int | None, actor: Actor
) -> Verdict:
    """Whether the actor may make a move on a task: the lead reports, somebody else at the place confirms."""
    if capability == ANSWER:
        return actor.may(ANSWER, units=[task.unit_id])
    if move == "confirm" and actor.user_id is not None:
        if task.reported_by_id in actor.persons:
            return Denied(_("Whoever reported it done does not confirm it."))
        if task.unit_id in actor.unit_ids and task.unit_id != issuer:
            return Denied(_("A unit does not confirm its own work."))
    return actor.may(capability, place=place)


def may_ask(*, actor: Actor, place: str) -> int | None:
    """The unit for which an actor may ask for a whistle at a place, or None.

    A township asks for its own ground; a department, which has none, wherever it needs others beside it.
    """
    for seat in actor.seats:
        if ASK in seat.capabilities and seat.unit_id and (not seat.territory or place.startswith(seat.territory)):
            return seat.unit_id
    return None


def may_issue(*, actor: Actor, place: str) -> int | None:
    """The unit for which an actor blows the whistle at a place, or None."""
    for seat in actor.seats:
        if ISSUE in seat.capabilities and seat.unit_id and seat.territory and place.startswith(seat.territory):
            return seat.unit_id
    return None
