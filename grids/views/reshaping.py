"""Splitting a grid and merging two: first what it would come to, on the map and in words, then the deed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import shapely
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grids.choices import Part
from grids.forms.reshaping import Merge, Split
from grids.models import Cell, CellPlan
from grids.policies import KEEP
from grids.queries import caring_for, forget
from grids.queries.planning import standing
from grids.queries.reshaping import Piece, Served, faults_in, neighbours_of, open_in, serving
from grids.queries.topology import Fault
from grids.services.planning import plan_merger, plan_split
from grids.services.reshaping import Fresh, line_for, merge_cells, planned_merger, planned_split, split_cell
from kernel import clock
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.permissions import require
from organizations.queries import may_anywhere

METHODS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
COMES_BACK = frozenset({400, 404, 409, 412, 422, 503})
Context = dict[str, Any]


@login_required
@require_http_methods(METHODS)
def split(request: ActorRequest, code: str) -> HttpResponse:
    """One grid in two. "Preview" shows what it would come to, and saves nothing."""
    old, at = _held(request, code), clock.now()
    people = serving([code], at=at)
    named = {"first_name": f"{old.name}-1", "second_name": f"{old.name}-2", "on": clock.today()}
    form = Split(_posted(request), version=old.version, people=people, initial=named)
    context: Context = {"cell": old, "form": form, "people": people, "caring": caring_for(code, at=at), "at": at}

    def plan() -> None:
        said = form.cleaned_data
        line = line_for(old, cut=said["cut"], drawn=said["line"])
        pieces = planned_split(old, line=line)
        said["line"] = line
        context["line"] = line
        said["households"], said["residents"] = _shared(old, said, pieces)
        rest = 1 if said["rest"] == Part.SECOND else 0
        counts = [(said["households"], said["residents"])]
        counts.append((old.households - counts[0][0], old.residents - counts[0][1]))
        names = [said["first_name"], said["second_name"]]
        context.update(_planned(pieces, names=names, counts=counts, olds=[old], rest=rest), on=said["on"])

    def act() -> Any:
        said = form.cleaned_data
        first = Fresh(name=said["first_name"], households=said["households"], residents=said["residents"])
        second = Fresh(
            name=said["second_name"], households=old.households - first.households,
            residents=old.residents - first.residents,
        )  # fmt: skip
        return _now_or_then(split_cell, plan_split, said["on"])(
            code=code, line=said["line"], first=first, second=second, staff=form.staff(), reason=said["reason"],
            rest=said["rest"], version=said["version"], actor=request.actor, at=at,
        )  # fmt: skip

    return _answer(request, "grids/split.html", form=form, plan=plan, act=act, context=context)


@login_required
@require_http_methods(METHODS)
def merge(request: ActorRequest, code: str) -> HttpResponse:
    """Two neighbours in one. "Preview" shows what it would come to, and saves nothing."""
    old, at = _held(request, code), clock.now()
    near = neighbours_of(old)
    first = {"name": old.name, "other": request.GET.get("other", "")[:15], "on": clock.today()}
    form = Merge(_posted(request), version=old.version, neighbours=near, initial=first)
    context: Context = {"cell": old, "form": form, "near": near, "at": at}

    def plan() -> None:
        other = form.cleaned_data["other"]
        olds = [old, other]
        context["people"] = serving([code, other.code], at=at)
        context["caring"] = [*caring_for(code, at=at), *caring_for(other.code, at=at)]
        counts = [(old.households + other.households, old.residents + other.residents)]
        pieces = planned_merger(olds)
        context.update(_planned(pieces, names=[form.cleaned_data["name"]], counts=counts, olds=olds))
        context["on"] = form.cleaned_data["on"]

    def act() -> Any:
        said = form.cleaned_data
        return _now_or_then(merge_cells, plan_merger, said["on"])(
            code=code, other=said["other"].code, name=said["name"], reason=said["reason"], version=said["version"],
            other_version=said["other"].version, actor=request.actor, at=at,
        )  # fmt: skip

    return _answer(request, "grids/merge.html", form=form, plan=plan, act=act, context=context)


def _held(request: ActorRequest, code: str) -> Cell:
    require(may_anywhere(request.actor, capability=KEEP))
    forget()  # what somebody else has drawn a moment ago counts too
    held: Cell = get_object_or_404(Cell.objects.drawn().select_related("village"), code=code)
    return held


def _now_or_then(now: Callable[..., Any], then: Callable[..., Any], on: date | None) -> Callable[..., Any]:
    """The deed of today, or the one that plans it for another day."""
    return now if on is None or on == clock.today() else partial(then, on=on)


def _answer(
    request: ActorRequest,
    template: str,
    *,
    form: Any,
    plan: Callable[[], None],
    act: Callable[[], Any],
    context: Context,
) -> HttpResponse:
    """Show the form, the plan beside it, or do it. For the plan, what else is missing in the form is no matter."""
    if request.method != "POST":
        return _show(request, template, context, status=200)
    valid = form.is_valid()
    try:
        if not (valid or _ready(form)):
            return _show(request, template, context, status=UNPROCESSABLE)
        plan()
        if "check" in request.POST:
            _quiet(form)
            return _show(request, template, context, status=200)
        if not valid:
            return _show(request, template, context, status=UNPROCESSABLE)
        change = act()
    except DomainError as error:
        if error.status not in COMES_BACK:
            raise
        form.explain(error)
        return _show(request, template, context, status=error.status)
    if isinstance(change, CellPlan):
        messages.success(request, _("Planned."))
        return redirect("grids:plan", change.pk)
    messages.success(request, _("The map is changed."))
    return redirect("grids:card", change.successions.order_by("new__code").first().new.code)


def _ready(form: Any) -> bool:
    """Whether what the plan needs was said: everything but the reason and the people."""
    people = {one.key for one in getattr(form, "people", ())}
    return "check" in form.data and not set(form.errors) - {"reason", *people}


def _quiet(form: Any) -> None:
    """A preview does not ask for what belongs to the deed alone."""
    for name in ["reason", *(one.key for one in getattr(form, "people", ()))]:
        form.errors.pop(name, None)


def _shared(old: Cell, said: Context, pieces: Sequence[Piece]) -> tuple[int, int]:
    """Households and residents of the first; where nothing is said, as much as it has of the ground."""
    part = pieces[0].area_m2 / max(sum(one.area_m2 for one in pieces), 1)
    given = (said["households"], said["residents"])
    whole = (old.households, old.residents)
    first, second = (round(n * part) if one is None else one for one, n in zip(given, whole, strict=True))
    return first, second


def _planned(
    pieces: Sequence[Piece],
    *,
    names: Sequence[str],
    counts: Sequence[tuple[int, int]],
    olds: Sequence[Cell],
    rest: int = 0,
) -> Context:
    """What the page shows of a plan: the new grids with what goes on in each, and on the map what would not fit."""
    faults = faults_in(pieces, olds=olds)
    going = open_in(pieces, olds=olds, rest=rest)
    rows = [
        {"piece": piece, "name": name, "households": people[0], "residents": people[1], "open": n}
        for piece, name, people, n in zip(pieces, names, counts, going, strict=True)
    ]
    return {"plan": rows, "faults": faults, "shapes": _features(rows, faults)}


def _features(rows: Sequence[Context], faults: Sequence[Fault]) -> Context:
    features = [
        _feature(dict(shapely.geometry.mapping(row["piece"].shape)), part=n, label=f"{row['name']} {row['piece'].code}")
        for n, row in enumerate(rows, start=1)
    ]
    features += [_feature(one.shape, fault=True, label=one.why) for one in faults]
    return {"type": "FeatureCollection", "features": features}


def _feature(geometry: Any, **properties: Any) -> Context:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _show(request: ActorRequest, template: str, context: Context, *, status: int) -> HttpResponse:
    old = context["cell"]
    whole = {
        "standing": standing(old),
        "shapes": {"type": "FeatureCollection", "features": []},
        "neighbours": f"{reverse('grids:cells')}?inside={old.village_id}",
        "people_fields": _people_fields(context["form"], context.get("people", ())),
    }
    return render(request, template, whole | context, status=status)


def _people_fields(form: Any, people: Sequence[Served]) -> list[Any]:
    return [form[one.key] for one in people if one.key in form.fields]


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None
