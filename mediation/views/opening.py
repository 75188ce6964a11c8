"""The page that opens a mediation by hand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from mediation.forms import OpenForm
from mediation.services.opening import open_by_hand
from petitions.models import Petition

REFUSED = frozenset({400, 403, 404, 409})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: ActorRequest) -> HttpResponse:
    """Bring a petition before the committee of its place, by its number."""
    actor = request.actor
    if not actor.holds("mediation.open"):
        raise NotAllowed(_("Your role does not include this."))
    form = OpenForm(request.POST or None, initial={"number": request.GET.get("petition", "")[:24]})
    if request.method == "POST" and form.is_valid():
        petition_id = Petition.objects.filter(number=form.cleaned_data["number"].strip()).values_list("pk", flat=True)
        try:
            if not petition_id:
                raise Http404
            opened = open_by_hand(petition_id=petition_id[0], actor=actor, at=clock.now())
        except Http404:
            form.add_error("number", _("This does not exist, or not for you."))
        except DomainError as error:
            if error.status not in REFUSED:
                raise
            form.add_error("number", str(error.message))
        else:
            return redirect("mediation:case", opened.pk)
    context = {"form": form, "title": _("Open a mediation"), "lead": _("The committee of the place gets it.")}
    return render(request, "mediation/open.html", context, status=422 if form.errors else 200)
