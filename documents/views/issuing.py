"""The page on which a document is issued."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents.forms.issuing import IssueForm
from documents.kinds import kind_of
from documents.services.issuing import issue, press_ahead
from kernel import clock
from kernel.filed_once import FilingPage, answer
from kernel.http import ActorRequest
from kernel.pages import onward
from kernel.permissions import require

# Refused for what was said, or because nothing can be printed yet: the form comes back with the reason.
COMES_BACK = frozenset({400, 403, 409, 413, 503})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, kind: str, subject: UUID) -> HttpResponse:
    """Ask for the language and for personal data; then the document has its number."""
    row, actor, at = kind_of(kind), request.actor, clock.now()
    found = row.found(subject, actor)
    require(found.verdict)
    form = IssueForm(request.POST or None, purposes=row.purposes())

    asked: dict[str, Any] = {"kind": kind, "subject": subject, "actor": actor, "at": at}
    ready: dict[str, Any] = {}

    def ahead(form: IssueForm) -> None:
        ready["pressed"] = press_ahead(**asked, **form.cleaned_data)

    def act(form: IssueForm) -> UUID:
        return issue(**asked, **form.cleaned_data, **ready).pk

    page = FilingPage(
        form=form,
        ahead=ahead,
        act=act,
        done=lambda made: onward(request, reverse("documents:document", args=[made])),
        template="documents/new.html",
        context={"kind": row, "back": reverse("governance:case", args=[found.case_id])},
        comes_back=COMES_BACK,
    )
    return answer(request, page, at=at)
