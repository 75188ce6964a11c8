"""Questions about facts and reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from assessment.choices import Audience, Counted
from assessment.indicators import BY_CODE
from assessment.models import CaseFact, OrderFact, Report, ReportLine
from assessment.scoring import CaseInput, OrderInput, Period
from dispatch.models import WorkOrder
from kernel.actors import Actor
from organizations.choices import Role, UnitKind
from organizations.models import Posting, Unit
from petitions.models import Petition

GROUPS: dict[str, Audience] = {
    UnitKind.COMMAND_CENTER: Audience.CENTERS,
    UnitKind.DEPARTMENT: Audience.DEPARTMENTS,
    UnitKind.STATIONED_AGENCY: Audience.DEPARTMENTS,
    UnitKind.UTILITY: Audience.DEPARTMENTS,
    UnitKind.ENTERPRISE: Audience.DEPARTMENTS,
    UnitKind.MEDIATION_COMMITTEE: Audience.DEPARTMENTS,
    UnitKind.TOWNSHIP: Audience.TOWNSHIPS,
    UnitKind.VILLAGE: Audience.VILLAGES,
}
ORDER_FIELDS = tuple(name for name in OrderInput.__dataclass_fields__ if name != "id")
CASE_FIELDS = tuple(name for name in CaseInput.__dataclass_fields__ if name != "id")


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody a figure is about: a unit, or a gridworker."""

    audience: str
    unit_id: int | None
    person_id: int | None
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Material:
    """The facts of one month by whom they count for."""

    orders_of_unit: dict[int, list[OrderInput]]
    orders_of_person: dict[int, list[OrderInput]]
    cases_of_unit: dict[int, list[CaseInput]]
    cases_of_center: dict[int, list[CaseInput]]
    reports_of_person: dict[int, list[CaseInput]]

    def facts(self, *, subject: Subject, of: str) -> Iterable[OrderInput] | Iterable[CaseInput]:
        """What counts for a subject, cases or orders."""
        if subject.person_id is not None:
            if of == Counted.ORDERS:
                return self.orders_of_person.get(subject.person_id, [])
            return self.reports_of_person.get(subject.person_id, [])
        assert subject.unit_id is not None  # a subject is a unit or a person
        if subject.audience == Audience.CENTERS:
            return self.cases_of_center.get(subject.unit_id, [])
        source = self.orders_of_unit if of == Counted.ORDERS else self.cases_of_unit
        return source.get(subject.unit_id, [])


def material(*, month: Period) -> Material:
    """The facts that some formula could count in a month; what R4 leaves out counts for no unit. Two statements."""
    found = Material(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for row in _orders(month).values("order_id", "unit_id", "handler_id", *ORDER_FIELDS).iterator():
        unit_id, handler_id = row.pop("unit_id"), row.pop("handler_id")
        order = OrderInput(id=row.pop("order_id"), **row)
        found.orders_of_unit[unit_id].append(order)
        if handler_id is not None:
            found.orders_of_person[handler_id].append(order)
    extra = ("petition_id", "center_id", "registrar_id", "by_gridworker", "scored")
    for row in _cases(month).values(*extra, *CASE_FIELDS).iterator():
        pk, center_id, registrar_id, by_gridworker, scored = (row.pop(name) for name in extra)
        case = CaseInput(id=pk, **row)
        found.cases_of_center[center_id].append(case)
        if case.last_unit_id is not None and scored:
            found.cases_of_unit[case.last_unit_id].append(case)
        if by_gridworker and registrar_id is not None:
            found.reports_of_person[registrar_id].append(case)
    return found


def _orders(month: Period) -> QuerySet[OrderFact]:
    touched = Q(sign_due_at__gte=month.start) | Q(completed_at__gte=month.start) | Q(assigned_at__gte=month.start)
    touched |= Q(objection_ruled_at__gte=month.start)
    return OrderFact.objects.filter(touched | Q(completed_at=None), assigned_at__lt=month.end, scored=True)


def _cases(month: Period) -> QuerySet[CaseFact]:
    inside = Q(closed_at__gte=month.start, closed_at__lt=month.end) | Q(filed_at__gte=month.start)
    return CaseFact.objects.filter(inside | Q(due_at__gte=month.start, due_at__lt=month.end), filed_at__lt=month.end)


def subjects(*, month: Period) -> Iterator[Subject]:
    """Everybody who could have a figure: working units, and gridworkers posted in the month. Two statements."""
    for unit in Unit.objects.working().select_related("area").order_by("code"):
        yield Subject(GROUPS[unit.kind], unit.pk, None, str(unit), unit.area.prefix)
    in_month = Q(valid_until__isnull=True) | Q(valid_until__gt=month.start)
    posted = Posting.objects.filter(in_month, role__in=(Role.GRIDWORKER, Role.GRID_LEADER), valid_from__lt=month.end)
    people = posted.select_related("user").order_by("user_id", "-valid_from").distinct("user_id")
    for posting in people:
        yield Subject(Audience.GRIDWORKERS, None, posting.user_id, str(posting.user), posting.cell_code)


def lines_of(*, report: Report, actor: Actor) -> QuerySet[ReportLine]:
    """The figures of a report that the actor may see, best ranks first, without the lists of what was counted."""
    lines: QuerySet[ReportLine] = ReportLine.objects.visible_to(actor).filter(report=report)
    return lines.defer("inputs", "hits").order_by("audience", "indicator", "rank", "-denominator", "name")


@dataclass(frozen=True, slots=True)
class Drilled:
    """One thing that a figure counted: its case, and whether it counted for the numerator too."""

    petition: Petition
    hit: bool
    order: WorkOrder | None


def drill(*, line: ReportLine, actor: Actor) -> tuple[list[Drilled], int]:
    """Exactly what a figure counted, as far as the actor sees the cases, and how many more there are."""
    hits = set(line.hits)
    orders: dict[UUID, WorkOrder] = {}
    if BY_CODE[line.indicator].of == Counted.ORDERS:
        orders = {one.pk: one for one in WorkOrder.objects.filter(pk__in=line.inputs).defer("result")}
    cases = {one: orders[one].petition_id if orders else one for one in line.inputs}
    seen: dict[Any, Petition] = {
        one.pk: one
        for one in Petition.objects.visible_to(actor).filter(pk__in=set(cases.values())).defer("description")
    }
    shown = [
        Drilled(seen[petition_id], counted in hits, orders.get(counted))
        for counted, petition_id in cases.items()
        if petition_id in seen
    ]
    shown.sort(key=lambda one: (one.hit, one.petition.filed_at))
    return shown, len(cases) - len(shown)
