"""A case as the play knows it: how it stands, its latest order, and how often each thing has happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from calls.models import Call
from dispatch.models import JointTask
from governance.demo.simulation import sights
from governance.demo.simulation.sights import Seen, SeenOrder
from kernel import lanes
from kernel.models import Event
from mediation.models import MediationCase
from supervision.models import SupervisionOrder


@dataclass(slots=True)
class Case:
    """One petition in the play. `key` names it in decisions of chance; `category_code` is what it is truly about."""

    key: str
    id: UUID
    category_code: str
    twin_of: str = ""
    petition: Seen = field(init=False)
    order: SeenOrder | None = None
    mediation: MediationCase | None = None
    supervision: SupervisionOrder | None = None
    call: Call | None = None
    tasks: list[JointTask] = field(default_factory=list)  # that a unit, or the lead, still owes something to
    task: JointTask | None = None  # what its next step is about
    told: Counter[str] = field(default_factory=Counter)

    @property
    def field_code(self) -> str:
        """The top category, two digits."""
        return self.category_code[:2]


def refresh(cases: Iterable[Case]) -> None:
    """Read petitions, latest orders and mediations anew, in at most six queries for all of them."""
    wanted = {case.id: case for case in cases}
    if not wanted:
        return
    for petition in sights.petitions(wanted):
        wanted[petition.id].petition = petition
    ordered = [case_id for case_id, case in wanted.items() if case.told["order.assigned"]]
    for order in sights.orders(ordered) if ordered else ():
        wanted[order.petition_id].order = order
    _refresh_beside(wanted)
    _refresh_tasks({pk: case for pk, case in wanted.items() if case.told["joint.given"]})


def _refresh_tasks(joint: dict[UUID, Case]) -> None:
    """What units beside the lead still owe."""
    for case in joint.values():
        case.tasks = []
    owing = JointTask.objects.owing().select_related("unit").order_by("unit__code")
    for task in owing.filter(petition__in=list(joint)) if joint else ():
        joint[task.petition_id].tasks.append(task)


def _refresh_beside(wanted: dict[UUID, Case]) -> None:
    """What goes on beside the order: mediation, supervision, call."""
    disputed = [pk for pk, case in wanted.items() if case.told["mediation.opened"]]
    if disputed:
        for mediation in MediationCase.objects.filter(petition__in=disputed).order_by("opened_at"):
            wanted[mediation.petition_id].mediation = mediation
    supervised = [pk for pk, case in wanted.items() if case.told["supervision.proposed"]]
    if supervised:
        for issued in SupervisionOrder.objects.filter(petition__in=supervised).order_by("opened_at"):
            wanted[issued.petition_id].supervision = issued
    calling = [pk for pk, case in wanted.items() if case.told["call.filed"]]
    if calling:
        for call in Call.objects.filter(case_id__in=calling).select_related("category").order_by("filed_at"):
            wanted[call.case_id].call = call


def recount(cases: Iterable[Case]) -> None:
    """Count the events of cases that were not watched from their beginning."""
    wanted = {case.id: case for case in cases}
    for case_id, name in Event.objects.filter(case_id__in=list(wanted)).values_list("case_id", "name"):
        wanted[case_id].told[name] += 1


def happened_after(event_id: int) -> list[tuple[int, UUID, str]]:
    """The events after one, as id, case and name. Asked after every step, so it is asked in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, case_id, name FROM kernel_event WHERE id > %s ORDER BY id", [event_id])
        return list(cursor.fetchall())


def next_alarm() -> datetime | None:
    """When the next timer of the play is due."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(due_at) FROM kernel_timer WHERE state = 'armed' AND lane = %s", [lanes.HISTORY])
        found: datetime | None = cursor.fetchone()[0]
    return found
