"""The page on which a document is issued."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents.forms.issuing import IssueForm
from documents.kinds import kind_of
from documents.services.issuing import issue
from kernel import clock
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.pages import onward
from kernel.permissions import require

# Refused for what was said, or because nothing can be printed yet: the form comes back with the reason.
COMES_BACK = frozenset({400, 403, 409, 413, 503})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, kind: str, subject: UUID) -> HttpResponse:
    """Ask for the language and for personal data; then the document has its number."""
    row, actor = kind_of(kind), request.actor
    found = row.found(subject, actor)
    require(found.verdict)
    form, status = IssueForm(request.POST or None, purposes=row.purposes()), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = issue(kind=kind, subject=subject, actor=actor, at=clock.now(), **form.cleaned_data)
                return onward(request, reverse("documents:document", args=[made.pk]))
            except DomainError as error:
                if error.status not in COMES_BACK:
                    raise
                form.explain(error)
                status = error.status
    back = reverse("governance:case", args=[found.case_id])
    return render(request, "documents/new.html", {"form": form, "kind": row, "back": back}, status=status)
