"""Who is told of joint orders: the units beside a lead and the lead itself, and both sides of an offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dispatch import tellings
from dispatch.escalation import Rung
from dispatch.joint.choices import OfferState
from dispatch.models import JointTask, OrderOffer, WorkOrder
from dispatch.services.telling import ANSWER_FOR, COMMAND, HANDLE, numbers_of, part_given
from kernel.events import instant
from notices.kinds import NoticeKind
from notices.services.telling import Telling, tell, tell_many
from organizations.queries import people_by_unit, people_posted
from petitions.models import Petition

Facts = Mapping[str, str | int]


def tell_parts(*, tasks: Sequence[JointTask], order: WorkOrder, petition: Petition, at: datetime) -> None:
    """Units are asked for a part, or shown the order: told to those who handle there."""
    people = people_by_unit(unit_ids=[one.unit_id for one in tasks], roles=HANDLE, at=at)
    tell_many([part_given(one, order, petition, people[one.unit_id]) for one in tasks], at=at)


def tell_replied(*, task: JointTask, order: WorkOrder, petition: Petition, due: datetime, at: datetime) -> None:
    """A unit has replied: told to those of the lead who handle."""
    facts: Facts = {"unit": task.unit_id, "number": petition.number, "due_at": instant(due)}
    _tell(tellings.TASK_REPLIED, order.unit_id, petition, facts, f"{task.pk}:{task.sent_back}", at)


def tell_reply_sent_back(*, task: JointTask, petition: Petition, at: datetime) -> None:
    """The reply lacks something: told to those of the unit who handle. What it lacks is on the page."""
    assert task.due_at is not None  # a task that was replied to has a limit
    facts = {"number": petition.number, "due_at": instant(task.due_at)}
    _tell(tellings.TASK_SENT_BACK, task.unit_id, petition, facts, f"{task.pk}:{task.sent_back}", at)


def tell_released(*, task: JointTask, petition: Petition, at: datetime) -> None:
    """Nobody waits for the unit any more: told to those of it who handle."""
    _tell(tellings.TASK_RELEASED, task.unit_id, petition, {"number": petition.number}, str(task.pk), at)


def tell_parts_late(*, climbed: Sequence[tuple[JointTask, Rung, int, int]], at: datetime) -> None:
    """Rungs were climbed: told to the command of the unit above, and to the late unit with its head.

    Each is the task, the rung, whose lateness it is, and which unit is told. The lead that does not look at a reply is
    told as of its order.
    """
    if not climbed:
        return
    posted = people_by_unit(unit_ids={told for *_task, told in climbed}, roles=COMMAND, at=at)
    answering = people_by_unit(unit_ids={late for _task, _rung, late, _told in climbed}, roles=ANSWER_FOR, at=at)
    numbers = numbers_of([task.order for task, *_rest in climbed])
    said: list[Telling] = []
    for task, rung, late, told in climbed:
        facts: dict[str, str | int] = {"unit": late, "told_unit": told, "number": numbers[task.petition_id]}
        facts |= {"what": rung.told, "rung": rung.rung}
        own = tellings.TASK_LATE if late == task.unit_id else tellings.LATE
        once = f"{task.pk}:{rung.clock}:{task.sent_back}:{rung.rung}"
        for kind, people in ((tellings.CLIMBED, posted[told]), (own, answering[late])):
            said.append(Telling(kind=kind.code, people=people, subject=str(task.petition_id), facts=facts, once=once))
    tell_many(said, at=at)


def tell_offered(*, offer: OrderOffer, petition: Petition, at: datetime) -> None:
    """An order is offered: told to those of the other unit who may sign for it, and to its head."""
    facts: Facts = {"unit": offer.unit_id, "number": petition.number, "due_at": instant(offer.until)}
    people = people_posted(unit_ids=[offer.to_unit_id], roles=ANSWER_FOR, at=at)
    _tell_people(tellings.OFFERED, people, petition, facts, str(offer.pk), at)


def tell_offer_answered(*, offers: Sequence[OrderOffer], at: datetime) -> None:
    """An offer has ended: the side that did not end it is told, both where nobody answered.

    Where both have signed the centre is told as well; that the order is theirs the new unit is told with the order.
    """
    if not offers:
        return
    petitions = Petition.objects.in_bulk({one.petition_id for one in offers})
    centers = {petitions[one.petition_id].center_id for one in offers if one.state == OfferState.AGREED}
    sides = {unit for one in offers for unit in (one.unit_id, one.to_unit_id)}
    people = people_by_unit(unit_ids=sides, roles=ANSWER_FOR, at=at)
    command = people_by_unit(unit_ids=centers, roles=COMMAND, at=at)
    said: list[Telling] = []
    for one in offers:
        petition = petitions[one.petition_id]
        facts: dict[str, str | int] = {"unit": one.unit_id, "to_unit": one.to_unit_id, "number": petition.number}
        facts["how"] = one.state
        for kind, who in _told_of_end(one, petition, people, command):
            said.append(Telling(kind=kind.code, people=who, subject=str(petition.pk), facts=facts, once=str(one.pk)))
    tell_many(said, at=at)


def _told_of_end(
    one: OrderOffer, petition: Petition, people: Mapping[int, list[int]], command: Mapping[int, list[int]]
) -> list[tuple[NoticeKind, list[int]]]:
    lead, other = (tellings.OFFER_ANSWERED, people[one.unit_id]), (tellings.OFFER_OVER, people[one.to_unit_id])
    return {
        OfferState.AGREED: [lead, (tellings.HANDED_OVER, command[petition.center_id])],
        OfferState.REFUSED: [lead],
        OfferState.WITHDRAWN: [other],
        OfferState.LAPSED: [lead, other],
    }[OfferState(one.state)]


def _tell(kind: NoticeKind, unit_id: int, petition: Petition, facts: Facts, once: str, at: datetime) -> None:
    people = people_posted(unit_ids=[unit_id], roles=HANDLE, at=at)
    _tell_people(kind, people, petition, facts, once, at)


def _tell_people(
    kind: NoticeKind, people: Sequence[int], petition: Petition, facts: Facts, once: str, at: datetime
) -> None:
    tell(kind=kind.code, people=people, subject=str(petition.pk), facts=facts, once=once, at=at)
