"""Choosing a unit where the list alone does not say: who had it before, or whom the centre names."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dispatch.choices import OrderState, RouteReason
from dispatch.models import WorkOrder
from dispatch.queries import fallback_limit, route_of
from dispatch.routing import Nowhere, Route
from kernel.errors import Invalid
from organizations.models import Unit
from petitions.models import Petition


def same_unit(*, petition: Petition, listed: Route | Nowhere) -> Route | Nowhere:
    """Dissatisfied: whoever handled it handles it again, with a fresh limit (R11)."""
    own = WorkOrder.objects.filter(petition=petition)
    earlier = own.filter(state=OrderState.CLOSED).order_by("-assigned_at").first()
    if earlier is None or own.filter(round=petition.round).exists():
        return listed  # a return in the second round is for the list, or the centre, to answer
    return Route(
        unit_id=earlier.unit_id,
        entry_id=earlier.entry_id,
        entry_code=str(earlier.decision.get("entry", "")),
        reason=RouteReason.SAME_UNIT,
        limit=earlier.limit,
        basis=str(earlier.decision.get("basis", "")),
        assists=tuple(earlier.assists),
        refused=listed.refused,
    )


def by_center(*, petition: Petition, unit_id: int, at: datetime) -> Route:
    """The unit the centre names; the row passed over stands in the decision. Raises Invalid for a unit it may not."""
    if not Unit.objects.working().filter(pk=unit_id).exists():
        raise Invalid(_("There is no such unit."), fields={"unit": [_("Unknown unit.")]})
    listed = route_of(petition=petition, at=at)
    refused = listed.refused
    if isinstance(listed, Route):
        if listed.unit_id == unit_id:
            return listed
        if unit_id in listed.assists:
            said = _("The list lets this unit only cooperate; it cannot be made to lead.")
            raise Invalid(said, code="only_cooperating", fields={"unit": [_("Only cooperating.")]})
        refused = ({"entry": listed.entry_code, "unit": listed.unit_id, "duty": "lead", "reason": "center"}, *refused)
    return Route(
        unit_id=unit_id,
        entry_id=None,
        entry_code="",
        reason=RouteReason.BY_CENTER,
        limit=fallback_limit(petition=petition),
        basis="",
        assists=(),
        refused=refused,
    )
