"""What is planned for a grid, and why something planned came to nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grids.choices import PlanState
from grids.models import Cell, CellPlan

SHOWN_FOR = timedelta(days=30)
FAULTS: dict[str, str | Promise] = {
    "stale": _("A grid was changed after this was planned."),
    "missing": _("A grid was no longer on the map."),
    "does_not_fit": _("The map around it had changed, and the new grids would not fit any more."),
    "conflict": _("The grid could not be changed as it stood on that day."),
    "invalid": _("Somebody served the grid of whom nothing was said in the plan."),
    "not_allowed": _("Whoever planned it might not do it any more."),
}


def why_refused(plan: CellPlan) -> str:
    """In the language of the reader; "" where it was not refused."""
    if not plan.fault:
        return ""
    return str(FAULTS.get(plan.fault, _("It failed: a fault of ours. Tell whoever runs this system.")))


def standing(cell: Cell) -> list[CellPlan]:
    """The plans that come to nothing when the grid is changed before their day, the first of them first. One query."""
    return list(CellPlan.objects.filter(state=PlanState.PLANNED, cells__cell=cell).order_by("on", "pk"))


def plans_of(cell: Cell, *, keeps: bool, at: datetime) -> list[CellPlan]:
    """What is planned for a grid; for whoever keeps the map also what came to nothing lately. One query."""
    wanted = Q(state=PlanState.PLANNED)
    if keeps:
        wanted |= Q(state=PlanState.REFUSED, ended_at__gt=at - SHOWN_FOR)
    return list(CellPlan.objects.filter(wanted, cells__cell=cell).order_by("-on", "-pk"))
