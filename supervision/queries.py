"""Questions about supervision: who has the case, whom may one order, what may be done, what may be listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Least

from dispatch.choices import OPEN_ORDERS, OrderState
from dispatch.models import WorkOrder
from kernel.actors import Actor
from kernel.permissions import Verdict
from kernel.workflow import Move
from organizations.choices import AreaLevel, UnitKind
from organizations.models import Unit
from organizations.queries.structure import center_of
from petitions.models import Petition
from petitions.services.stages import end_of
from supervision.choices import Ground, State
from supervision.deadlines import RED_ORDERS
from supervision.models import Answer, Listing, SupervisionOrder, Urging
from supervision.policies import listing_verdict, verdict
from supervision.workflow import LISTINGS, ORDERS

UNIT = "unit:"
# What counts of supervision: kind, table, and the column that says when.
FACTS: tuple[tuple[str, Any, str], ...] = (
    ("urged", Urging, "urged_at"),
    ("supervised", SupervisionOrder, "issued_at"),
    ("listed", Listing, "listed_at"),
)
# The states of a work order in which its unit has something to do.
IN_HAND = (OrderState.ASSIGNED, OrderState.SIGNED)
# Somebody is late with these: the unit, or the centre that rules.
UNFINISHED = (*IN_HAND, OrderState.RETURNING, OrderState.DISPUTED)
# Not done, whether its clock runs or stands still.
STANDING = (*UNFINISHED, OrderState.PAUSED)
# Centres hand out and committees mediate; they are urged, and not supervised.
NOT_SUPERVISED = (UnitKind.COMMAND_CENTER, UnitKind.MEDIATION_COMMITTEE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who has the case now, and by which work order where it is a unit's."""

    unit_id: int
    order: WorkOrder | None

    def subject(self, petition: Petition) -> Any:
        """What is urged: the order of the unit, else the petition itself."""
        return self.order.pk if self.order else petition.pk


def responsible_now(*, petition: Petition, order: WorkOrder | None) -> Responsible | None:
    """The unit that a case waits for. None where it waits for the citizen, for nobody, or in a pause.

    `order` is the open or the last work order of the case.
    """
    if not petition.holder.startswith(UNIT):
        return None
    holder = int(petition.holder.removeprefix(UNIT))
    if order is None or order.state not in OPEN_ORDERS or order.unit_id != holder:
        return Responsible(unit_id=holder, order=None)
    if order.state in IN_HAND:
        return Responsible(unit_id=holder, order=order)
    return Responsible(unit_id=petition.center_id, order=None)  # the centre rules on the return


def open_order(*, petition: Petition) -> WorkOrder | None:
    """The work order that is open for a petition."""
    return WorkOrder.objects.filter(petition=petition, state__in=OPEN_ORDERS).select_related("unit").first()


def last_urging(*, subject: Any) -> Urging | None:
    """The last urging of an order, or of a petition that no unit has."""
    return Urging.objects.filter(subject=subject).order_by("-urged_at").first()


def concerned(*, petition: Petition) -> QuerySet[Unit]:
    """The units that a supervision order on this case may go to: those that have it, had it or cooperate."""
    among = Q(pk__in={*petition.involved, petition.lead_unit_id or 0})
    return Unit.objects.working().filter(among).exclude(kind__in=NOT_SUPERVISED).order_by("name")


def overdue_now(*, petition: Petition, at: datetime) -> bool:
    """Whether a unit has the case in hand and is past its limit."""
    return WorkOrder.objects.overdue(at=at).filter(petition=petition, completed_at__isnull=True).exists()


def issuer_of(*, actor: Actor, place: str) -> int | None:
    """The body for which the actor issues: the unit of the seat that may; for the system the centre of the county."""
    for seat in actor.seats:
        if "supervision.order" in seat.capabilities and seat.unit_id and seat.covers(place=place, units=frozenset()):
            return seat.unit_id
    center = center_of(place=place, level=AreaLevel.COUNTY)
    return center.pk if center else None


def waiting_answer(*, order: SupervisionOrder) -> Answer | None:
    """The answer that waits to be judged."""
    return order.answers.filter(verdict="").first()


def move_verdict(*, move: str, order: SupervisionOrder, actor: Actor) -> Verdict:
    """Whether the actor may make a move of the table now."""
    capability = next(row.capability for row in ORDERS.table if row.move == move)
    answer = waiting_answer(order=order) if order.state == State.ANSWERED else None
    answered_by = answer.answered_by_id if answer else None
    return verdict(capability=capability, move=move, order=order, actor=actor, answered_by=answered_by)


def moves_of(*, order: SupervisionOrder, actor: Actor) -> list[Move]:
    """What the actor may do with a supervision order now, and why not where not."""
    answer = waiting_answer(order=order) if order.state == State.ANSWERED else None
    answered_by = answer.answered_by_id if answer else None
    return ORDERS.moves(
        state=order.state,
        verdict=lambda row: verdict(
            capability=row.capability, move=row.move, order=order, actor=actor, answered_by=answered_by
        ),
    )


def listing_moves(*, listing: Listing, actor: Actor) -> list[Move]:
    """What the actor may do with a listed case; it is extended once."""
    said = listing_verdict(listing=listing, actor=actor)
    offered = LISTINGS.moves(state=listing.state, verdict=lambda row: said)
    return [one for one in offered if one.move != "extend" or listing.extended_from is None]


def grounds_of(*, petition: Petition, order: WorkOrder | None, at: datetime) -> list[Ground]:
    """Why a case may be put on the list now; none where it may not. `order` is the one that is open."""
    if order is None or order.state not in UNFINISHED:
        return []
    found = []
    if at > end_of(limit=order.limit, at=order.handle_due_at):
        found.append(Ground.TWICE)
    if went_red(petition=petition, at=at) >= RED_ORDERS:
        found.append(Ground.TWO_REDS)
    if SupervisionOrder.objects.issued().exclude(state=State.WITHDRAWN).filter(petition=petition).count() >= RED_ORDERS:
        found.append(Ground.TWO_ORDERS)
    return found


def went_red(*, petition: Petition, at: datetime) -> int:
    """How many work orders of a case ran over their limits."""
    now = Value(at)
    seen = Least(Coalesce("completed_at", "ended_at", now), now)
    return WorkOrder.objects.filter(petition=petition, handle_due_at__lt=seen).count()


def orders_of(*, petition_id: Any, actor: Actor) -> QuerySet[SupervisionOrder]:
    """The supervision orders on a case that the actor may see, newest first."""
    found: QuerySet[SupervisionOrder] = SupervisionOrder.objects.visible_to(actor).filter(petition_id=petition_id)
    return found.select_related("unit").order_by("-opened_at")


def listing_of(*, petition_id: Any) -> Listing | None:
    """The listing of a case, if it is on the list."""
    return Listing.objects.open().filter(petition_id=petition_id).first()


def unfinished_orders(*, work_orders: Iterable[Any]) -> QuerySet[WorkOrder]:
    """Those of the work orders that are not done, suspended ones too, their petitions with them."""
    found = WorkOrder.objects.filter(pk__in=work_orders, state__in=STANDING)
    return found.select_related("petition").order_by("pk")


def listed_ages(*, at: datetime) -> QuerySet[Listing]:
    """What is on the list, oldest first, with all that the public board says of it."""
    return Listing.objects.open().select_related("unit", "category", "township").order_by(F("listed_at").asc(), "pk")


def supervision_of(*, work_orders: Sequence[Any]) -> dict[Any, dict[str, list[datetime]]]:
    """When work orders were "urged", "supervised" and "listed", by work order. One statement, none for none.

    Only what went to the unit that leads a work order names that order, so nothing here counts against a unit that
    only cooperates (R4). Supervision orders that were withdrawn do not count.
    """
    found: dict[Any, dict[str, list[datetime]]] = {}
    if not work_orders:
        return found
    for order_id, kind, moment in _facts(Q(work_order__in=work_orders), "work_order_id"):
        found.setdefault(order_id, {}).setdefault(kind, []).append(moment)
    return found


def supervised_since(*, since: datetime) -> set[Any]:
    """The cases in whose supervision something happened from an instant on. One statement."""
    rows = [
        table.objects.filter(**{f"{column}__gte": since}).order_by().values_list("petition_id")
        for _kind, table, column in FACTS
    ]
    return {petition_id for (petition_id,) in rows[0].union(*rows[1:])}


def _facts(narrowed: Q, key: str) -> Iterable[tuple[Any, str, datetime]]:
    rows = [
        _counted(table).filter(narrowed).order_by().values_list(key, Value(kind), column)
        for kind, table, column in FACTS
    ]
    found: QuerySet[Any, tuple[Any, str, datetime]] = rows[0].union(*rows[1:], all=True)
    return found


def _counted(table: Any) -> Any:
    orders = table is SupervisionOrder
    return table.objects.issued().exclude(state=State.WITHDRAWN) if orders else table.objects.all()
