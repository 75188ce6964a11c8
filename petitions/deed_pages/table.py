"""THE TABLE of the pages on which something is done to a petition: form, deed and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.deed_pages import DeedPage
from kernel.deeds import in_one_transaction
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from petitions.deed_pages.suggesting import SUGGEST, suggested_for
from petitions.forms import deeds as forms
from petitions.hinting import note_decided
from petitions.models import Petition
from petitions.queries import verdict_on
from petitions.services import closing, joining, reception, supplying
from petitions.services.attaching import attach as attach_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One row. `capability` is asked before the form is shown; `versioned` deeds are refused over a newer version."""

    title: str | Promise
    form: type[forms.PetitionDeed]
    run: Callable[..., Any]
    capability: str
    said: str | Promise
    lead: str | Promise = ""
    versioned: bool = True
    suggests: bool = False  # categories, where the petition has none yet


def attach(*, petition_id: Any, actor: Actor, at: datetime, purpose: str, file: list[Any]) -> None:
    """Attach several files, all of them or none."""

    def work() -> None:
        for one in file:
            attach_one(petition_id=petition_id, file=one, name=one.name, purpose=purpose, actor=actor, at=at)

    in_one_transaction(work)


# fmt: off
DEEDS: dict[str, Deed] = {
    "accept":   Deed(title=_("Accept"), form=forms.Accept, run=reception.accept, capability="petition.accept",
                     said=_("Accepted."), lead=_("With the category the list decides which unit gets it."),
                     suggests=True),
    "classify": Deed(title=_("Put right"), form=forms.Classify, run=reception.classify,
                     capability="petition.classify", said=_("Put right.")),
    "ask":      Deed(title=_("Ask for information"), form=forms.Ask, run=reception.ask_for_information,
                     capability="petition.ask", said=_("Asked."),
                     lead=_("Until the answer the time is the citizen's.")),
    "supply":   Deed(title=_("Supply information"), form=forms.Supply, run=supplying.supply_information,
                     capability="petition.supply", said=_("Thank you, it is with the centre again.")),
    "decline":  Deed(title=_("Decline"), form=forms.Decline, run=reception.decline, capability="petition.decline",
                     said=_("Declined.")),
    "join":     Deed(title=_("Join to another"), form=forms.Join, run=joining.join, capability="petition.join",
                     said=_("Joined.")),
    "separate": Deed(title=_("Separate again"), form=forms.Confirm, run=joining.separate, capability="petition.join",
                     said=_("Separated."), lead=_("It stands before the centre as it did.")),
    "withdraw": Deed(title=_("Withdraw"), form=forms.Confirm, run=closing.withdraw, capability="petition.withdraw",
                     said=_("Withdrawn."), lead=_("Nobody goes on with it. This cannot be undone.")),
    "rate":     Deed(title=_("Rate"), form=forms.Rate, run=closing.rate, capability="petition.rate",
                     said=_("Thank you for the rating."),
                     lead=_("Dissatisfied for the first time: it is handled again.")),
    "callback": Deed(title=_("Record a call"), form=forms.Callback, run=closing.record_callback,
                     capability="petition.callback", said=_("The call is on record.")),
    "archive":  Deed(title=_("Archive"), form=forms.Confirm, run=closing.archive, capability="petition.archive",
                     said=_("Archived."), versioned=False),
    "reply":    Deed(title=_("Write to the citizen"), form=forms.Reply, run=closing.reply,
                     capability="petition.reply", said=_("Written."), versioned=False),
    "attach":   Deed(title=_("Attach"), form=forms.Attach, run=attach, capability="petition.attach",
                     said=_("Attached."), versioned=False),
}
# fmt: on


def page_of(request: ActorRequest, *, petition: Petition, name: str, at: datetime) -> DeedPage:
    """What the page of a deed needs; a deed that is sent is done `at` the instant.

    Http404 for a deed that there is none of, NotAllowed without the right to it.
    """
    row, actor = DEEDS.get(name), request.actor
    if row is None:
        raise Http404
    require(verdict_on(petition=petition, capability=row.capability, actor=actor))
    chosen = request.GET.get(SUGGEST, "")
    hints, begin = suggested_for(petition=petition, chosen=chosen, at=at) if row.suggests else ([], {})

    def act(form: DeedForm) -> None:
        version = {"version": form.cleaned_data["version"]} if row.versioned else {}
        if hints:
            note_decided(petition_id=petition.pk, at=at)
        row.run(petition_id=petition.pk, actor=actor, at=at, **version, **form.given())

    return DeedPage(
        title=row.title,
        form=row.form(
            request.POST or None, request.FILES or None, petition=petition, actor=actor, at=at, initial=begin
        ),
        act=act,
        reload=lambda: Petition.objects.get(pk=petition.pk),
        said=row.said,
        done=reverse("governance:case", args=[petition.pk]),
        context={"subject": petition, "lead": row.lead, "hints": hints, "take": "id_category"},
    )


def seen(request: ActorRequest, case_id: UUID) -> Petition:
    """The petition, or a 404 where it is not there or not for this person."""
    found = Petition.objects.visible_to(request.actor).select_related("category").filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found
