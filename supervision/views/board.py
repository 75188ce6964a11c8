"""The board of listed cases: public inside of the house, oldest first, without any personal data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock, keyset
from kernel.actors import Actor
from kernel.deed_pages import DeedPage, answer
from kernel.errors import NotAllowed
from kernel.forms import DeedForm, Over
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from kernel.permissions import require
from supervision import forms
from supervision.choices import COLOURS, ListingState
from supervision.clocks import age_of
from supervision.models import Listing
from supervision.policies import listing_verdict
from supervision.queries import listing_moves
from supervision.services import listing as listings
from supervision.wording import end_words
from supervision.workflow import LISTINGS

PAGE = 50
NOW, OFF = "listed", "removed"
TABS: dict[str, str | Promise] = {NOW: gettext_lazy("On the list"), OFF: gettext_lazy("Taken off")}
ICONS = {"extend": "calendar-plus", "remove": "list-check"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One row: the form, the deed, and what is said afterwards."""

    title: str | Promise
    form: type[Over]
    run: Callable[..., Any]
    said: str | Promise


DEEDS: dict[str, Deed] = {
    "extend": Deed(
        title=gettext_lazy("Extend the listing"),
        form=forms.ExtendListing,
        run=listings.extend,
        said=gettext_lazy("Extended."),
    ),
    "remove": Deed(
        title=gettext_lazy("Take off the list"),
        form=forms.RemoveListing,
        run=listings.remove,
        said=gettext_lazy("Taken off the list."),
    ),
}


@login_required
@require_safe
def board(request: ActorRequest) -> HttpResponse:
    """What is on the list, the oldest first; or what was taken off it, the latest first."""
    actor, at = request.actor, clock.now()
    if not actor.holds("reference.view"):
        raise NotAllowed(_("Your role does not include this."))
    tab = OFF if request.GET.get("tab") == OFF else NOW
    state = ListingState.REMOVED if tab == OFF else ListingState.LISTED
    rows = Listing.objects.visible_to(actor).filter(state=state).select_related("unit", "category", "township")
    found = keyset.page(
        rows,
        order="listed_at" if tab == NOW else "-listed_at",
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "rows": [_row(one, actor, at) for one in found.rows],
        "tab": tab,
        "at": at,
        "tabs": [(f"?tab={name}", label, name == tab) for name, label in TABS.items()],
        **neighbours(request, found),
    }
    return page(request, "supervision/board.html", "supervision/_listed.html", context)


def _row(one: Listing, actor: Actor, at: Any) -> dict[str, Any]:
    manages = bool(listing_verdict(listing=one, actor=actor))
    moves = [move for move in listing_moves(listing=one, actor=actor) if move.allowed]
    return {
        "listing": one,
        "colour": COLOURS[one.state],
        "age": age_of(listing=one, at=at),
        "manages": manages,
        "moves": [{"name": move.move, "label": move.label, "icon": ICONS[move.move]} for move in moves],
        "note": end_words(one.removal_note) if manages else "",
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, listing_id: UUID, name: str) -> HttpResponse:
    """The page on which a listing is extended or ended."""
    actor, at, row = request.actor, clock.now(), DEEDS.get(name)
    found = Listing.objects.visible_to(actor).select_related("unit").filter(pk=listing_id).first()
    if found is None or row is None:
        raise Http404
    require(listing_verdict(listing=found, actor=actor))
    if request.method != "POST":
        LISTINGS.row(move=name, state=found.state)  # no form for what the state does not allow

    def act(form: DeedForm) -> None:
        row.run(listing_id=found.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    shown = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, version=found.version),
        act=act,
        reload=lambda: Listing.objects.get(pk=found.pk),
        said=row.said,
        done=reverse("supervision:board"),
        context={"subject": {"number": found.number, "title": str(found.unit)}},
    )
    return answer(request, shown)
