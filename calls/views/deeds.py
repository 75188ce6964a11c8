"""THE TABLE of the pages on which something is done to a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from calls import forms
from calls.models import Call
from calls.policies import FILE
from calls.queries import colleagues, move_verdict, rows_for_refusal, teams_to_send
from calls.services import answering, calls, ending, filing, judging, ruling, sending, turning
from calls.views.call import seen
from calls.views.files import with_files
from calls.workflow import CALLS
from kernel import clock, deed_pages
from kernel.actors import Actor
from kernel.deed_pages import TEMPLATE, DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from petitions.queries import usual_channel

Extra = Callable[[Call, Actor, datetime], dict[str, Any]]


def _nothing(call: Call, actor: Actor, at: datetime) -> dict[str, Any]:
    return {}


def who_comes(call: Call, actor: Actor, at: datetime) -> dict[str, Any]:
    """One's own people, oneself first, and the last moment that may be promised."""
    latest = calls.end_of_step(clock="call.arrive", call=call, at=at)
    return {
        "people": colleagues(unit_id=call.lead_id or 0, at=at, team_id=call.team_id),
        "initial": {"person_id": actor.user_id, "promised_at": latest.replace(second=0, microsecond=0)},
    }


def _rows(call: Call, actor: Actor, at: datetime) -> dict[str, Any]:
    return {"rows": rows_for_refusal(call=call, unit_id=call.lead_id or 0, on=timezone.localtime(at).date())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(deed_pages.Deed):
    """With what the form is made with, beside the version of the call."""

    begun: Extra = _nothing


# fmt: off
DEEDS: dict[str, Deed] = {
    "sign":      Deed(title=_("Sign the call"), form=forms.Sign, run=filing.sign, said=_("Signed: the centre has it.")),
    "decline":   Deed(title=_("Do not sign"), form=forms.Note, run=filing.decline, said=_("Not signed.")),
    "turn_away": Deed(title=_("Do not take it up"), form=forms.Note, run=filing.turn_away, said=_("Not taken up.")),
    "answer":    Deed(title=_("Name who comes"), form=forms.Answer, run=answering.answer, begun=who_comes,
                      said=_("Answered: the township sees who comes and when."),
                      lead=_("From now on the promised time is the clock.")),
    "refuse":    Deed(title=pgettext_lazy("call", "Refuse"), form=forms.Refuse, run=answering.refuse, begun=_rows,
                      said=_("Refused: the centre rules on it."),
                      lead=_("The director of the centre rules on it, and the ruling binds.")),
    "arrive":    Deed(title=_("Check in on site"), form=forms.Arrive, run=with_files(answering.arrive),
                      said=_("Checked in."),
                      lead=_("The time is now. The place is taken from your device if it allows that."),
                      template="calls/arrive.html"),
    "report":    Deed(title=_("Report the result"), form=forms.Report, run=with_files(answering.report),
                      said=_("Reported: the township judges it.")),
    "solve":     Deed(title=_("Solved: rate"), form=forms.Solve, run=judging.solve, said=_("Solved and rated.")),
    "send_back": Deed(title=_("Not solved: call again"), form=forms.Note, run=judging.send_back,
                      said=_("Called again.")),
    "uphold":    Deed(title=_("Uphold the refusal"), form=forms.Note, run=ruling.uphold,
                      said=_("Upheld: another unit is to be named."), lead=_("The call goes back to triage.")),
    "overrule":  Deed(title=_("Overrule the refusal"), form=forms.Note, run=ruling.overrule,
                      said=_("Overruled: the unit must come."), lead=_("The unit cannot refuse a second time.")),
    "withdraw":  Deed(title=_("Withdraw the call"), form=forms.Note, run=ending.withdraw, said=_("Withdrawn.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, call_id: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    found = seen(request, call_id)
    if name in BESIDE:
        return BESIDE[name](request, found)
    row = DEEDS.get(name)
    if row is None:
        raise Http404
    actor, at = request.actor, clock.now()
    require(move_verdict(move=name, call=found, actor=actor))
    if request.method != "POST":
        CALLS.row(move=name, state=found.state)  # no form for what the state does not allow

    def act(form: DeedForm) -> None:
        row.run(call_id=found.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    form = row.form(request.POST or None, request.FILES or None, version=found.version, **row.begun(found, actor, at))
    return _answer(request, found, row.title, form, act, said=row.said, lead=row.lead, template=row.template)


def _send(request: ActorRequest, found: Call) -> HttpResponse:
    """Send the own team of the township beside a call to a department."""
    actor, at = request.actor, clock.now()
    require(actor.may(FILE, units=[found.caller_id]))
    teams = teams_to_send(actor=actor, township_id=found.caller_id, on=timezone.localtime(at).date())

    def act(form: DeedForm) -> None:
        version = form.cleaned_data["version"]
        sending.send_beside(call_id=found.pk, actor=actor, at=at, version=version, **form.given())

    form = forms.Send(request.POST or None, version=found.version, teams=teams)
    lead = _("It goes at once, signed and triaged by nobody. The case stays one; you rate the team for itself.")
    said = _("Sent: the people of the team are told.")
    return _answer(request, found, _("Send our own team"), form, act, said=said, lead=lead)


def _turn(request: ActorRequest, found: Call) -> HttpResponse:
    """File a petition for a call that has none; the case stays one."""
    actor, at = request.actor, clock.now()
    require(actor.may(FILE, units=[found.caller_id]))

    def act(form: DeedForm) -> None:
        channel, version = usual_channel(actor=actor), form.cleaned_data["version"]
        turning.file_for_call(call_id=found.pk, channel=channel, actor=actor, at=at, version=version, **form.given())

    form = forms.Turn(request.POST or None, version=found.version)
    lead = _("It takes the number of this case. The called units do not see what you write here.")
    said = _("Filed: the case stays one.")
    return _answer(request, found, _("File a petition for it"), form, act, said=said, lead=lead)


def _answer(
    request: ActorRequest,
    found: Call,
    title: str | Promise,
    form: DeedForm,
    act: Callable[[DeedForm], Any],
    *,
    said: str | Promise,
    lead: str | Promise = "",
    template: str = TEMPLATE,
) -> HttpResponse:
    page = DeedPage(
        title=title,
        form=form,
        act=act,
        reload=lambda: Call.objects.get(pk=found.pk),
        said=said,
        done=reverse("calls:call", args=[found.pk]),
        context={"subject": {"number": found.number, "title": str(found.caller)}, "lead": lead},
        names={"person": "person_id", "entry": "entry_id", "team": "team_id"},
        template=template,
    )
    return answer(request, page)


# What is no move of the call itself.
BESIDE: dict[str, Callable[[ActorRequest, Call], HttpResponse]] = {"turn": _turn, "send": _send}
