"""The page of a supervision order, and the order on paper."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.http import ActorRequest
from kernel.offered import Looks, offered
from petitions.models import Petition
from supervision.choices import COLOURS, NEVER_ISSUED
from supervision.clocks import faces_of
from supervision.letters import may_print
from supervision.models import SupervisionOrder
from supervision.queries import moves_of
from supervision.reasons import REASONS
from supervision.wording import end_words, history_of

LOOKS = Looks(
    icons={
        "issue": "file-alert",
        "dismiss": "bulb-off",
        "receive": "signature",
        "answer": "message-reply",
        "accept": "circle-check",
        "send_back": "rotate",
        "withdraw": "file-x",
    },
    first=frozenset({"issue", "receive", "answer", "accept"}),
    danger=frozenset({"withdraw"}),
)
WITH = ("petition", "unit", "issuer", "work_order", "issued_by", "received_by")


def seen(request: ActorRequest, order_id: UUID) -> SupervisionOrder:
    """The order, or a 404 where it is not there or not for this person."""
    orders = SupervisionOrder.objects.visible_to(request.actor).select_related(*WITH)
    found: SupervisionOrder | None = orders.filter(pk=order_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def order(request: ActorRequest, order_id: UUID) -> HttpResponse:
    """One order: its text, its answers, its clock, and what may be done now."""
    actor, found = request.actor, seen(request, order_id)
    context = {
        "order": found,
        "colour": COLOURS[found.state],
        "level_colour": COLOURS[found.level],
        "reason": REASONS[found.reason],
        "answers": list(found.answers.select_related("answered_by", "judged_by").order_by("-number")),
        "end_words": end_words(found.end_note) if found.end_note else "",
        "faces": faces_of(order=found, at=clock.now()),
        **offered(moves_of(order=found, actor=actor), looks=LOOKS),
        "history": history_of(subject=found),
        "sees_case": Petition.objects.visible_to(actor).filter(pk=found.petition_id).exists(),
        "issued": found.state not in NEVER_ISSUED,
        "may_print": found.state not in NEVER_ISSUED and bool(may_print(order=found, actor=actor)),
    }
    return render(request, "supervision/order.html", context)


@login_required
@require_safe
def document(request: ActorRequest, order_id: UUID) -> HttpResponse:
    """The order as an official letter: number, addressee, text, date, and the place of the seal."""
    found = seen(request, order_id)
    if found.state in NEVER_ISSUED:
        raise Http404
    context = {"order": found, "reason": REASONS[found.reason]}
    return render(request, "supervision/document.html", context)
