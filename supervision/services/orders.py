"""What every deed on a supervision order has in common: locks in order, the right, the clock, the version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.errors import Missing, Stale
from kernel.permissions import require
from kernel.timers import TimerSpec
from petitions.models import Petition
from petitions.services.stages import end_of
from petitions.services.stages import locked as locked_petition
from supervision.choices import Numbered
from supervision.deadlines import limit_of
from supervision.models import SupervisionOrder
from supervision.queries import move_verdict
from supervision.workflow import ORDERS

CLOCKS = tuple(sorted(set(ORDERS.clocks.values())))
# 〔year〕 and the running number of the county in it: the usual form of an official letter.
NUMBERS: dict[str, str] = {
    Numbered.ORDER: "〔{year}〕督字第{serial}号",  # zh: the register writes it so
    Numbered.LISTING: "〔{year}〕督挂字第{serial}号",  # zh: the register writes it so
}
NEXT_SERIAL = """
INSERT INTO supervision_serial (county, year, kind, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (county, year, kind) DO UPDATE SET last = supervision_serial.last + 1 RETURNING last
"""


def locked(*, order_id: Any, version: int | None = None) -> tuple[SupervisionOrder, Petition]:
    """The order and its petition, the petition locked first: every deed of a case takes that lock before any other."""
    petition_id = SupervisionOrder.objects.filter(pk=order_id).values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Missing(_("This does not exist, or not for you."))
    petition = locked_petition(petition_id=petition_id)
    order: SupervisionOrder = SupervisionOrder.objects.locked(order_id, version=version)
    return order, petition


def locked_in(*, order_ids: Iterable[UUID], clock: str) -> QuerySet[SupervisionOrder]:
    """The truth at the moment of firing: the orders that this clock still concerns, their petitions locked first."""
    wanted = list(order_ids)
    states = [state for state, named in ORDERS.clocks.items() if named == clock]
    lock_petitions(petition_ids=SupervisionOrder.objects.filter(pk__in=wanted).values_list("petition_id", flat=True))
    rows = SupervisionOrder.objects.select_for_update(of=("self",)).select_related("work_order", "petition")
    return rows.filter(pk__in=wanted, state__in=states).order_by("pk")


def lock_petitions(*, petition_ids: Iterable[UUID]) -> None:
    """Lock petitions in the order of their ids, as every deed does."""
    wanted = list(petition_ids)
    list(Petition.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk").values_list("pk"))


def seen(*, petition: Petition, actor: Actor) -> None:
    """Raise Missing where the actor does not see the petition."""
    if not Petition.objects.visible_to(actor).filter(pk=petition.pk).exists():
        raise Missing(_("This does not exist, or not for you."))


def permitted(*, order: SupervisionOrder, move: str, actor: Actor) -> None:
    """Raise WrongState where the table lacks the move, NotAllowed with the reason where the actor may not make it."""
    ORDERS.row(move=move, state=order.state)
    require(move_verdict(move=move, order=order, actor=actor))


def save(*, order: SupervisionOrder, at: datetime, columns: tuple[str, ...] = ()) -> None:
    """Write state, version and the named columns, conditional on the version that was locked."""
    order.version += 1
    order.changed_at = at
    names = {"state", "version", "changed_at", "stage_due_at", *columns}
    written = SupervisionOrder.objects.filter(pk=order.pk, version=order.version - 1).update(
        **{name: getattr(order, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def identity(order: SupervisionOrder) -> dict[str, Any]:
    """The fields by which every event names its case and itself."""
    return {"case_id": order.petition_id, "subject_id": str(order.pk)}


def end_of_step(*, clock: str, order: SupervisionOrder, at: datetime) -> datetime:
    """When a step of an order that begins at `at` ends."""
    return end_of(limit=limit_of(clock=clock, level=order.level), at=at)


def start_clock(*, order: SupervisionOrder, at: datetime) -> None:
    """Start the clock of the state that the order is in now; those of other states stop."""
    clock = ORDERS.clocks.get(order.state)
    if clock is None:
        timers.cancel(subject_id=str(order.pk), at=at)
        return
    spec = TimerSpec(kind=clock, case_id=order.petition_id, subject_id=str(order.pk), due_at=order.stage_due_at)
    timers.swap(stopped=CLOCKS, specs=[spec], at=at)


def next_number(*, county: str, kind: str, at: datetime) -> tuple[int, int, str]:
    """Year, running number and how it is written. Without gaps: a deed that fails gives its number back."""
    year = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SERIAL, [county, year, kind])
        (serial,) = cursor.fetchone()
    return year, serial, NUMBERS[kind].format(year=year, serial=serial)
