"""THE TABLE of the pages on which something is done to a work order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch import forms, time_forms
from dispatch.deed_pages import hearing, summing
from dispatch.deed_pages.more_time import extension_beside, pause_beside, time_beside
from dispatch.models import WorkOrder
from dispatch.policies import verdict
from dispatch.proposals import proposal_of
from dispatch.services import (
    adjudicating,
    asking,
    granting,
    opening,
    pausing,
    returning,
    taking_back,
    verifying,
    working,
)
from dispatch.services.learning import note_units_shown
from dispatch.unit_hints import unit_hints
from kernel.actors import Actor
from kernel.deed_pages import DeedPage
from kernel.deeds import in_one_transaction
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from petitions.models import Petition
from petitions.queries import verdict_on
from petitions.services.attaching import attach

TEMPLATE = "dispatch/deed.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One row. `capability` is asked before the form is shown, or `either` where it is somebody else's deed too.

    `shows_list`: what the list says stands beside it; `beside`: what else does; `initial`: what the form begins with.
    """

    title: str | Promise
    form: type[forms.OrderDeed]
    run: Callable[..., Any]
    capability: str
    said: str | Promise
    lead: str | Promise = ""
    shows_list: bool = False
    either: str = ""
    beside: Callable[..., dict[str, Any]] | None = None
    initial: Callable[..., dict[str, Any]] | None = None


def complete(
    *, order_id: Any, actor: Actor, at: datetime, version: int, result: str, photos: list[Any], without: str
) -> WorkOrder:
    """Attach the evidence and complete, both or neither."""
    petition_id = WorkOrder.objects.values_list("petition_id", flat=True).get(pk=order_id)

    def work() -> WorkOrder:
        for one in photos:
            attach(petition_id=petition_id, file=one, name=one.name, purpose="after", actor=actor, at=at)
        return working.complete(order_id=order_id, result=result, without=without, actor=actor, at=at, version=version)

    return in_one_transaction(work)


# fmt: off
DEEDS: dict[str, Deed] = {
    "sign":     Deed(title=_("Sign for"), form=forms.Sign, run=working.sign, capability="order.sign",
                     said=_("Signed for: it is with your unit now."),
                     lead=_("Whoever signs first leads to the end.")),
    "progress": Deed(title=_("Report progress"), form=forms.ReportProgress, run=working.report_progress,
                     capability="order.progress", said=_("Reported.")),
    "return":   Deed(title=_("Return"), form=forms.Return, run=returning.request_return, capability="order.return",
                     said=_("The centre is asked."), beside=hearing.objecting),
    "rule":     Deed(title=_("Rule on the return"), form=forms.Rule, run=returning.rule_return,
                     capability="order.rule", said=_("Ruled."), beside=hearing.heard),
    "adjudicate": Deed(title=_("Adjudicate"), form=forms.Adjudicate, run=adjudicating.adjudicate,
                       capability="order.adjudicate", said=_("Adjudicated: it binds."), beside=hearing.heard,
                       lead=_("The second return of this petition. Name the unit that handles it, which may be the one "
                              "that objected; nobody returns it after this.")),
    "complete": Deed(title=_("Complete"), form=forms.Complete, run=complete, capability="order.complete",
                     said=_("Completed: the centre checks it."), beside=summing.up, initial=summing.first_words),
    "verify":   Deed(title=_("Verify"), form=forms.Verify, run=verifying.verify, capability="order.verify",
                     said=_("Checked.")),
    "reassign": Deed(title=_("Give to another unit"), form=forms.Reassign, run=opening.reassign,
                     capability="order.assign", said=_("Given to another unit."), shows_list=True),
    "recall":   Deed(title=_("Take the dispatch back"), form=forms.Recall, run=taking_back.recall,
                     capability="order.recall", said=_("Taken back: it waits to be dispatched."),
                     lead=_("Nobody has signed for it yet. The unit is told and the petition waits to be dispatched "
                            "again; neither your time nor the promise to the citizen begins anew.")),
    "ask_extension": Deed(title=_("Ask for an extension"), form=time_forms.AskExtension, run=asking.ask_extension,
                          capability="order.ask_time", said=_("The centre is asked."), beside=extension_beside,
                          lead=_("Time is extended once. The citizen is told why.")),
    "ask_pause":     Deed(title=_("Ask for a suspension"), form=time_forms.AskPause, run=asking.ask_pause,
                          capability="order.ask_time", said=_("The centre is asked."), beside=pause_beside,
                          lead=_("Only for what you cannot hurry. Until the decision your clock goes on.")),
    "decide_time":   Deed(title=_("Decide on more time"), form=time_forms.DecideTime, run=granting.decide,
                          capability="order.grant_time", said=_("Decided."), beside=time_beside),
    "resume":        Deed(title=_("Go on with it"), form=time_forms.Resume, run=pausing.resume,
                          capability="order.ask_time", either="order.grant_time", said=_("The clock runs again."),
                          lead=_("What is left of the suspension is not given.")),
}
# fmt: on


def page_of(request: ActorRequest, *, order: WorkOrder, name: str, at: datetime) -> DeedPage:
    """What the page of a deed needs; a deed that is sent is done `at` the instant.

    Http404 for a deed that there is none of, NotAllowed without the right to it.
    """
    row = DEEDS.get(name)
    if row is None:
        raise Http404
    actor = request.actor
    if not row.either or not verdict(capability=row.either, order=order, actor=actor):
        require(verdict(capability=row.capability, order=order, actor=actor))

    def act(form: DeedForm) -> None:
        row.run(order_id=order.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    return DeedPage(
        title=row.title,
        form=row.form(
            request.POST or None,
            request.FILES or None,
            version=order.version,
            initial=row.initial(order=order) if row.initial else None,
        ),
        act=act,
        reload=lambda: WorkOrder.objects.get(pk=order.pk),
        said=row.said,
        done=reverse("governance:case", args=[order.petition_id]),
        template=TEMPLATE,
        names={"file": "photos"},
        context={
            "subject": order.petition,
            "order": order,
            "lead": row.lead,
            "deed": name,
            "proposal": proposal_of(petition=order.petition, at=at) if row.shows_list else None,
            **(row.beside(order=order, at=at) if row.beside else {}),
        },
    )


def assigning(request: ActorRequest, *, petition: Petition, at: datetime) -> DeedPage:
    """What the page of naming a unit needs. NotAllowed without the right to it."""
    actor = request.actor
    require(verdict_on(petition=petition, capability="order.assign", actor=actor))
    proposal = proposal_of(petition=petition, at=at)

    def act(form: DeedForm) -> None:
        version = form.cleaned_data["version"]
        if hints:
            note_units_shown(petition=petition, units=[(int(one.key), one.percent / 100) for one in hints], at=at)
        opening.assign(petition_id=petition.pk, actor=actor, at=at, version=version, **form.given())

    listed = {"unit": str(proposal.unit.pk)} if proposal.unit else {}
    hints = unit_hints(petition=petition, at=at)
    if (chosen := request.GET.get("unit", "")) in {one.key for one in hints}:
        listed = {"unit": chosen}
    return DeedPage(
        title=_("Name the unit"),
        form=forms.NameUnit(request.POST or None, version=petition.version, initial=listed),
        act=act,
        reload=lambda: Petition.objects.get(pk=petition.pk),
        said=_("The work order is open."),
        done=reverse("governance:case", args=[petition.pk]),
        template=TEMPLATE,
        context={"subject": petition, "proposal": proposal, "unit_hints": hints},
    )
