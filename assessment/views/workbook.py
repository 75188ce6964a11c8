"""A report to take away."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from assessment.queries import lines_of
from assessment.views.reports import seen
from assessment.workbooks import workbook_of
from kernel.http import ActorRequest

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def download(request: ActorRequest, report_id: UUID) -> HttpResponseBase:
    """The figures that the person sees, as a spreadsheet."""
    report = seen(request, report_id)
    book = workbook_of(report=report, lines=lines_of(report=report, actor=request.actor))
    return FileResponse(book, as_attachment=True, filename=f"assessment-{report.month}.xlsx", content_type=TYPE)
