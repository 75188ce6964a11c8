"""Everything that decides where a case goes and how long it may take, as one value: present rules, or tried ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils import timezone

from dispatch.detours import DUTY_MATTER
from dispatch.hours import within_hours
from dispatch.replay.cases import PastCase
from dispatch.routing import Facts, Route, route
from kernel.calendars import current
from kernel.worktime import Limit, WorkCalendar, deadline
from organizations.choices import AreaLevel
from organizations.models import FilingCondition, Matter
from organizations.places import area_code
from organizations.queries import Responsibility, responsible_for, snapshot
from organizations.queries.amendments import snapshot_after
from organizations.queries.snapshot import Snapshot
from organizations.queries.stations import Stations, stations
from petitions.models import Category
from petitions.queries import usual_limit
from registry.queries.plans import Plan, PlannedLine

Conditions = Mapping[tuple[int, str], Limit]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFacts:
    """What a matter itself says."""

    code: str
    domain: str
    limit: Limit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The list on a day, what hangs on it, and the calendar."""

    held: Snapshot
    stations: Stations
    on: date
    matters: Mapping[int, MatterFacts]
    matter_of: Mapping[str, int]
    conditions: Conditions
    calendar: WorkCalendar

    def responsible(self, *, matter_id: int, place: str) -> Responsibility:
        """What the list says of a matter at a place on the day. No query."""
        noon = timezone.make_aware(datetime.combine(self.on, time(12)))
        return responsible_for(matter_id=matter_id, place=place, at=noon, held=self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What rules say about a case: the unit or None, why, the limit, and until when."""

    unit: int | None
    reason: str
    entry: str = ""
    limit: Limit | None = None
    due_at: datetime | None = None


def present_rules(*, on: date, at: datetime) -> Rules:
    """The rules in force on a day. Four queries."""
    held = snapshot.current()
    conditions = FilingCondition.objects.in_force(on).values_list("matter_id", "code", "limit_value", "limit_unit")
    return Rules(
        held=held,
        stations=stations(held=held),
        on=on,
        matters={
            pk: MatterFacts(code=code, domain=domain, limit=Limit(value, unit) if value else None)
            for pk, code, domain, value, unit in Matter.objects.values_list(
                "pk", "code", "domain", "limit_value", "limit_unit"
            )
        },
        matter_of=dict(Category.objects.filter(matter__isnull=False).values_list("pk", "matter_id")),
        conditions={(matter, code): Limit(value, unit) for matter, code, value, unit in conditions},
        calendar=current(at=at),
    )


def with_plan(*, rules: Rules, plan: Plan) -> Rules:
    """The same rules with every line of a draft in force that has no fault."""
    conditions, matter_of = dict(rules.conditions), dict(rules.matter_of)
    for line in plan.lines:
        if not line.faults:
            _apply(line, plan.known.matters, conditions, matter_of)
    held = snapshot_after(amendments=plan.amendments, effective=plan.effective, held=rules.held)
    return replace(rules, held=held, conditions=conditions, matter_of=matter_of)


def _apply(
    line: PlannedLine,
    matters: Mapping[str, int],
    conditions: dict[tuple[int, str], Limit],
    matter_of: dict[str, int],
) -> None:
    """Filing conditions and attached categories, as the item would have them."""
    matter_id = matters.get(line.identity.matter) if line.identity else None
    if matter_id is None:
        return
    if any(change.name == "conditions" for change in line.fields):
        for key in [one for one in conditions if one[0] == matter_id]:
            del conditions[key]
        for said in line.content.conditions if line.content else ():
            if said.limit_value is not None:
                conditions[matter_id, said.code] = Limit(said.limit_value, said.limit_unit)
    for code in line.content.categories if line.content else ():
        matter_of[code] = matter_id


def decide(*, case: PastCase, rules: Rules) -> Answer:
    """Where the case would go under these rules, had it been accepted when it was. No query."""
    facts = _facts(case, rules)
    found = route(facts=facts)
    if not isinstance(found, Route):
        return Answer(unit=None, reason=found.reason)
    return Answer(unit=found.unit_id, reason=found.reason, entry=found.entry_code, limit=found.limit)


def due_under(*, case: PastCase, answer: Answer, rules: Rules) -> datetime | None:
    """Until when, by the limit of the answer and the calendar of the rules; None for a case that nobody gets."""
    if answer.limit is None:
        return None
    return deadline(start=case.accepted_at, limit=answer.limit, calendar=rules.calendar).at


def _facts(case: PastCase, rules: Rules) -> Facts:
    matter_id = rules.matter_of.get(case.category)
    matter = rules.matters.get(matter_id) if matter_id else None
    own = matter.limit if matter else None
    working = within_hours(calendar=rules.calendar, at=case.accepted_at)
    if matter is None or matter_id is None:
        return Facts(fallback=usual_limit(urgency=case.urgency), fallback_by="", category=case.category)
    found = rules.responsible(matter_id=matter_id, place=case.place)
    duty_matter = rules.stations.matters.get(DUTY_MATTER)
    limit = rules.conditions.get((matter_id, case.condition)) if case.condition else None
    lead = found.lead
    township = area_code(place=case.place, level=AreaLevel.TOWNSHIP)
    return Facts(
        fallback=own or usual_limit(urgency=case.urgency),
        fallback_by="",
        category=case.category,
        matter=matter.code,
        domain=matter.domain,
        place=case.place,
        urgency=case.urgency,
        working=working,
        condition=(case.condition, limit) if limit else None,
        responsibility=found,
        agencies=rules.stations.agencies.get((lead.unit_id, township), ()) if lead else (),
        duty=None
        if working or duty_matter is None
        else rules.responsible(matter_id=duty_matter, place=case.place).lead,
    )
