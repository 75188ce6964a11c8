"""THE TABLE of the pages on which something is done to a whistle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kernel import clock, deed_pages
from kernel.deed_pages import DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from whistles import forms
from whistles.models import Whistle
from whistles.queries import move_verdict
from whistles.services import agenda, answering, arriving, asking, changing, gathering, issuing, recording, scoring
from whistles.views.whistle import seen
from whistles.workflow import WHISTLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(deed_pages.Deed):
    """`own`: what a unit says for itself changes its summons and not the whistle, so that no version is compared."""

    own: bool = False


def arrive(*, lng: float | None, lat: float | None, **said: Any) -> Any:
    """Check in where the form says one is."""
    return arriving.check_in(spot=arriving.Spot(lng=lng, lat=lat), **said)


# fmt: off
DEEDS: dict[str, Deed] = {
    "issue":      Deed(title=_("Blow the whistle"), form=forms.IssueAsked, run=issuing.issue_asked,
                       said=_("The units are called."), lead=_("It gets its number now, and the units are called."),
                       template="whistles/units.html"),
    "decline":    Deed(title=_("Do not issue it"), form=forms.Decline, run=asking.decline, said=_("Decided.")),
    "withdraw":   Deed(title=_("Withdraw what was asked"), form=forms.Note, run=asking.withdraw, said=_("Withdrawn.")),
    "receive":    Deed(title=_("Sign for it"), form=forms.ReceiptForm, run=answering.receive, own=True,
                       said=_("Signed for.")),
    "ask_leave":  Deed(title=_("Ask to be excused"), form=forms.LeaveForm, run=answering.ask_leave, own=True,
                       said=_("Asked. Until it is decided, your unit is awaited.")),
    "excuse":     Deed(title=_("Excuse a unit"), form=forms.ExcuseForm, run=answering.excuse, said=_("Excused.")),
    "summon":     Deed(title=_("Summon another unit"), form=forms.SummonForm, run=issuing.summon,
                       said=_("Called."), template="whistles/units.html"),
    "move":       Deed(title=_("Change time or place"), form=forms.MoveForm, run=changing.move,
                       said=_("Changed: the units are told.")),
    "add_item":   Deed(title=_("Put on the agenda"), form=forms.ItemForm, run=agenda.add_item, own=True,
                       said=_("It is on the agenda.")),
    "call_off":   Deed(title=_("Call it off"), form=forms.Note, run=changing.call_off, said=_("Called off."),
                       lead=_("The number stays in the register, and the units are told.")),
    "check_in":   Deed(title=_("Check in"), form=forms.CheckInForm, run=arrive, own=True, said=_("You are checked in."),
                       lead=_("The time is now. The place is taken from your device if it allows that."),
                       template="whistles/check_in.html"),
    "call_roll":  Deed(title=_("Check somebody in"), form=forms.RollForm, run=arriving.call_roll, own=True,
                       said=_("Checked in.")),
    "hold":       Deed(title=_("Begin"), form=forms.Nothing, run=gathering.hold, said=_("It has begun.")),
    "record":     Deed(title=_("Write the minutes"), form=forms.MinutesForm, run=recording.write,
                       said=_("Written: the tasks are given."), template="whistles/minutes.html"),
    "rate_unit":  Deed(title=_("Score a unit"), form=forms.UnitScoreForm, run=scoring.rate_unit, own=True,
                       said=_("Scored.")),
    "rate_whistle": Deed(title=_("Score the whistle"), form=forms.WhistleScoreForm, run=scoring.rate_whistle, own=True,
                       said=_("Scored."), lead=_("5 is best. The score stands.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, whistle_id: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    row, found = DEEDS.get(name), seen(request, whistle_id)
    if row is None:
        raise Http404
    actor, at = request.actor, clock.now()
    require(move_verdict(move=name, whistle=found, actor=actor))
    if request.method != "POST":
        WHISTLES.row(move=name, state=found.state)  # no form for what the state does not allow

    def act(form: DeedForm) -> None:
        version = {} if row.own else {"version": form.cleaned_data["version"]}
        said = {name: value for name, value in form.given().items() if name != "rows"}
        row.run(whistle_id=found.pk, actor=actor, at=at, **version, **said)

    page = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, whistle=found),
        act=act,
        reload=lambda: Whistle.objects.get(pk=found.pk),
        said=row.said,
        done=reverse("whistles:whistle", args=[found.pk]),
        context={"subject": {"number": found.number or found.asker, "title": found.matter}, "lead": row.lead},
        template=row.template,
    )
    if "more" in request.POST:  # the minutes with more rows for tasks: nothing is sent yet
        context = {"title": page.title, "form": page.form, "back": page.done, **page.context}
        return render(request, page.template, context)
    return answer(request, page)
