"""The course of a case on a page of its own: narrowed, in pages, or whole for paper."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.web.casefile.told import course_of, title_of
from kernel.chains import verify_case
from kernel.http import ActorRequest
from kernel.pages import page
from organizations.choices import Role
from petitions.deed_pages.table import seen


@login_required
@require_safe
def course(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The page; asked by htmx it answers with the panel, and the address of the case's page follows it."""
    actor = request.actor
    petition = seen(request, case_id)
    context = {
        "petition": petition,
        "title": title_of(petition),
        "course": course_of(request=request, petition=petition, actor=actor, for_public=actor.roles <= {Role.CITIZEN}),
        "chain": verify_case(case_id=petition.pk),
    }
    response = page(request, "casefile/course.html", "casefile/_course.html", context)
    case = reverse("governance:case", args=[petition.pk])
    if (request.headers.get("HX-Current-URL") or "").partition("?")[0].endswith(case):
        query = request.GET.urlencode()
        response.headers["HX-Replace-Url"] = f"{case}?{query}" if query else case
    return response
