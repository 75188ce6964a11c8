"""Questions about orders: who would get this, and what may I do with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from dispatch.choices import LimitBy
from dispatch.detours import DUTY_MATTER
from dispatch.hours import within_hours
from dispatch.models import WorkOrder
from dispatch.policies import move_verdict
from dispatch.routing import Facts, Nowhere, Route, route
from dispatch.timely import timely
from dispatch.workflow import WORKFLOW
from kernel.actors import Actor
from kernel.calendars import current
from kernel.workflow import Move
from kernel.worktime import Limit
from organizations.models import FilingCondition, Matter
from organizations.queries import Candidate, conditions_by_matter, conditions_of, responsible_for, snapshot
from organizations.queries.snapshot import Snapshot
from organizations.queries.stations import agencies_at, matter_id_of
from petitions.models import Category, Petition
from petitions.queries import usual_limit

# What follows from something else by itself is offered to nobody; a second objection is a return to whoever asks.
BY_SYSTEM = frozenset({"cancel", "dispute"})
PLACE_COLUMNS = ((6, "county_code"), (9, "township_code"), (12, "village_code"), (15, "cell_code"))
# The filing conditions of some matters, by matter.
Conditions = Mapping[int, Sequence[FilingCondition]]


class Loads:
    """How many orders units have open, each counted once and remembered: many decisions ask about the same units."""

    def __init__(self, known: Mapping[int, int] | None = None) -> None:
        self.known = dict(known or {})

    def of(self, unit_ids: Iterable[int]) -> dict[int, int]:
        """The numbers of these units. One query where some are not known yet, none otherwise."""
        wanted = set(unit_ids)
        if missing := wanted - self.known.keys():
            rows = WorkOrder.objects.open().filter(unit_id__in=missing).order_by().values_list("unit_id")
            self.known |= dict.fromkeys(missing, 0) | dict(rows.annotate(n=Count("pk")))
        return {one: self.known[one] for one in wanted}


def route_of(
    *,
    petition: Petition,
    at: datetime,
    held: Snapshot | None = None,
    loads: Loads | None = None,
    conditions: Conditions | None = None,
) -> Route | Nowhere:
    """What the list says about a petition now: the decision, or why there is none. Changes nothing.

    The petition need not be stored: see imagined(). Whoever routes many asks for the list once and passes it as `held`,
    and one Loads and the `conditions` of their matters for all.
    """
    held = held or snapshot.current()
    return route(facts=facts_of(petition=petition, at=at, held=held, loads=loads or Loads(), conditions=conditions))


def routes_of(*, petitions: Sequence[Petition], at: datetime) -> list[Route | Nowhere]:
    """The same about several: the list, the loads of all units concerned and the conditions are each asked for once."""
    held, loads = snapshot.current(), Loads()
    loads.of(_concerned(petitions, at, held))
    chosen = {one.category.matter_id for one in petitions if one.condition and one.category and one.category.matter_id}
    on = timezone.localtime(at).date()
    conditions = conditions_by_matter(matter_ids=chosen, on=on) if chosen else {}
    return [route_of(petition=one, at=at, held=held, loads=loads, conditions=conditions) for one in petitions]


def _concerned(petitions: Iterable[Petition], at: datetime, held: Snapshot) -> set[int]:
    """The units whose loads may decide about any of these petitions."""
    found: set[int] = set()
    for one in petitions:
        matter_id = one.category.matter_id if one.category else None
        lead = responsible_for(matter_id=matter_id, place=one.place, at=at, held=held).lead if matter_id else None
        if lead is not None:
            found |= {lead.unit_id, *agencies_at(department_id=lead.unit_id, place=one.place, held=held)}
    return found


def facts_of(
    *, petition: Petition, at: datetime, held: Snapshot, loads: Loads, conditions: Conditions | None = None
) -> Facts:
    """Everything that decides about a petition at an instant."""
    matter = petition.category.matter if petition.category else None
    fallback, fallback_by = _fallback(matter, petition.urgency)
    working = within_hours(calendar=current(at=at), at=at)
    common: dict[str, Any] = {
        "category": petition.category_id or "",
        "urgency": petition.urgency,
        "working": working,
        "fallback": fallback,
        "fallback_by": fallback_by,
    }
    if matter is None:
        return Facts(**common)
    found = responsible_for(matter_id=matter.pk, place=petition.place, at=at, held=held)
    lead = found.lead
    agencies = agencies_at(department_id=lead.unit_id, place=petition.place, held=held) if lead else ()
    return Facts(
        **common,
        matter=matter.code,
        domain=matter.domain,
        place=petition.place,
        condition=condition_limit(petition=petition, at=at, conditions=conditions),
        responsibility=found,
        agencies=agencies,
        duty=None if working else on_duty(place=petition.place, at=at, held=held),
        loads=loads.of([lead.unit_id, *agencies]) if lead else {},
    )


def on_duty(*, place: str, at: datetime, held: Snapshot) -> Candidate | None:
    """Who is on duty at a place outside working hours, by the list's own row; None where it has none."""
    matter_id = matter_id_of(code=DUTY_MATTER, held=held)
    return responsible_for(matter_id=matter_id, place=place, at=at, held=held).lead if matter_id else None


def imagined(*, category: Category, place: str, urgency: str = "", condition: str = "") -> Petition:
    """A petition that nobody filed, to ask where it would go. It is never stored."""
    codes = {name: place[:digits] for digits, name in PLACE_COLUMNS if len(place) >= digits}
    return Petition(category=category, urgency=urgency or category.urgency, condition=condition, **codes)


def condition_limit(
    *, petition: Petition, at: datetime, conditions: Conditions | None = None
) -> tuple[str, Limit] | None:
    """Code and limit of the filing condition that was chosen, as it stands on the day; None without one."""
    if not petition.condition or petition.category is None or petition.category.matter_id is None:
        return None
    matter_id = petition.category.matter_id
    known = conditions_of(matter_id=matter_id, at=at) if conditions is None else conditions.get(matter_id, ())
    for one in known:
        if one.code == petition.condition:
            return one.code, Limit(one.limit_value, one.limit_unit)
    return None


def fallback_limit(*, petition: Petition, at: datetime) -> tuple[Limit, str]:
    """The limit where no row of the list gives one, and where it comes from: condition, matter, or urgency."""
    if chosen := condition_limit(petition=petition, at=at):
        return chosen[1], LimitBy.CONDITION
    return _fallback(petition.category.matter if petition.category else None, petition.urgency)


def _fallback(matter: Matter | None, urgency: str) -> tuple[Limit, str]:
    if matter is not None and matter.limit_value:
        return Limit(matter.limit_value, matter.limit_unit), LimitBy.MATTER
    return usual_limit(urgency=urgency), LimitBy.URGENCY


def moves_of(*, order: WorkOrder, actor: Actor, at: datetime | None = None) -> list[Move]:
    """What the actor may do with an order now, and why not where not. `at`: whether its time is over is asked too."""
    offered = WORKFLOW.moves(state=order.state, verdict=lambda row: move_verdict(row=row, order=order, actor=actor))
    return timely([move for move in offered if move.move not in BY_SYSTEM], order=order, at=at)


def open_order_of(*, petition: Petition) -> WorkOrder | None:
    """The order that is open for a petition, or the last one there was."""
    return WorkOrder.objects.filter(petition=petition).select_related("unit", "entry").order_by("-assigned_at").first()


def cooperating_only(*, order_ids: Sequence[UUID]) -> set[UUID]:
    """Those among the orders whose township or village the list let only cooperate on their day (R4). One query.

    Since the database refuses such orders there can only be older ones, and those under a list that was corrected.
    """
    if not order_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(COOPERATING_ONLY, [list(order_ids)])
        return {row[0] for row in cursor.fetchall()}


COOPERATING_ONLY = """
SELECT ordered.id FROM dispatch_workorder ordered JOIN organizations_unit unit ON unit.id = ordered.unit_id
 WHERE ordered.id = ANY(%s::uuid[]) AND unit.kind IN ('township', 'village')
   AND dispatch_cooperating_entry(ordered.unit_id, ordered.petition_id, ordered.place, ordered.assigned_at) IS NOT NULL
"""
