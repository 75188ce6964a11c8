"""THE TABLES of the pages on which something is done to a joint order: to the order, to a task, to an offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from dispatch import joint_forms as forms
from dispatch.joint.policies import may_give, may_offer, offer_verdict, task_verdict
from dispatch.models import JointTask, OrderOffer, WorkOrder
from dispatch.services.joint import answering, giving, judging, offering
from kernel import clock
from kernel.deed_pages import Deed, DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require

TEMPLATE = "dispatch/joint_deed.html"


# fmt: off
ON_ORDER: dict[str, Deed] = {
    "ask":   Deed(title=_("Ask other units"), form=forms.AskUnits, run=giving.ask, said=_("The units are asked."),
                  lead=_("Each has a clock and a reply of its own. The lead signs for the whole.")),
    "refer": Deed(title=_("Refer to another unit"), form=forms.Refer, run=giving.refer, said=_("The unit sees it now."),
                  lead=_("It sees the order, works on it and reports. The owner stays; no reply is asked for.")),
    "offer": Deed(title=_("Hand over to another unit"), form=forms.OfferOrder, run=offering.offer,
                  said=_("Offered: it stays yours until the other unit has signed too."),
                  lead=_("Both units sign, and the centre is told. The promise to the citizen does not move.")),
}
ON_TASK: dict[str, Deed] = {
    "receive":   Deed(title=pgettext_lazy("joint task", "Receive the task"), form=forms.ReceiveTask,
                      run=answering.receive, said=_("Received: your unit has named who does it.")),
    "reply":     Deed(title=pgettext_lazy("joint task", "Reply to the lead"), form=forms.ReplyTask,
                      run=answering.reply, said=_("The lead has your reply.")),
    "accept":    Deed(title=pgettext_lazy("joint task", "Accept the reply"), form=forms.AcceptReply,
                      run=judging.accept, said=_("The reply is accepted.")),
    "send_back": Deed(title=pgettext_lazy("joint task", "Send the reply back"), form=forms.SendReplyBack,
                      run=judging.send_back, said=_("Sent back: the unit replies again.")),
    "release":   Deed(title=pgettext_lazy("joint task", "Release the unit"), form=forms.ReleaseUnit,
                      run=judging.release, said=_("Released: nobody waits for it any more.")),
}
ON_OFFER: dict[str, Deed] = {
    "agree":    Deed(title=_("Agree to take the order over"), form=forms.AnswerOffer, run=offering.agree,
                     said=_("Agreed: the order is your unit's now."),
                     lead=_("Yours is the second signature. What you agree to is not returned.")),
    "refuse":   Deed(title=_("Do not take the order over"), form=forms.RefuseOffer, run=offering.refuse,
                     said=_("Refused: the lead goes on.")),
    "withdraw": Deed(title=_("Take the offer back"), form=forms.AnswerOffer, run=offering.withdraw,
                     said=_("Taken back.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def on_order(request: ActorRequest, order_id: UUID, name: str) -> HttpResponse:
    """Asking, referring, offering."""
    row, actor, at = ON_ORDER.get(name), request.actor, clock.now()
    found = WorkOrder.objects.visible_to(actor).select_related("petition", "unit").filter(pk=order_id).first()
    if row is None or found is None:
        raise Http404
    order = found
    require((may_offer if name == "offer" else may_give)(order=order, actor=actor))

    def act(form: DeedForm) -> None:
        row.run(order_id=order.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    form = row.form(request.POST or None, version=order.version)
    return answer(request, _page(row, form, act, order.petition, lambda: WorkOrder.objects.get(pk=order.pk)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def on_task(request: ActorRequest, task_id: UUID, name: str) -> HttpResponse:
    """What a unit and its lead do with a task."""
    row, actor, at = ON_TASK.get(name), request.actor, clock.now()
    rows = JointTask.objects.visible_to(actor).select_related("petition", "unit", "order", "officer")
    found = rows.filter(pk=task_id).first()
    if row is None or found is None:
        raise Http404
    task = found
    require(task_verdict(move=name, task=task, order=task.order, actor=actor))

    def act(form: DeedForm) -> None:
        row.run(task_id=task.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    form = row.form(request.POST or None, version=task.version, task=task, at=at)
    page = _page(row, form, act, task.petition, lambda: JointTask.objects.get(pk=task.pk))
    page.context["task"] = task
    return answer(request, page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def on_offer(request: ActorRequest, offer_id: UUID, name: str) -> HttpResponse:
    """What either unit does with an offer."""
    row, actor, at = ON_OFFER.get(name), request.actor, clock.now()
    rows = OrderOffer.objects.visible_to(actor).select_related("petition", "unit", "to_unit", "order")
    found = rows.filter(pk=offer_id).first()
    if row is None or found is None:
        raise Http404
    offer = found
    require(offer_verdict(move=name, offer=offer, actor=actor))

    def act(form: DeedForm) -> None:
        row.run(offer_id=offer.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    form = row.form(request.POST or None, version=offer.version)
    page = _page(row, form, act, offer.petition, lambda: OrderOffer.objects.get(pk=offer.pk))
    page.context["offer"] = offer
    return answer(request, page)


def _page(row: Deed, form: DeedForm, act: Callable[[DeedForm], Any], petition: Any, reload: Any) -> DeedPage:
    return DeedPage(
        title=row.title,
        form=form,
        act=act,
        reload=reload,
        said=row.said,
        done=reverse("governance:case", args=[petition.pk]),
        template=TEMPLATE,
        context={"subject": petition, "lead": row.lead},
    )
