"""The pages of the import: hand in a file, say which column is which, see what would happen, let it run."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from kernel.sheets.verdicts import csv_lines
from petitions.forms.importing import ColumnsForm, UploadForm
from petitions.intake import spooling
from petitions.intake.mapping import faults
from petitions.intake.reasons import reason
from petitions.models.intake import BatchState, ImportBatch, Verdict
from petitions.services import intake, intake_files, intake_rows

PREVIEW, CHECKED, SHOWN = 10, 5000, 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def importing(request: ActorRequest) -> HttpResponse:
    """Earlier imports of this person, and the form for a new file."""
    actor = request.actor
    if not actor.holds(intake_files.CAPABILITY):
        raise NotAllowed(_("Your role does not include this."))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = _opened(form.cleaned_data, actor)
        except DomainError as error:
            form.explain(error)
        else:
            return redirect("petitions:import-batch", batch.pk)
    batches = [(batch, intake.counts(batch=batch)) for batch in intake.own_batches(actor=actor)[:20]]
    status = 422 if form.errors else 200
    return render(request, "petitions/import.html", {"form": form, "batches": batches}, status=status)


def _opened(said: dict[str, Any], actor: Actor) -> ImportBatch:
    file: UploadedFile = said["file"]
    with tempfile.NamedTemporaryFile(dir=intake_files.folder(), prefix="incoming-") as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        return intake_files.open_batch(
            file=Path(kept.name),
            filename=Path(file.name or "file").name,
            source=said["source"],
            channel=said["channel"],
            actor=actor,
            at=clock.now(),
        )


@login_required
@require_safe
def batch(request: ActorRequest, batch_id: int) -> HttpResponse:
    """Where one import stands, with what can be done next."""
    found = intake.own_batch(batch_id=batch_id, actor=request.actor)
    return render(request, "petitions/import_batch.html", _context(found))


@login_required
@require_safe
def progress(request: ActorRequest, batch_id: int) -> HttpResponse:
    """The bar of a running import; once it does not run any more, the page is drawn anew."""
    found = intake.own_batch(batch_id=batch_id, actor=request.actor)
    if found.stage != BatchState.RUNNING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "petitions/_import_progress.html", {"batch": found, "counts": intake.counts(batch=found)})


@login_required
@require_http_methods(["POST"])
def deed(request: ActorRequest, batch_id: int, name: str) -> HttpResponse:
    """Assign columns, start, stop or discard."""
    actor = request.actor
    found = intake.own_batch(batch_id=batch_id, actor=actor)
    if name == "columns":
        return _assign(request, found)
    if name == "discard":
        intake.discard(batch_id=batch_id, actor=actor)
        return redirect("petitions:import")
    if name == "start":
        intake.start(batch_id=batch_id, actor=actor)
    else:
        intake.stop(batch_id=batch_id, actor=actor)
    return redirect("petitions:import-batch", batch_id)


def _assign(request: ActorRequest, found: ImportBatch) -> HttpResponse:
    names = _columns(found)
    form = ColumnsForm(request.POST, columns=names, mapping=found.mapping)
    if form.is_valid():
        wrong = faults(form.mapping(), columns=names)
        if not wrong:
            intake.assign_columns(batch_id=found.pk, mapping=form.mapping(), actor=request.actor)
            return redirect("petitions:import-batch", found.pk)
        for field, why in wrong.items():
            form.add_error(field, str(reason(why)))
    return render(request, "petitions/import_batch.html", {**_context(found), "form": form}, status=422)


@login_required
@require_safe
def verdicts(request: ActorRequest, batch_id: int) -> HttpResponseBase:
    """The verdict on every row so far, as CSV."""
    found = intake.own_batch(batch_id=batch_id, actor=request.actor)
    heading = [_("row"), _("number at the source"), _("verdict"), _("column"), _("why"), _("petition")]
    rows = found.rows.order_by("row_no").select_related("petition").only("petition__number", *ROW).iterator()
    lines = csv_lines(heading=heading, rows=(_line(row) for row in rows))
    name = f"import-{found.pk}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


ROW = ("row_no", "source_no", "verdict", "column", "why", "petition")


def _line(row: Any) -> list[object]:
    number = row.petition.number if row.petition else ""
    return [row.row_no, row.source_no, row.get_verdict_display(), row.column, reason(row.why), number]


def _columns(found: ImportBatch) -> list[str]:
    path = intake_files.spooled(batch=found)
    return spooling.columns_of(path) if path.exists() else []


def _context(found: ImportBatch) -> dict[str, Any]:
    context: dict[str, Any] = {"batch": found, "counts": intake.counts(batch=found), "note": reason(found.note)}
    if found.stage == BatchState.CHECKED and (names := _columns(found)):
        path = intake_files.spooled(batch=found)
        context["form"] = ColumnsForm(columns=names, mapping=found.mapping)
        context["names"] = names
        context["preview"] = list(islice(spooling.rows_of(path), PREVIEW))
        context["ready"] = not faults(found.mapping, columns=names)
        context |= _checked(found) if context["ready"] else {}
    else:
        refused = found.rows.filter(verdict=Verdict.REFUSED).order_by("row_no")[:SHOWN]
        context["refused"] = [(row.row_no, row.source_no, row.column, reason(row.why)) for row in refused]
    return context


def _checked(found: ImportBatch) -> dict[str, Any]:
    plan = intake.plan_of(batch=found, at=clock.now())
    tally = dict.fromkeys((Verdict.NEW, Verdict.KNOWN, Verdict.REFUSED), 0)
    refused: list[tuple[Any, ...]] = []
    for one in intake_rows.check(spooled=intake_files.spooled(batch=found), plan=plan, limit=CHECKED):
        tally[Verdict(one.verdict)] += 1
        if one.verdict == Verdict.REFUSED and len(refused) < SHOWN:
            refused.append((one.number, one.source_no, one.column, reason(one.why)))
    return {
        "tally": [(verdict.label, count) for verdict, count in tally.items()],
        "refused": refused,
        "checked": min(found.total, CHECKED),
    }
