"""Who serves a grid, from when until when: those posted to it, and those who stand on its card alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grids.forms.staffing import EndStaff, Staff
from grids.models import Cell, CellStaff
from grids.policies import KEEP
from grids.queries.cards import missing_of, staff_of
from grids.services.staffing import staff_cell, unstaff_cell
from kernel import clock
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.permissions import require
from organizations.models import Posting
from organizations.queries import may_anywhere

METHODS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
SHOWN = 200


@login_required
@require_http_methods(METHODS)
def staff(request: ActorRequest, code: str) -> HttpResponse:
    """Everybody who serves the grid or did, and a form for one more."""
    held, form = _held(request, code), Staff(request.POST or None, initial={"valid_from": clock.today()})
    if request.method != "POST":
        return _show(request, held, form, status=200)
    if not form.is_valid():
        return _show(request, held, form, status=UNPROCESSABLE)
    try:
        staff_cell(code=code, actor=request.actor, at=clock.now(), **form.cleaned_data)
    except DomainError as error:
        form.explain(error)
        return _show(request, held, form, status=error.status)
    messages.success(request, _("Saved."))
    return redirect("grids:staff", code)


@login_required
@require_http_methods(METHODS)
def end(request: ActorRequest, code: str, staff_id: int) -> HttpResponse:
    """Take somebody off the card from a day on."""
    held = _held(request, code)
    one = get_object_or_404(CellStaff, pk=staff_id, cell=held)
    form = EndStaff(request.POST or None, initial={"on": clock.today()})
    context = {"cell": held, "form": form, "one": one}
    if request.method != "POST":
        return render(request, "grids/staff_end.html", context)
    if not form.is_valid():
        return render(request, "grids/staff_end.html", context, status=UNPROCESSABLE)
    try:
        unstaff_cell(staff_id=staff_id, on=form.cleaned_data["on"], actor=request.actor, at=clock.now())
    except DomainError as error:
        form.explain(error)
        return render(request, "grids/staff_end.html", context, status=error.status)
    messages.success(request, _("Saved."))
    return redirect("grids:staff", code)


def _held(request: ActorRequest, code: str) -> Cell:
    require(may_anywhere(request.actor, capability=KEEP))
    held: Cell = get_object_or_404(Cell.objects.drawn(), code=code)
    return held


def _show(request: ActorRequest, held: Cell, form: Staff, *, status: int) -> HttpResponse:
    at, today = clock.now(), clock.today()
    posted = Posting.objects.filter(cell_code=held.code).select_related("user", "unit").order_by("-valid_from", "-pk")
    carded = CellStaff.objects.filter(cell=held).order_by("-valid_from", "-pk")
    rows = [_posted(one, over=one.valid_until is not None and one.valid_until <= at) for one in posted[:SHOWN]]
    rows += [_carded(one, over=one.valid_until is not None and one.valid_until <= today) for one in carded[:SHOWN]]
    context = {
        "cell": held,
        "form": form,
        "rows": [one for one in rows if not one["over"]],
        "past": [one for one in rows if one["over"]],
        "missing": missing_of(held, staff_of(held, at=at)),
    }
    return render(request, "grids/staff.html", context, status=status)


def _posted(one: Posting, *, over: bool) -> dict[str, Any]:
    return {
        "name": str(one.user), "role": one.get_role_display(), "phone": one.user.work_phone, "since": one.valid_from,
        "until": one.valid_until, "over": over, "unit": one.unit,
    }  # fmt: skip


def _carded(one: CellStaff, *, over: bool) -> dict[str, Any]:
    return {
        "name": one.name, "role": one.get_kind_display(), "phone": one.phone, "since": one.valid_from,
        "until": one.valid_until, "over": over, "staff": one.pk if one.valid_until is None else None,
    }  # fmt: skip
