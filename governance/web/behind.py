"""The list behind a figure of the dashboard: narrowed by the words that counted it, so the two always agree."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from governance.web import links
from governance.web.cases import rows_of, with_rows
from governance.web.dashboard import require_watching
from governance.web.figures import asked
from governance.web.narrowing import narrowed_by
from kernel import clock, keyset
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from petitions.models import Petition

PAGE = 50
COUNTED = 1000
# Figures beside each other are parts of one whole: the tabs of one list.
FAMILIES = (
    (("filed", _("Filed today")), ("accepted", _("Accepted today")), ("closed", _("Closed today"))),
    (("overdue", _("Overdue")), ("open", _("Open")), ("recent", _("Filed, thirty days"))),
    (("late", _("Closed late")), ("on_time", _("Closed on time")), ("timed", _("Closed, thirty days"))),
    (("dissatisfied", _("Dissatisfied")), ("content", _("Satisfied")), ("rated", _("Rated, thirty days"))),
)


@login_required
@require_safe
def behind(request: ActorRequest, figure: str) -> HttpResponse:
    """The cases that the figure counts, in the person's scope."""
    require_watching(request)
    family = next((one for one in FAMILIES if figure in dict(one)), None)
    if family is None:
        raise Http404
    at = clock.now()
    narrowed = narrowed_by(request.GET)
    found = Petition.objects.visible_to(request.actor).filter(narrowed.condition, asked(at=at)[figure])
    order = "stage_due_at" if figure == "overdue" else "-filed_at"
    shown = keyset.page(with_rows(found), order=order, cursor=request.GET.get("cursor", ""), size=PAGE)
    count, more = keyset.capped_count(found, cap=COUNTED)
    context = {
        "at": at,
        "title": dict(family)[figure],
        "tabs": [(label, links.behind(name, **narrowed.chosen), name == figure) for name, label in family],
        "cases": rows_of(shown.rows, at=at),
        "count": count,
        "more": more,
        **neighbours(request, shown),
    }
    return page(request, "governance/behind.html", "governance/_case_rows.html", context)
