"""The list at hand as a spreadsheet: the same rows by the same queryset, and a note of who took it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.http import ActorRequest
from petitions.forms.filters import PetitionFilter
from petitions.services.exporting import export_petitions
from petitions.views.listing import found_for

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the filtered list, up to ten thousand rows."""
    actor, at = request.actor, clock.now()
    form = PetitionFilter(request.GET)
    found = found_for(request, form).order_by(form.order, "pk")
    book = export_petitions(petitions=found, actor=actor, at=at)
    name = f"petitions-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=TYPE)
