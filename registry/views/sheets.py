"""The pages of the import: hand in a workbook, see what each row would change, go on with the draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock, keyset
from kernel.actors import Actor
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from kernel.uploads import on_disk
from registry.choices import LineVerdict
from registry.forms.sheets import SheetForm
from registry.models import SheetImport
from registry.services import sheets
from registry.services.sheet_files import open_import
from registry.sheets.choices import SheetStage
from registry.views.drafts import COLOURS
from registry.views.sheet_rows import told

PAGE, RECENT = 50, 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def importing(request: ActorRequest) -> HttpResponse:
    """Earlier imports, and the form for a new file."""
    actor = request.actor
    if not actor.holds("registry.propose"):
        raise NotAllowed(_("Your role does not include this."))
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = _opened(form.cleaned_data, actor)
        except DomainError as error:
            form.explain(error)
        else:
            return redirect("registry:sheet", found.pk)
    recent = SheetImport.objects.visible_to(actor).select_related("started_by", "draft").order_by("-pk")[:RECENT]
    status = 422 if form.errors else 200
    return render(request, "registry/import.html", {"form": form, "imports": list(recent)}, status=status)


def _opened(said: dict[str, Any], actor: Actor) -> SheetImport:
    file: UploadedFile = said["file"]
    with on_disk(file) as path:
        return open_import(
            file=path,
            filename=Path(file.name or "file").name,
            title=said["title"],
            reason=said["reason"],
            effective=said["effective"],
            whole=said["whole"],
            actor=actor,
            at=clock.now(),
        )


@login_required
@require_safe
def sheet(request: ActorRequest, import_id: int) -> HttpResponse:
    """Where one import stands, and its rows with what each would change or has wrong."""
    found = sheets.import_of(import_id=import_id, actor=request.actor)
    wanted = request.GET.get("verdict", "")
    rows = found.rows.exclude(verdict="")
    rows = rows.filter(verdict=wanted) if wanted in LineVerdict.values else rows.exclude(verdict=LineVerdict.SAME)
    shown = keyset.page(rows, order="position", cursor=request.GET.get("cursor", ""), size=PAGE)
    counted = sheets.counts(found=found)
    context = {
        "sheet": found,
        "verdicts": [{"key": one.value, "label": one.label, "count": counted[one.value]} for one in LineVerdict],
        "swept": bool(found.done) and not any(counted.values()),
        "wanted": wanted,
        "rows": told(list(shown.rows), colours=COLOURS),
        "own": found.started_by_id == request.actor.user_id,
        **neighbours(request, shown),
    }
    return page(request, "registry/import_sheet.html", "registry/_import_rows.html", context)


@login_required
@require_safe
def progress(request: ActorRequest, import_id: int) -> HttpResponse:
    """The bar of a running import; once it does not run any more, the page is drawn anew."""
    found = sheets.import_of(import_id=import_id, actor=request.actor)
    if found.stage != SheetStage.RUNNING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "registry/_import_progress.html", {"sheet": found})


@login_required
@require_http_methods(["POST"])
def sheet_deed(request: ActorRequest, import_id: int, name: str) -> HttpResponse:
    """Stop, go on, or discard."""
    if name == "discard":
        sheets.discard(import_id=import_id, actor=request.actor)
        return redirect("registry:import")
    if name == "start":
        sheets.start(import_id=import_id, actor=request.actor)
    else:
        sheets.stop(import_id=import_id, actor=request.actor)
    return redirect("registry:sheet", import_id)
