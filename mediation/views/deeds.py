"""THE TABLE of the pages on which something is done to a mediation case."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.deed_pages import Deed, DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from mediation import forms
from mediation.models import MediationCase
from mediation.queries import move_verdict
from mediation.services import agreeing, assigning, ending, parties, performing, sitting
from mediation.views.cases import seen

# fmt: off
DEEDS: dict[str, Deed] = {
    "assign":    Deed(title=_("Name the mediator"), form=forms.Assign, run=assigning.assign, said=_("Named."),
                      lead=_("Thirty days to conclude begin now. Whoever has a relation to a party does not mediate.")),
    "replace":   Deed(title=_("Name another mediator"), form=forms.Replace, run=assigning.replace, said=_("Named.")),
    "party":     Deed(title=_("Add a party"), form=forms.AddParty, run=parties.add_party, said=_("Added."),
                      lead=_("The data is sealed; pages show it masked.")),
    "hold":      Deed(title=_("Record a session"), form=forms.Hold, run=sitting.hold, said=_("Recorded.")),
    "extend":    Deed(title=_("Extend by agreement"), form=forms.Extend, run=sitting.extend, said=_("Extended."),
                      lead=_("Once only, and only where all parties agree.")),
    "draw":      Deed(title=_("Draw up the agreement"), form=forms.Draw, run=agreeing.draw, said=_("Drawn up.")),
    "sign":      Deed(title=_("Enter signatures and seal"), form=forms.Sign, run=agreeing.sign, said=_("Entered."),
                      lead=_("In force when every party and the mediator have signed and the seal is on.")),
    "drop":      Deed(title=_("Withdraw the draft"), form=forms.Drop, run=agreeing.drop, said=_("Withdrawn."),
                      lead=_("The mediation goes on with the time that is left.")),
    "confirm":   Deed(title=_("Record the judicial confirmation"), form=forms.Confirm,
                      run=performing.record_confirmation, said=_("Recorded.")),
    "perform":   Deed(title=_("Record a performance"), form=forms.Perform, run=performing.keep_promise,
                      said=_("Recorded.")),
    "terminate": Deed(title=_("End without success"), form=forms.Terminate, run=ending.terminate, said=_("Ended."),
                      lead=_("The parties are told the other ways: arbitration, administrative bodies, the court.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, case_id: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    row, case = DEEDS.get(name), seen(request, case_id)
    if row is None:
        raise Http404
    actor, at = request.actor, clock.now()
    require(move_verdict(move=name, case=case, actor=actor))

    def act(form: DeedForm) -> None:
        row.run(case_id=case.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    page = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, case=case, at=at),
        act=act,
        reload=lambda: MediationCase.objects.get(pk=case.pk),
        said=row.said,
        done=reverse("mediation:case", args=[case.pk]),
        context={"subject": {"number": case.number, "title": case.petition.title}, "lead": row.lead},
    )
    return answer(request, page)
