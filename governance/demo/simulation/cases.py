"""A case as the play knows it: its row, its latest order, and how often each thing has happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from dispatch.models import WorkOrder
from kernel.models import Event
from petitions.models import Petition


@dataclass(slots=True)
class Case:
    """One petition in the play. `key` names it in decisions of chance; `category_code` is what it is truly about."""

    key: str
    petition: Petition
    category_code: str
    twin_of: str = ""
    order: WorkOrder | None = None
    told: Counter[str] = field(default_factory=Counter)

    @property
    def field_code(self) -> str:
        """The top category, two digits."""
        return self.category_code[:2]


def refresh(cases: Iterable[Case]) -> None:
    """Read petitions and latest orders anew, in two queries for all of them."""
    wanted = {case.petition.pk: case for case in cases}
    for petition in Petition.objects.filter(pk__in=wanted):
        wanted[petition.pk].petition = petition
    for order in WorkOrder.objects.filter(petition__in=wanted).order_by("assigned_at", "pk"):
        wanted[order.petition_id].order = order


def recount(cases: Iterable[Case]) -> None:
    """Count the events of cases that were not watched from their beginning."""
    wanted = {case.petition.pk: case for case in cases}
    for case_id, name in Event.objects.filter(case_id__in=list(wanted)).values_list("case_id", "name"):
        wanted[case_id].told[name] += 1


def happened_after(event_id: int) -> list[tuple[int, UUID, str]]:
    """The events after one, as id, case and name."""
    return list(Event.objects.filter(pk__gt=event_id).order_by("pk").values_list("pk", "case_id", "name"))
