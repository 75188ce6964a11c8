"""THE TABLE of the pages on which something is done to a supervision order."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.actors import Actor
from kernel.deed_pages import Deed, DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from supervision import forms
from supervision.models import SupervisionOrder
from supervision.queries import move_verdict
from supervision.reasons import REASONS
from supervision.services import answering, ending, issuing, judging
from supervision.views.orders import seen
from supervision.workflow import ORDERS


def issue_proposed(*, order_id: Any, actor: Actor, at: datetime, version: int, **said: str) -> SupervisionOrder:
    """Issue a proposal with what the form said."""
    return issuing.issue_proposed(order_id=order_id, said=issuing.Said(**said), actor=actor, at=at, version=version)


# fmt: off
DEEDS: dict[str, Deed] = {
    "issue":     Deed(title=_("Issue a supervision order"), form=forms.IssueProposed, run=issue_proposed,
                      said=_("Issued."), lead=_("It gets its number now, and the limits begin to run.")),
    "dismiss":   Deed(title=_("Do not issue"), form=forms.Dismiss, run=ending.dismiss, said=_("Decided.")),
    "receive":   Deed(title=_("Sign for receipt"), form=forms.Receive, run=answering.receive,
                      said=_("Received. The answer is due as the order says.")),
    "answer":    Deed(title=_("Answer in writing"), form=forms.GiveAnswer, run=answering.answer,
                      said=_("Answered: the body that issued it looks at it.")),
    "accept":    Deed(title=_("Accept the answer"), form=forms.Accept, run=judging.accept,
                      said=_("The answer is accepted.")),
    "send_back": Deed(title=_("Send the answer back"), form=forms.SendBack, run=judging.send_back,
                      said=_("Sent back.")),
    "withdraw":  Deed(title=_("Withdraw the order"), form=forms.Withdraw, run=ending.withdraw, said=_("Withdrawn.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, order_id: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    row, order = DEEDS.get(name), seen(request, order_id)
    if row is None:
        raise Http404
    actor, at = request.actor, clock.now()
    require(move_verdict(move=name, order=order, actor=actor))
    if request.method != "POST":
        ORDERS.row(move=name, state=order.state)  # no form for what the state does not allow

    def act(form: DeedForm) -> None:
        row.run(order_id=order.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    page = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, version=order.version, initial=_begun(order) if name == "issue" else {}),
        act=act,
        reload=lambda: SupervisionOrder.objects.get(pk=order.pk),
        said=row.said,
        done=reverse("supervision:order", args=[order.pk]),
        context={
            "subject": {"number": order.number or order.petition.number, "title": order.petition.title},
            "lead": row.lead,
        },
    )
    return answer(request, page)


def _begun(order: SupervisionOrder) -> dict[str, Any]:
    """What the form of a proposal begins with: the reason's own level and demand."""
    row = REASONS[order.reason]
    return {"reason": order.reason, "level": row.level, "content": str(row.demand)}
