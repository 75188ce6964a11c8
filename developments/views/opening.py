"""The centre opens a plan from a petition that is there already."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from developments.forms import OpeningForm
from developments.models import Enterprise
from developments.policies import ACCEPT
from developments.queries import in_force
from developments.services.filing import open_from_petition
from kernel import clock
from kernel.filed_once import FilingPage, answer
from kernel.http import ActorRequest
from kernel.permissions import require
from petitions.models import Petition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_plan(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The form, begun with the words of the petition unless its reporter is withheld (F17)."""
    actor, at = request.actor, clock.now()
    petition = Petition.objects.visible_to(actor).filter(pk=case_id).first()
    if petition is None:
        raise Http404
    require(actor.may(ACCEPT, units=[petition.center_id]))
    begun = {} if petition.confidential else {"title": petition.title, "asked": petition.description[:4000]}

    def act(form: OpeningForm) -> UUID:
        return open_from_petition(petition_id=petition.pk, actor=actor, at=at, **form.given()).pk

    page = FilingPage(
        form=OpeningForm(
            request.POST if request.method == "POST" else None,
            initial=begun,
            templates=in_force(on=clock.today()),
            companies=Enterprise.objects.visible_to(actor).select_related("unit").order_by("unit__name"),
        ),
        act=act,
        done=lambda made: redirect("developments:case", made),
        template="developments/open.html",
        context={"petition": petition},
        names={"enterprise": "enterprise_id", "template": "template_code"},
    )
    return answer(request, page, at=at)
