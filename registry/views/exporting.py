"""The list at hand as a workbook, and the empty one to fill in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from kernel.clock import today
from kernel.http import ActorRequest
from registry.forms.filters import ItemFilters
from registry.queries.catalogue import domains, listed_items
from registry.services import sheet_export
from registry.views.items import FILTERS

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the filtered list as it stands on the day."""
    form = ItemFilters(request.GET or None, domains=domains(actor=request.actor))
    given = form.cleaned_data if form.is_valid() else {}
    on = given.get("on") or today()
    asked = {name: given[name] for name in FILTERS if given.get(name)}
    book = sheet_export.export_items(items=listed_items(actor=request.actor, on=on, **asked), on=on)
    return FileResponse(book, as_attachment=True, filename=f"registry-{on:%Y%m%d}.xlsx", content_type=TYPE)


@login_required
@require_safe
def template(request: ActorRequest) -> HttpResponseBase:
    """Download the workbook without items."""
    return FileResponse(
        sheet_export.template(), as_attachment=True, filename="registry-template.xlsx", content_type=TYPE
    )
