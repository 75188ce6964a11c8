"""The bell of the page's head, asked again every two seconds: an answer only where something changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.http import ActorRequest
from notices.models import Notice
from notices.queries import bell_of, said

# Lists on the page that listen for it ask again at once: who is told of something sees it there too.
CHANGED = "case-changed"
STOP_ASKING = 286  # htmx's own status: whoever asks has signed out meanwhile


@never_cache
@require_safe
def bell(request: ActorRequest) -> HttpResponse:
    """The bell and a toast for each urgent notice that the page has not seen; 204 where all is as `seen` says."""
    if not request.user.is_authenticated:
        return HttpResponse(status=STOP_ASKING, headers={"HX-Reswap": "none"})
    # By the person's number and not by the actor: postings are not needed here, and the question is asked very often.
    rung, seen = bell_of(user_id=request.user.pk), request.GET.get("seen", "")
    if rung.mark == seen:
        return HttpResponse(status=204)
    fresh = rung.newer_than(seen)
    toasts = said(Notice.objects.told_to(request.user.pk).filter(pk__in=fresh).order_by("pk")) if fresh else []
    response = render(request, "notices/_rung.html", {"bell": rung, "toasts": toasts})
    response.headers["HX-Trigger"] = CHANGED
    return response
