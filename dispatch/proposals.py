"""What the list would decide about a petition, in words, before anybody decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from dispatch.choices import NoRoute, RouteReason
from dispatch.queries import route_of, routes_of
from dispatch.routing import Nowhere, Route
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
    return _named([route_of(petition=petition, at=at)])[0]


def proposals_of(*, petitions: Iterable[Petition], at: datetime) -> dict[UUID, Proposal]:
    """What the list would decide about several; it is read once, as are the loads of the units and their names."""
    rows = list(petitions)
    found = _named(routes_of(petitions=rows, at=at))
    return {one.pk: proposal for one, proposal in zip(rows, found, strict=True)}


def _named(routes: Sequence[Route | Nowhere]) -> list[Proposal]:
    """With the names of their units. One query, none where there is no unit."""
    wanted = {unit for one in routes if isinstance(one, Route) for unit in (one.unit_id, *one.assists)}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted)} if wanted else {}
    return [_proposal(one, units) for one in routes]


def _proposal(found: Route | Nowhere, units: Mapping[int, Unit]) -> Proposal:
    if isinstance(found, Nowhere):
        return Proposal(unit=None, nobody=NoRoute(found.reason).label)
    return Proposal(
        unit=units[found.unit_id],
        entry=found.entry_code,
        why=RouteReason(found.reason).label,
        basis=found.basis,
        limit=found.limit,
        assists=tuple(str(units[one]) for one in found.assists if one in units),
    )
