"""The file of a paper, to the company, to the unit whose step needs it, and to the centre."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from developments.models import Paper
from developments.queries import reads_paper
from developments.views.case import seen
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from petitions import serving


@login_required
@require_safe
@cache_control(private=True, max_age=3600)
def file(request: ActorRequest, development_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """The file itself, shown in the browser where it is a picture."""
    found = seen(request, development_id)
    paper = Paper.objects.filter(pk=paper_id, development=found).select_related("attachment", "step").first()
    if paper is None or paper.attachment is None:
        raise Http404
    if not reads_paper(paper=paper, development=found, actor=request.actor):
        raise NotAllowed(_("This paper is for the unit whose step needs it."))
    return serving.shown(paper.attachment)
