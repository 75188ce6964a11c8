"""One official: what he looks after, and what each visit found, solved and passed on."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from kernel import clock, keyset
from kernel.desks import PAGE, require_any
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from liaisons.forms import BoardFilter
from liaisons.models import Assignment, Visit
from liaisons.queries.figures import tally
from liaisons.querysets import VIEW
from liaisons.views.lists import Asked, shown_visits


@login_required
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """One's own page."""
    return redirect("liaisons:official", request.actor.user_id)


@login_required
@require_safe
def official(request: ActorRequest, user_id: int) -> HttpResponse:
    """The assignments and visits of one person, as far as one sees them; a 404 where that is nothing."""
    actor, today = request.actor, clock.today()
    require_any(actor, VIEW)
    held = Assignment.objects.visible_to(actor).filter(user_id=user_id)
    rows = list(held.select_related("user", "unit", "area", "cell").order_by("-valid_from", "pk"))
    if not rows and user_id != actor.user_id:
        raise Http404
    visits = Visit.objects.visible_to(actor).filter(user_id=user_id)
    joined = visits.select_related("user", "unit", "petition", "assignment__area")
    found = keyset.page(joined, order="-visited_at", cursor=request.GET.get("cursor", ""), size=PAGE)
    asked = Asked(actor=actor, form=BoardFilter({}), today=today)
    context = {
        "person": rows[0].user if rows else request.user,
        "own": user_id == actor.user_id,
        "held": [{"row": one, "now": one.holds(today), "to_come": one.valid_from > today} for one in rows],
        "rows": shown_visits(asked, found.rows),
        "tally": tally(visits),
        "at": clock.now(),
        **neighbours(request, found),
    }
    return page(request, "liaisons/official.html", "liaisons/_visits.html", context)


@login_required
@require_safe
def visit(request: ActorRequest, visit_id: UUID) -> HttpResponse:
    """One record in full."""
    require_any(request.actor, VIEW)
    rows = Visit.objects.visible_to(request.actor)
    one = get_object_or_404(rows.select_related("user", "unit", "petition__lead_unit", "assignment__area"), pk=visit_id)
    asked = Asked(actor=request.actor, form=BoardFilter({}), today=clock.today())
    return render(request, "liaisons/visit.html", {"one": shown_visits(asked, [one])[0]})
