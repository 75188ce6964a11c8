"""Handing in a file with grids, looking at what it would change, and applying it; and the map to take away."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import orjson
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grids.forms.importing import ImportFile
from grids.importing.reading import read_map
from grids.models import Cell, MapImport
from grids.policies import KEEP
from grids.services import importing
from kernel import clock
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.permissions import require
from kernel.uploads import on_disk
from organizations.queries import may_anywhere

UNPROCESSABLE = 422
SHOWN = 300
WORDS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "same": gettext_lazy("unchanged"),
    "faulty": gettext_lazy("faulty"),
}
COLOURS = {"new": "green", "changed": "blue", "same": "grey", "faulty": "red"}
FIRST = ("faulty", "changed", "new", "same")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: ActorRequest) -> HttpResponse:
    """Read a file; nothing changes before somebody has looked at what it would change."""
    require(may_anywhere(request.actor, capability=KEEP))
    form = ImportFile(request.POST or None, request.FILES or None)
    context = {"form": form, "last": MapImport.objects.defer("lines")[:5]}
    if request.method != "POST":
        return render(request, "grids/import.html", context)
    if not form.is_valid():
        return render(request, "grids/import.html", context, status=UNPROCESSABLE)
    try:
        with on_disk(form.cleaned_data["file"]) as path:
            read = read_map(path, system=form.cleaned_data["system"])
        made = importing.prepare_import(read=read, actor=request.actor, at=clock.now())
    except DomainError as error:
        form.explain(error)
        return render(request, "grids/import.html", context, status=error.status)
    return redirect("grids:import-preview", made.pk)


@login_required
@require_safe
def preview(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """What would become of each grid of the file, those with faults first."""
    require(may_anywhere(request.actor, capability=KEEP))
    held = MapImport.objects.filter(pk=import_id).first()
    if held is None:
        raise Http404
    counts = Counter(line["verdict"] for line in held.lines)
    lines = sorted(held.lines, key=lambda line: (FIRST.index(line["verdict"]), line["code"]))
    context = {
        "held": held,
        "counts": [(WORDS[name], counts[name], COLOURS[name]) for name in FIRST],
        "rows": [_row(line) for line in lines[:SHOWN]],
        "more": max(len(lines) - SHOWN, 0),
        "to_do": counts["new"] + counts["changed"],
    }
    return render(request, "grids/import_preview.html", context)


@login_required
@require_POST
def apply(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Put it on the map."""
    importing.apply_import(import_id=import_id, actor=request.actor, at=clock.now())
    messages.success(request, _("The grids are on the map."))
    return redirect("grids:map")


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponse:
    """The grids of a place, or all of them, as GeoJSON."""
    cells = Cell.objects.visible_to(request.actor).drawn().inside(request.GET.get("inside", "")[:15])
    found = importing.export_map(cells=cells, actor=request.actor, at=clock.now())
    answer = HttpResponse(orjson.dumps(found), content_type="application/geo+json")
    answer.headers["Content-Disposition"] = f'attachment; filename="grids-{clock.today():%Y%m%d}.geojson"'
    return answer


def _row(line: dict[str, Any]) -> dict[str, Any]:
    verdict = line["verdict"]
    return {**line, "name": line["fields"].get("name", ""), "word": WORDS[verdict], "colour": COLOURS[verdict]}
