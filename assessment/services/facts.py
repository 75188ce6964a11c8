"""Facts are recomputed whole from the rows below, so that a delivery that comes late or twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Q

from assessment.models import CaseFact, OrderFact
from dispatch.choices import OrderState
from dispatch.models import Objection, WorkOrder
from dispatch.queries import cooperating_only
from kernel.deeds import deed
from petitions.choices import OPEN_STATES, Channel, State
from petitions.models import Petition, Reply
from supervision.queries import supervised_since, supervision_of

CHUNK = 1000
REFUSED = (State.DECLINED, State.WITHDRAWN)


@deed
def refresh(*, petition_ids: Sequence[UUID]) -> int:
    """Write the facts of these cases and of all their orders anew; returns how many cases. Eight statements."""
    petitions = list(Petition.objects.filter(pk__in=petition_ids).defer("description").order_by("pk"))
    orders = list(
        WorkOrder.objects.filter(petition__in=petition_ids).defer("result", "decision").order_by("assigned_at", "pk")
    )
    objections = {one.order_id: one for one in Objection.objects.filter(petition__in=petition_ids)}
    unscored = cooperating_only(order_ids=[order.pk for order in orders])
    replies = Reply.objects.filter(petition__in=petition_ids).values_list("petition_id").annotate(Min("replied_at"))
    first_reply: dict[UUID, datetime] = dict(replies)
    by_case: dict[UUID, list[WorkOrder]] = {}
    for order in orders:
        by_case.setdefault(order.petition_id, []).append(order)
    _upsert(
        CaseFact,
        [_case_fact(one, by_case.get(one.pk, []), first_reply.get(one.pk), unscored) for one in petitions],
        key="petition",
    )
    supervised = supervision_of(work_orders=[order.pk for order in orders])
    _upsert(
        OrderFact,
        [
            _order_fact(order, supervised.get(order.pk, {}), objections.get(order.pk), _scored(order, unscored))
            for order in orders
        ],
        key="order",
    )
    return len(petitions)


@deed
def catch_up(*, since: datetime, until: datetime) -> int:
    """Write anew whatever changed since its fact was written, such as events not yet delivered; returns how many.

    Looks at what is open and at what changed from `since` on: what ended before counts for no later month.
    """
    seen = CaseFact.objects.filter(petition=OuterRef("pk"), version=OuterRef("version"))
    concerned = Petition.objects.filter(Q(state__in=OPEN_STATES) | Q(changed_at__gte=since), filed_at__lt=until)
    stale = set(concerned.filter(~Exists(seen)).values_list("pk", flat=True))
    behind = OrderFact.objects.filter(version__lt=F("order__version"))
    stale |= set(behind.values_list("petition_id", flat=True))
    stale |= supervised_since(since=since)
    waiting = sorted(stale)
    for start in range(0, len(waiting), CHUNK):
        refresh(petition_ids=waiting[start : start + CHUNK])
    return len(waiting)


def _case_fact(
    petition: Petition, orders: Sequence[WorkOrder], replied_at: datetime | None, unscored: AbstractSet[UUID]
) -> CaseFact:
    had = [one for one in orders if one.state != OrderState.RECALLED]  # the others no unit ever signed for
    return CaseFact(
        petition=petition,
        round=petition.round,
        place=petition.place,
        center_id=petition.center_id,
        first_unit_id=orders[0].unit_id if orders else None,
        last_unit_id=had[-1].unit_id if had else None,
        registrar_id=petition.registrar_id,
        by_gridworker=petition.channel == Channel.GRIDWORKER,
        filed_at=petition.filed_at,
        accepted_at=petition.accepted_at,
        refused=petition.state in REFUSED,
        due_at=petition.due_at,
        replied_at=replied_at,
        closed_at=petition.closed_at,
        resolved=petition.resolved,
        satisfaction=petition.satisfaction,
        scored=not had or had[-1].pk not in unscored,
        version=petition.version,
    )


def _scored(order: WorkOrder, unscored: AbstractSet[UUID]) -> bool:
    """What the centre took back was its own mistake and counts for no unit."""
    return order.pk not in unscored and order.state != OrderState.RECALLED


def _order_fact(
    order: WorkOrder, supervised: Mapping[str, Sequence[datetime]], objection: Objection | None, scored: bool
) -> OrderFact:
    return OrderFact(
        order=order,
        petition_id=order.petition_id,
        round=order.round,
        place=order.place,
        unit_id=order.unit_id,
        handler_id=order.completed_by_id or order.signed_by_id,
        assigned_at=order.assigned_at,
        sign_due_at=order.sign_due_at,
        signed_at=order.signed_at,
        handle_due_at=order.handle_due_at,
        completed_at=order.completed_at,
        ended_at=order.ended_at,
        returned=order.state == OrderState.RETURNED,
        reworks=order.reworks,
        scored=scored,
        objected_at=objection.at if objection else None,
        objection=objection.outcome if objection else "",
        objection_ruled_at=objection.ruled_at if objection else None,
        adjudicated=objection is not None and objection.named_unit_id is not None,
        urged_at=sorted(supervised.get("urged", ())),
        supervised_at=sorted(supervised.get("supervised", ())),
        listed_at=sorted(supervised.get("listed", ())),
        version=order.version,
    )


def _upsert(model: type[Any], rows: Iterable[Any], *, key: str) -> None:
    columns = [field.name for field in model._meta.concrete_fields if field.name != key]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=columns)
