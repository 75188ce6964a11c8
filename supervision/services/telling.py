"""Who is told of supervision: the unit that has the case, with its head; those who judge; the level above."""

from __future__ import annotations

from datetime import datetime

from kernel.events import instant
from notices.services.telling import tell
from organizations.choices import Role
from organizations.queries import people_posted
from petitions.models import Petition
from supervision import tellings
from supervision.models import SupervisionOrder, Urging

WORK = (Role.HANDLER, Role.TOWNSHIP_OFFICER, Role.VILLAGE_OFFICER)
HEADS = (Role.TOWNSHIP_HEAD, Role.DEPARTMENT_HEAD)
JUDGE = (Role.SUPERVISOR, Role.CENTER_DIRECTOR)


def tell_urged(*, urging: Urging, petition: Petition, at: datetime) -> None:
    """Whoever works on the case, or dispatches it where a centre has it."""
    tell(
        kind=tellings.URGED.code,
        people=people_posted(unit_ids=[urging.unit_id], roles=(*WORK, Role.DISPATCHER), at=at),
        subject=str(petition.pk),
        facts={"number": petition.number, "times": urging.number},
        once=str(urging.pk),
        at=at,
    )


def tell_issued(*, order: SupervisionOrder, at: datetime) -> None:
    """Whoever signs and answers for the unit, and its head."""
    assert order.receive_due_at is not None  # a constraint: whatever is issued has its limits
    tell(
        kind=tellings.ISSUED.code,
        people=people_posted(unit_ids=[order.unit_id], roles=(*WORK, *HEADS), at=at),
        subject=str(order.pk),
        facts={"unit": order.issuer_id, "due_at": instant(order.receive_due_at)},
        once=str(order.pk),
        at=at,
    )


def tell_answered(*, order: SupervisionOrder, number: int, at: datetime) -> None:
    """Whoever judges for the issuer."""
    tell(
        kind=tellings.ANSWERED.code,
        people=people_posted(unit_ids=[order.issuer_id], roles=JUDGE, at=at),
        subject=str(order.pk),
        facts={"unit": order.unit_id, "due_at": instant(order.stage_due_at)},
        once=f"{order.pk}:{number}",
        at=at,
    )


def tell_sent_back(*, order: SupervisionOrder, number: int, at: datetime) -> None:
    """Whoever answers for the unit, and its head."""
    tell(
        kind=tellings.SENT_BACK.code,
        people=people_posted(unit_ids=[order.unit_id], roles=(*WORK, *HEADS), at=at),
        subject=str(order.pk),
        facts={"unit": order.issuer_id, "due_at": instant(order.stage_due_at)},
        once=f"{order.pk}:{number}",
        at=at,
    )


def tell_climbed(*, order: SupervisionOrder, clock: str, rung: int, told: int, what: str, at: datetime) -> None:
    """The command of the unit above."""
    tell(
        kind=tellings.CLIMBED.code,
        people=people_posted(unit_ids=[told], roles=(Role.DISPATCHER, *JUDGE), at=at),
        subject=str(order.pk),
        facts={"unit": order.unit_id, "what": what, "rung": rung},
        once=f"{order.pk}:{clock}:{order.sent_back}:{rung}",
        at=at,
    )
