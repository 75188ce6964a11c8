"""Who is told of what happens to work orders: those who handle, their heads once they are late, those who rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dispatch import tellings
from dispatch.escalation import Rung
from dispatch.models import JointTask, WorkOrder
from dispatch.models.objection import SECOND
from kernel.events import instant
from notices.services.telling import Telling, tell, tell_many
from organizations.choices import Role
from organizations.queries import people_by_unit, people_posted
from petitions.choices import Urgency
from petitions.models import Petition

HANDLE = (Role.HANDLER, Role.TOWNSHIP_OFFICER, Role.VILLAGE_OFFICER)
ANSWER_FOR = (*HANDLE, Role.TOWNSHIP_HEAD, Role.DEPARTMENT_HEAD)
COMMAND = (Role.DISPATCHER, Role.CENTER_DIRECTOR)


def tell_assigned(
    *, given: Sequence[tuple[WorkOrder, Petition]], at: datetime, beside: Sequence[JointTask] = ()
) -> None:
    """The unit has a new order, and units beside it have their part: told to everybody there who could sign for it.

    Two statements for any number.
    """
    units = {order.unit_id for order, _petition in given} | {task.unit_id for task in beside}
    people = people_by_unit(unit_ids=units, roles=HANDLE, at=at)
    orders = {order.pk: (order, petition) for order, petition in given}
    said = [_assigned(order, petition, people[order.unit_id]) for order, petition in given]
    said += [part_given(task, *orders[task.order_id], people[task.unit_id]) for task in beside]
    tell_many(said, at=at)


def part_given(task: JointTask, order: WorkOrder, petition: Petition, people: Sequence[int]) -> Telling:
    """What a unit is told of its part in an order that another one leads."""
    facts: dict[str, str | int] = {"number": petition.number, "lead_unit": order.unit_id}
    kind = tellings.TASK_REFERRED
    if task.due_at is not None:
        kind, facts["due_at"] = tellings.TASK_GIVEN, instant(task.due_at)
    return Telling(kind=kind.code, people=people, subject=str(petition.pk), facts=facts, once=str(task.pk))


def _assigned(order: WorkOrder, petition: Petition, people: Sequence[int]) -> Telling:
    kind = tellings.ASSIGNED if order.urgency == Urgency.ORDINARY else tellings.ASSIGNED_NOW
    return Telling(
        kind=kind.code,
        people=people,
        subject=str(petition.pk),
        facts={"number": petition.number, "due_at": instant(order.sign_due_at)},
        once=str(order.pk),
    )


def tell_climbed(*, climbed: Sequence[tuple[WorkOrder, Rung, int]], at: datetime) -> None:
    """A rung was climbed: told to the command of the unit above, and to the late unit with its head."""
    if not climbed:
        return
    units = {unit for order, _rung, told in climbed for unit in (order.unit_id, told)}
    posted = people_by_unit(unit_ids=units, roles=COMMAND, at=at)
    late = people_by_unit(unit_ids={order.unit_id for order, _rung, _told in climbed}, roles=ANSWER_FOR, at=at)
    numbers = numbers_of([order for order, _rung, _told in climbed])
    said: list[Telling] = []
    for order, rung, told in climbed:
        facts: dict[str, str | int] = {"unit": order.unit_id, "told_unit": told, "number": numbers[order.petition_id]}
        facts |= {"what": rung.told, "rung": rung.rung}
        once = f"{order.pk}:{rung.clock}:{order.laid}:{rung.rung}"
        for kind, people in ((tellings.CLIMBED, posted[told]), (tellings.LATE, late[order.unit_id])):
            said.append(Telling(kind=kind.code, people=people, subject=str(order.petition_id), facts=facts, once=once))
    tell_many(said, at=at)


def tell_nearly_due(*, near: Sequence[WorkOrder], at: datetime) -> None:
    """Four fifths of the time are used: told to those who handle."""
    people = people_by_unit(unit_ids=[order.unit_id for order in near], roles=HANDLE, at=at)
    numbers = numbers_of(near) if near else {}
    said = [
        Telling(
            kind=tellings.NEARLY_DUE.code,
            people=people[order.unit_id],
            subject=str(order.petition_id),
            facts={"number": numbers[order.petition_id], "due_at": instant(order.handle_due_at)},
            once=f"{order.pk}:{instant(order.handle_due_at)}",
        )
        for order in near
    ]
    tell_many(said, at=at)


def tell_return_asked(*, order: WorkOrder, petition: Petition, turn: int, due: datetime, at: datetime) -> None:
    """A unit objects: told to those of the centre who rule, the second time in a round to its head."""
    roles = (Role.CENTER_DIRECTOR,) if turn == SECOND else COMMAND
    tell(
        kind=tellings.RETURN_ASKED.code,
        people=people_posted(unit_ids=[petition.center_id], roles=roles, at=at),
        subject=str(petition.pk),
        facts={"unit": order.unit_id, "number": petition.number, "due_at": instant(due)},
        once=str(order.pk),
        at=at,
    )


def tell_recalled(*, order: WorkOrder, petition: Petition, at: datetime) -> None:
    """The centre took it back before it was signed for: told to whoever handles, there and at the units beside it."""
    tell(
        kind=tellings.RECALLED.code,
        people=people_posted(unit_ids=[order.unit_id, *order.assists], roles=HANDLE, at=at),
        subject=str(petition.pk),
        facts={"number": petition.number, "why": order.recall_reason},
        once=str(order.pk),
        at=at,
    )


def tell_return_refused(*, order: WorkOrder, petition: Petition, at: datetime) -> None:
    """The unit keeps it: told to those who handle."""
    _tell_unit(tellings.RETURN_REFUSED.code, order, petition, str(order.pk), at)


def tell_sent_back(*, order: WorkOrder, petition: Petition, at: datetime) -> None:
    """The check failed: told to those who handle."""
    _tell_unit(tellings.SENT_BACK.code, order, petition, f"{order.pk}:{order.reworks}", at)


def _tell_unit(kind: str, order: WorkOrder, petition: Petition, once: str, at: datetime) -> None:
    tell(
        kind=kind,
        people=people_posted(unit_ids=[order.unit_id], roles=HANDLE, at=at),
        subject=str(petition.pk),
        facts={"number": petition.number, "due_at": instant(order.handle_due_at)},
        once=once,
        at=at,
    )


def numbers_of(orders: Sequence[WorkOrder]) -> dict[UUID, str]:
    """The numbers of the petitions of some orders; one query."""
    rows = Petition.objects.filter(pk__in={one.petition_id for one in orders})
    return dict(rows.values_list("pk", "number"))
