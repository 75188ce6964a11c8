"""What the list would decide about a petition, in words, before anybody decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from dispatch.choices import NoRoute, RouteReason
from dispatch.queries import route_of
from dispatch.routing import Nowhere
from kernel.worktime import Limit
from organizations.models import Unit
from petitions.models import Petition


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The unit with the row and the limit, or `nobody` with why."""

    unit: Unit | None
    entry: str = ""
    why: str | Promise = ""
    basis: str = ""
    limit: Limit | None = None
    assists: tuple[str, ...] = ()
    nobody: str | Promise = ""


def proposal_of(*, petition: Petition, at: datetime) -> Proposal:
    """Ask the list, and name the units that it names."""
    found = route_of(petition=petition, at=at)
    if isinstance(found, Nowhere):
        return Proposal(unit=None, nobody=NoRoute(found.reason).label)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[found.unit_id, *found.assists])}
    return Proposal(
        unit=units[found.unit_id],
        entry=found.entry_code,
        why=RouteReason(found.reason).label,
        basis=found.basis,
        limit=found.limit,
        assists=tuple(str(units[one]) for one in found.assists if one in units),
    )
