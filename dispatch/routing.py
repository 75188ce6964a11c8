"""Which unit: decided by the list, with the row and the reason of every step. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dispatch.choices import LimitBy, NoRoute, PassedOver, RouteReason
from dispatch.detours import DETOURS
from kernel.worktime import Limit
from organizations.choices import LeadRule
from organizations.queries import Candidate, Responsibility

REASONS = {
    LeadRule.UNIT: RouteReason.BY_LIST,
    LeadRule.VILLAGE_OF_PLACE: RouteReason.BY_VILLAGE,
    LeadRule.TOWNSHIP_OF_PLACE: RouteReason.BY_TOWNSHIP,
}
Said = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that decides. The same facts always give the same unit.

    `working`: whether it is within working hours; `condition`: code and limit of the filing condition; `fallback`: the
    limit where neither condition nor row has one, and where that comes from; `agencies`: those of the listed department
    at the place; `duty`: who is on duty there; `loads`: open orders by unit, as far as they were counted.
    """

    fallback: Limit
    fallback_by: str
    category: str = ""
    matter: str = ""
    domain: str = ""
    place: str = ""
    urgency: str = ""
    working: bool = True
    condition: tuple[str, Limit] | None = None
    responsibility: Responsibility | None = None
    agencies: tuple[int, ...] = ()
    duty: Candidate | None = None
    loads: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A unit that cooperates: the row of the list that says so, and the words in which it does; both may be lacking."""

    unit_id: int
    entry_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The decision: one lead with the row that named it, those that assist, who else was looked at, and each step."""

    unit_id: int
    entry_id: int | None
    entry_code: str
    reason: str
    limit: Limit
    basis: str
    assists: tuple[int, ...]
    refused: tuple[Said, ...]
    limit_by: str = ""
    cooperating: tuple[Said, ...] = ()
    steps: tuple[Said, ...] = ()
    beside: tuple[Beside, ...] = ()

    def record(self) -> Said:
        """What is stored with the order, so that the decision can be explained for ever."""
        return {
            "unit": self.unit_id,
            "entry": self.entry_code,
            "reason": self.reason,
            "limit": [str(self.limit.value), self.limit.unit],
            "limit_by": self.limit_by,
            "basis": self.basis,
            "assists": list(self.assists),
            "cooperating": list(self.cooperating),
            "refused": list(self.refused),
            "steps": list(self.steps),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Nowhere:
    """The list has no answer. The centre decides, and the reason names the gap."""

    reason: str
    refused: tuple[Said, ...] = ()
    steps: tuple[Said, ...] = ()
    assists: tuple[int, ...] = ()

    def record(self) -> Said:
        """The same shape as a decision, for those who ask without deciding."""
        return {
            "refused": list(self.refused),
            "steps": list(self.steps),
            "assists": list(self.assists),
        }


@dataclass(slots=True)
class _Taken:
    """Who takes it in the end, and what was looked at on the way."""

    lead: Candidate
    unit_id: int
    reason: str
    row: Candidate
    refused: list[Said] = field(default_factory=list)
    steps: list[Said] = field(default_factory=list)


def route(*, facts: Facts) -> Route | Nowhere:
    """Decide, step by step: category, place, list, hours, agency, load, limit."""
    steps: list[Said] = [{"step": "category", "code": facts.category, "matter": facts.matter}]
    found = facts.responsibility
    if not facts.category or found is None:
        lacking = NoRoute.NO_MATTER if facts.category else NoRoute.NO_CATEGORY
        return Nowhere(reason=lacking, steps=tuple(steps))
    steps.append({"step": "place", "code": facts.place})
    refused = [_passed(one, one.unit_id, one.reason) for one in found.refused]
    assists = tuple(dict.fromkeys(one.unit_id for one in found.assists))
    if found.lead is None:
        return Nowhere(reason=NoRoute.NO_LEAD, refused=tuple(refused), steps=tuple(steps), assists=assists)
    steps.append({"step": "list", "entry": found.lead.entry_code, "area": found.lead.area_code,
                  "unit": found.lead.unit_id})  # fmt: skip
    taken = _take(facts, found.lead, assists)
    limit, limit_by = _limit(facts, found.lead)
    condition = facts.condition[0] if facts.condition else ""
    last = {"step": "limit", "by": limit_by, "code": condition, "limit": [str(limit.value), limit.unit]}
    beside = () if taken.unit_id == found.lead.unit_id else (found.lead.unit_id,)
    return Route(
        unit_id=taken.unit_id,
        entry_id=taken.row.entry_id,
        entry_code=taken.row.entry_code,
        reason=taken.reason,
        limit=limit,
        limit_by=limit_by,
        basis=taken.row.basis,
        assists=tuple(one for one in dict.fromkeys((*beside, *assists)) if one != taken.unit_id),
        cooperating=tuple(_cooperates(one) for one in found.assists),
        refused=(*taken.refused, *refused),
        steps=(*steps, *taken.steps, _load_step(facts, found.lead), last),
        beside=(*(Beside(unit_id=one) for one in beside), *_besides(found)),
    )


def _take(facts: Facts, lead: Candidate, assists: Sequence[int]) -> _Taken:
    """Whether somebody takes it in the place of the listed unit: the first row of the table that finds a body."""
    taken = _Taken(lead, lead.unit_id, REASONS[LeadRule(lead.rule)], lead)
    taken.steps.append({"step": "hours", "working": facts.working, "urgency": facts.urgency})
    fitting = [row for row in DETOURS if row.fits(field=facts.domain, urgency=facts.urgency, working=facts.working)]
    for row in fitting:
        finder = _to_duty if row.to == RouteReason.BY_DUTY else _to_agency
        if finder(taken, facts, assists):
            return taken
    if facts.agencies and not any(row.to == RouteReason.BY_AGENCY for row in fitting):
        taken.refused += [_passed(lead, one, PassedOver.BY_DEPARTMENT) for one in facts.agencies]
    return taken


def _to_duty(taken: _Taken, facts: Facts, assists: Sequence[int]) -> bool:
    """The unit on duty at the place, by its own row of the list; never one that only cooperates in the matter."""
    duty = facts.duty
    if duty is None or duty.unit_id == taken.lead.unit_id:
        return False
    if duty.unit_id in assists:
        taken.refused.append(_passed(duty, duty.unit_id, PassedOver.COOPERATES))
        return False
    taken.unit_id, taken.reason, taken.row = duty.unit_id, RouteReason.BY_DUTY, duty
    taken.steps.append({"step": "duty", "entry": duty.entry_code, "unit": duty.unit_id})
    taken.refused.append(_passed(taken.lead, taken.lead.unit_id, PassedOver.ON_DUTY))
    return True


def _to_agency(taken: _Taken, facts: Facts, assists: Sequence[int]) -> bool:
    """The department's agency at the place; of equals the one with fewer open orders, then the first by code."""
    able = [one for one in facts.agencies if one not in assists]
    taken.refused += [_passed(taken.lead, one, PassedOver.COOPERATES) for one in facts.agencies if one in assists]
    if not able:
        return False
    chosen = min(able, key=lambda one: facts.loads.get(one, 0))
    taken.unit_id, taken.reason = chosen, RouteReason.BY_AGENCY
    taken.steps.append({"step": "agency", "unit": chosen, "among": len(able)})
    taken.refused.append(_passed(taken.lead, taken.lead.unit_id, PassedOver.AGENCY))
    for other in able:
        if other != chosen:
            more = facts.loads.get(other, 0) > facts.loads.get(chosen, 0)
            taken.refused.append(_passed(taken.lead, other, PassedOver.MORE_LOAD if more else PassedOver.EQUAL))
    return True


def _load_step(facts: Facts, lead: Candidate) -> Said:
    """How many orders the candidates have open: shown to people, and between equals it decides."""
    shown = [one for one in (lead.unit_id, *facts.agencies) if one in facts.loads]
    return {"step": "load", "open": [[one, facts.loads[one]] for one in shown]}


def _limit(facts: Facts, lead: Candidate) -> tuple[Limit, str]:
    if facts.condition is not None:
        return facts.condition[1], LimitBy.CONDITION
    if lead.limit_value is not None:
        return Limit(lead.limit_value, lead.limit_unit), LimitBy.ENTRY
    return facts.fallback, facts.fallback_by


def _passed(row: Any, unit_id: int | None, reason: str) -> Said:
    """A candidate that did not get it: the row that speaks of it, and why."""
    return {
        "entry": row.entry_code,
        "unit": unit_id,
        "area": row.area_code,
        "duty": row.duty,
        "reason": str(reason),
    }


def _besides(found: Responsibility) -> tuple[Beside, ...]:
    return tuple(
        Beside(unit_id=one.unit_id, entry_id=one.entry_id, text=one.duty_text.strip()) for one in found.assists
    )


def _cooperates(one: Candidate) -> Said:
    return {"unit": one.unit_id, "entry": one.entry_code, "area": one.area_code}
