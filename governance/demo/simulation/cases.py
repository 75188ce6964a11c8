"""A case as the play knows it: its row, its latest order, and how often each thing has happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from dispatch.models import WorkOrder
from kernel import lanes
from kernel.models import Event
from mediation.models import MediationCase
from petitions.models import Petition

# What planning looks at. Everything else stays in the database: these are read after every step.
SEEN_OF_PETITION = (
    "state", "urgency", "category_id", "channel", "source", "center_id", "involved", "round", "rung", "unroutable",
    "county_code", "township_code", "village_code", "cell_code", "reporter_user_id", "filed_at", "handled_at",
    "verified_at", "changed_at", "stage_due_at", "on_time",
)  # fmt: skip
SEEN_OF_ORDER = (
    "petition_id", "state", "unit_id", "round", "reworks", "bound", "assigned_at", "sign_due_at", "handle_due_at",
    "signed_at", "changed_at",
)  # fmt: skip


@dataclass(slots=True)
class Case:
    """One petition in the play. `key` names it in decisions of chance; `category_code` is what it is truly about."""

    key: str
    petition: Petition
    category_code: str
    twin_of: str = ""
    order: WorkOrder | None = None
    mediation: MediationCase | None = None
    told: Counter[str] = field(default_factory=Counter)

    @property
    def field_code(self) -> str:
        """The top category, two digits."""
        return self.category_code[:2]


def refresh(cases: Iterable[Case]) -> None:
    """Read petitions, latest orders and mediations anew, in at most three queries for all of them."""
    wanted = {case.petition.pk: case for case in cases}
    if not wanted:
        return
    for petition in Petition.objects.filter(pk__in=list(wanted)).only(*SEEN_OF_PETITION):
        wanted[petition.pk].petition = petition
    ordered = [pk for pk, case in wanted.items() if case.told["order.assigned"]]
    if ordered:
        orders = WorkOrder.objects.filter(petition__in=ordered).only(*SEEN_OF_ORDER)
        for order in orders.order_by("assigned_at", "pk"):
            wanted[order.petition_id].order = order
    disputed = [pk for pk, case in wanted.items() if case.told["mediation.opened"]]
    if disputed:
        for mediation in MediationCase.objects.filter(petition__in=disputed).order_by("opened_at"):
            wanted[mediation.petition_id].mediation = mediation


def recount(cases: Iterable[Case]) -> None:
    """Count the events of cases that were not watched from their beginning."""
    wanted = {case.petition.pk: case for case in cases}
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
