"""Which unit: decided by the responsibility list alone, with the row and the reason. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dispatch.choices import NoRoute, RouteReason
from kernel.worktime import Limit
from organizations.choices import LeadRule
from organizations.queries import Candidate, Responsibility

REASONS = {
    LeadRule.UNIT: RouteReason.BY_LIST,
    LeadRule.VILLAGE_OF_PLACE: RouteReason.BY_VILLAGE,
    LeadRule.TOWNSHIP_OF_PLACE: RouteReason.BY_TOWNSHIP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The decision: one lead with the row that named it, those that assist, and who else was looked at."""

    unit_id: int
    entry_id: int | None
    entry_code: str
    reason: str
    limit: Limit
    basis: str
    assists: tuple[int, ...]
    refused: tuple[dict[str, Any], ...]

    def record(self) -> dict[str, Any]:
        """What is stored with the order, so that the decision can be explained for ever."""
        return {
            "unit": self.unit_id,
            "entry": self.entry_code,
            "reason": self.reason,
            "limit": [str(self.limit.value), self.limit.unit],
            "basis": self.basis,
            "assists": list(self.assists),
            "refused": list(self.refused),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Nowhere:
    """The list has no answer. The centre decides, and the reason names the gap."""

    reason: str
    refused: tuple[dict[str, Any], ...] = ()


def route(
    *, has_category: bool, has_matter: bool, responsibility: Responsibility | None, fallback: Limit
) -> Route | Nowhere:
    """Decide. `fallback` is the limit where neither the entry nor its matter has one."""
    if not has_category:
        return Nowhere(reason=NoRoute.NO_CATEGORY)
    if not has_matter or responsibility is None:
        return Nowhere(reason=NoRoute.NO_MATTER)
    refused = tuple(
        {"entry": one.entry_code, "unit": one.unit_id, "area": one.area_code, "duty": one.duty, "reason": one.reason}
        for one in responsibility.refused
    )
    lead = responsibility.lead
    if lead is None:
        return Nowhere(reason=NoRoute.NO_LEAD, refused=refused)
    return Route(
        unit_id=lead.unit_id,
        entry_id=lead.entry_id,
        entry_code=lead.entry_code,
        reason=REASONS[LeadRule(lead.rule)],
        limit=_limit(lead, fallback),
        basis=lead.basis,
        assists=_others(responsibility.assists, lead.unit_id),
        refused=refused,
    )


def _limit(lead: Candidate, fallback: Limit) -> Limit:
    return Limit(lead.limit_value, lead.limit_unit) if lead.limit_value is not None else fallback


def _others(assists: Sequence[Candidate], lead: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.unit_id for one in assists if one.unit_id != lead))
