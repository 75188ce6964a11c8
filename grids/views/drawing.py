"""Drawing a grid: the faults are shown on the map before anything is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grids.forms.drawing import Draw
from grids.geometry import area_m2, read_boundary
from grids.models import Cell
from grids.policies import KEEP
from grids.queries import forget
from grids.queries.planning import standing
from grids.queries.topology import Fault, faults_of
from grids.services import draw_cell
from kernel import clock
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.permissions import require
from organizations.queries import may_anywhere

METHODS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
COMES_BACK = frozenset({400, 404, 409, 412, 422, 503})


@login_required
@require_http_methods(METHODS)
def draw(request: ActorRequest, code: str = "") -> HttpResponse:
    """Draw a new grid, or one that is there anew. "Check" shows what would not fit, and saves nothing."""
    require(may_anywhere(request.actor, capability=KEEP))
    held = get_object_or_404(Cell.objects.drawn(), code=code) if code else None
    initial = Draw.initial_of(held) if held else {"version": 0, "households": 0, "residents": 0}
    form = Draw(request.POST if request.method == "POST" else None, initial=initial, held=held is not None)
    if request.method != "POST":
        return _show(request, form, held=held, faults=[], status=200)
    if not form.is_valid():
        return _show(request, form, held=held, faults=[], status=UNPROCESSABLE)
    return _posted(request, form, held=held)


def _posted(request: ActorRequest, form: Draw, *, held: Cell | None) -> HttpResponse:
    said = dict(form.cleaned_data)
    faults: list[Fault] = []
    try:
        shape = read_boundary(boundary=said["boundary"])
        forget()  # what somebody else has drawn a moment ago counts too
        faults = faults_of(code=said["code"], kind=said["kind"], shape=shape)
        if "check" in request.POST:
            return _show(request, form, held=held, faults=faults, status=200, checked=area_m2(shape))
        drawn = draw_cell(actor=request.actor, at=clock.now(), **said)
    except DomainError as error:
        if error.status not in COMES_BACK:
            raise
        form.explain(error)
        return _show(request, form, held=held, faults=faults, status=error.status)
    messages.success(request, _("Saved."))
    return redirect("grids:card", drawn.code)


def _show(
    request: ActorRequest,
    form: Draw,
    *,
    held: Cell | None,
    faults: list[Fault],
    status: int,
    checked: int | None = None,
) -> HttpResponse:
    around = held.code[:9] if held else ""
    features = [
        {"type": "Feature", "geometry": one.shape, "properties": {"label": one.why, "blocking": one.blocking}}
        for one in faults
    ]
    context: dict[str, Any] = {
        "form": form,
        "cell": held,
        "standing": standing(held) if held else [],
        "faults": faults,
        "fault_shapes": {"type": "FeatureCollection", "features": features},
        "checked": checked,
        "neighbours": f"{reverse('grids:cells')}?inside={around}" if around else reverse("grids:cells"),
    }
    return render(request, "grids/draw.html", context, status=status)
