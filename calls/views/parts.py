"""The pages on which a cooperating unit replies for itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from calls.models import Part
from calls.queries import colleagues, part_move_verdict, rows_for_refusal
from calls.services import calls, parts
from calls.views.call import seen
from calls.views.files import with_files
from calls.workflow import PARTS
from kernel import clock
from kernel.deed_pages import DeedPage, answer
from kernel.forms import DeedForm, Over
from kernel.http import ActorRequest
from kernel.permissions import require


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One row: the form, the deed, and what is said afterwards."""

    title: str | Promise
    form: type[Over]
    run: Callable[..., Any]
    said: str | Promise
    template: str = "casefile/deed.html"


# fmt: off
DEEDS: dict[str, Deed] = {
    "answer": Deed(title=_("Name who comes"), form=forms.Answer, run=parts.answer_part,
                   said=_("Answered: the township sees who comes and when.")),
    "arrive": Deed(title=_("Check in on site"), form=forms.Arrive, run=with_files(parts.arrive_part),
                   said=_("Checked in."), template="calls/arrive.html"),
    "report": Deed(title=_("Report the result"), form=forms.Report, run=with_files(parts.report_part),
                   said=_("Reported: the lead unit sums up.")),
    "refuse": Deed(title=pgettext_lazy("call", "Refuse"), form=forms.Refuse, run=parts.refuse_part,
                   said=_("Refused: the centre rules on it.")),
    "uphold": Deed(title=_("Uphold the refusal"), form=forms.Note, run=parts.uphold_part,
                   said=_("Upheld: the unit is let go.")),
    "overrule": Deed(title=_("Overrule the refusal"), form=forms.Note, run=parts.overrule_part,
                     said=_("Overruled: the unit must come.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, call_id: UUID, part_id: UUID, name: str) -> HttpResponse:
    """The page of one deed of a cooperating unit."""
    found, row = seen(request, call_id), DEEDS.get(name)
    part = Part.objects.filter(pk=part_id, call=found).select_related("call", "unit").first()
    if part is None or row is None:
        raise Http404
    actor, at = request.actor, clock.now()
    require(part_move_verdict(move=name, part=part, actor=actor))
    if request.method != "POST":
        PARTS.row(move=name, state=part.state)

    def act(form: DeedForm) -> None:
        version = form.cleaned_data["version"]
        row.run(call_id=found.pk, part_id=part.pk, actor=actor, at=at, version=version, **form.given())

    extra: dict[str, Any] = {}
    if name == "answer":
        latest = calls.end_of_step(clock="call.arrive", call=found, at=at).replace(second=0, microsecond=0)
        begun = {"person_id": actor.user_id, "promised_at": latest}
        extra = {"people": colleagues(unit_id=part.unit_id, at=at), "initial": begun}
    elif name == "refuse":
        on = timezone.localtime(at).date()
        extra = {"rows": rows_for_refusal(call=found, unit_id=part.unit_id, on=on)}
    page = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, request.FILES or None, version=part.version, **extra),
        act=act,
        reload=lambda: Part.objects.get(pk=part.pk),
        said=row.said,
        done=reverse("calls:call", args=[found.pk]),
        context={"subject": {"number": found.number, "title": part.task or str(part.unit)}},
        names={"person": "person_id", "entry": "entry_id"},
        template=row.template,
    )
    return answer(request, page)
