"""Choosing a unit where the list alone does not say: who had it before, or whom the centre or a ruling names."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.choices import LimitBy, OrderState, PassedOver, RouteReason
from dispatch.models import WorkOrder
from dispatch.queries import fallback_limit, route_of
from dispatch.routing import Beside, Nowhere, Route
from kernel.errors import Invalid
from organizations.choices import UnitKind
from organizations.models import Unit
from organizations.queries import snapshot
from petitions.models import Petition

# Whom the regulation on township duties protects (山东省乡镇人民政府工作条例 19): what only cooperates never leads.
PROTECTED = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)


def same_unit(*, petition: Petition, listed: Route | Nowhere) -> Route | Nowhere:
    """Dissatisfied: whoever handled it handles it again, with a fresh limit (R11), unless it only cooperates now."""
    own = WorkOrder.objects.filter(petition=petition)
    earlier = own.filter(state=OrderState.CLOSED).order_by("-assigned_at").first()
    if earlier is None or own.filter(round=petition.round).exists():
        return listed  # a return in the second round is for the list, or the centre, to answer
    if earlier.unit_id in listed.assists and _kind(earlier.unit_id) in PROTECTED:
        return listed
    return Route(
        unit_id=earlier.unit_id,
        entry_id=earlier.entry_id,
        entry_code=str(earlier.decision.get("entry", "")),
        reason=RouteReason.SAME_UNIT,
        limit=earlier.limit,
        limit_by=LimitBy.BEFORE,
        basis=str(earlier.decision.get("basis", "")),
        assists=tuple(one for one in earlier.assists if one != earlier.unit_id),
        refused=listed.refused,
        beside=_as_before(earlier, listed),
        steps=({"step": "before", "unit": earlier.unit_id, "round": earlier.round},),
    )


def _as_before(earlier: WorkOrder, listed: Route | Nowhere) -> tuple[Beside, ...]:
    """Whoever cooperated before does again, asked for what the list says today."""
    said = {one.unit_id: one for one in listed.beside} if isinstance(listed, Route) else {}
    return tuple(said.get(one, Beside(unit_id=one)) for one in earlier.assists if one != earlier.unit_id)


def by_center(*, petition: Petition, unit_id: int, at: datetime) -> Route:
    """The unit the centre names; the row passed over stands in the decision. Raises Invalid for a unit it may not."""
    held = snapshot.current()
    listed = route_of(petition=petition, at=at, held=held)
    _require_working(unit_id, held)
    if isinstance(listed, Route) and listed.unit_id == unit_id:
        return listed
    if unit_id in listed.assists and _is_only_cooperating(listed, unit_id):
        said = _("The list lets this unit only cooperate; it cannot be made to lead.")
        raise Invalid(said, code="only_cooperating", fields={"unit": [_("Only cooperating.")]})
    return _named(petition, listed, unit_id, at, reason=RouteReason.BY_CENTER, why=PassedOver.CENTER)


def by_ruling(*, petition: Petition, unit_id: int, basis: str, at: datetime) -> Route:
    """The unit that an adjudication names. A cooperating department may be named, a township never (R4).

    Raises Invalid for a unit that may not lead.
    """
    held = snapshot.current()
    listed = route_of(petition=petition, at=at, held=held)
    _require_working(unit_id, held)
    if unit_id in listed.assists and _kind(unit_id) in PROTECTED:
        said = _("The list lets this township only cooperate; not even an adjudication makes it lead.")
        raise Invalid(said, code="only_cooperating", fields={"unit": [_("Only cooperating.")]})
    return _named(petition, listed, unit_id, at, reason=RouteReason.BY_RULING, why=PassedOver.RULING, basis=basis)


def by_agreement(*, petition: Petition, unit_id: int, beside: tuple[Beside, ...], at: datetime) -> Route:
    """The unit that takes an order over from its lead, with those that cooperate; what only cooperates never leads.

    Raises Invalid for a unit that may not.
    """
    route = by_center(petition=petition, unit_id=unit_id, at=at)
    named = _named(
        petition, route, unit_id, at, reason=RouteReason.BY_AGREEMENT, why=PassedOver.HANDED_OVER, basis=route.basis
    )
    among = tuple(one for one in beside if one.unit_id != unit_id)
    return replace(
        named,
        entry_id=route.entry_id,
        entry_code=route.entry_code,
        limit=route.limit,
        limit_by=route.limit_by,
        assists=tuple(one.unit_id for one in among),
        beside=among,
    )


def _named(
    petition: Petition,
    listed: Route | Nowhere,
    unit_id: int,
    at: datetime,
    *,
    reason: str,
    why: str,
    basis: str = "",
) -> Route:
    refused: tuple[dict[str, Any], ...] = listed.refused
    if isinstance(listed, Route) and listed.unit_id != unit_id:
        passed = {"entry": listed.entry_code, "unit": listed.unit_id, "duty": "lead", "reason": str(why)}
        refused = (passed, *refused)
    limit, limit_by = fallback_limit(petition=petition, at=at)
    return Route(
        unit_id=unit_id,
        entry_id=None,
        entry_code="",
        reason=reason,
        limit=limit,
        limit_by=limit_by,
        basis=basis,
        assists=(),
        refused=refused,
        steps=(*listed.steps, {"step": "named", "by": reason, "unit": unit_id}),
    )


def _is_only_cooperating(listed: Route | Nowhere, unit_id: int) -> bool:
    """Whether a body is among those that the list lets cooperate; a department passed over for its agency is not."""
    if isinstance(listed, Nowhere):
        return True
    return any(one["unit"] == unit_id for one in listed.cooperating)


def _require_working(unit_id: int, held: snapshot.Snapshot) -> None:
    if unit_id not in held.working:
        raise Invalid(_("There is no such unit."), fields={"unit": [_("Unknown unit.")]})


def _kind(unit_id: int) -> str | None:
    return Unit.objects.filter(pk=unit_id).values_list("kind", flat=True).first()
