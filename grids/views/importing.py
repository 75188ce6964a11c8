"""Handing in a file with grids, applying what was looked at; and the map to take away."""

from __future__ import annotations

from uuid import UUID

import orjson
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grids.choices import ImportOf, JobWhat
from grids.forms import MapForm
from grids.forms.importing import ImportFile
from grids.models import Cell, MapImport, MapJob
from grids.policies import KEEP
from grids.services import importing, jobs
from kernel import clock
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.permissions import require
from kernel.uploads import on_disk
from organizations.queries import may_anywhere

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: ActorRequest) -> HttpResponse:
    """Have a file read; nothing changes before somebody has looked at what it would change."""
    require(may_anywhere(request.actor, capability=KEEP))
    form = ImportFile(
        request.POST or None, request.FILES or None, initial={"of": request.GET.get("of", "")[:8] or "cells"}
    )
    waiting = MapJob.objects.visible_to(request.actor).filter(what=JobWhat.READING, finished_at__isnull=True)
    context = {
        "form": form,
        "waiting": waiting.order_by("-asked_at", "-pk")[:5],
        "last": MapImport.objects.visible_to(request.actor).defer("lines", "gone")[:5],
    }
    if request.method != "POST":
        return render(request, "grids/import.html", context)
    if not form.is_valid():
        return render(request, "grids/import.html", context, status=UNPROCESSABLE)
    said = form.cleaned_data
    try:
        with on_disk(said["file"]) as path:
            job = jobs.ask_reading(
                file=path, name=said["file"].name, of=said["of"] or ImportOf.CELLS, system=said["system"],
                language=get_language() or "", actor=request.actor, at=clock.now(),
            )  # fmt: skip
    except DomainError as error:
        form.explain(error)
        return render(request, "grids/import.html", context, status=error.status)
    return redirect("grids:job", job.pk)


@login_required
@require_POST
def apply(request: ActorRequest, import_id: UUID) -> HttpResponse:
    """Put it on the map."""
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    held = importing.apply_import(import_id=import_id, version=version, actor=request.actor, at=clock.now())
    if held.of == ImportOf.OUTLINES:
        messages.success(request, _("The outlines are on the map."))
        return redirect("grids:outlines")
    messages.success(request, _("The grids are on the map."))
    return redirect("grids:map")


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponse:
    """The grids as the list shows them, or those of any place, as GeoJSON."""
    drawn = Cell.objects.visible_to(request.actor).drawn().inside(request.GET.get("inside", "")[:15])
    cells = MapForm(request.GET).narrow(drawn)
    found = importing.export_map(cells=cells, actor=request.actor, at=clock.now())
    answer = HttpResponse(orjson.dumps(found), content_type="application/geo+json")
    answer.headers["Content-Disposition"] = f'attachment; filename="grids-{clock.today():%Y%m%d}.geojson"'
    return answer
