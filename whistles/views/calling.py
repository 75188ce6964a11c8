"""A new whistle: one page. Whoever may blow it blows it; everybody else asks the head."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import orjson
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from kernel.idempotency import fingerprint
from kernel.once import done_once
from organizations.models import Unit
from petitions.models import Petition
from whistles.choices import Form
from whistles.forms import CallForm
from whistles.queries import areas_for, units_for
from whistles.services import asking, issuing

NOT_CONTENT = ("csrfmiddlewaretoken", "idempotency_key")
KEY_LENGTH = 36
COMES_BACK = (400, 409, 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, case_id: UUID | None = None) -> HttpResponse:
    """Show the form, or do what it says: once, however often it is sent."""
    actor = request.actor
    seat = next((one for one in actor.seats if one.unit_id and _calls(one.capabilities)), None)
    if seat is None:
        raise NotAllowed(_("Your role does not include this."))
    petition = _petition(request, case_id) if case_id else None
    unit = Unit.objects.select_related("area").get(pk=seat.unit_id or 0)
    reach = seat.territory or unit.area.prefix
    made: dict[str, Any] = {"areas": areas_for(prefix=reach), "units": units_for(prefix=reach, caller=unit.pk)}
    context = {"petition": petition, "unit": unit, "blows": actor.holds("whistle.issue")}
    if request.method != "POST":
        wanted = request.GET.get("form", "")
        initial = {"area_code": unit.area_id, "form": wanted if wanted in Form.values else Form.WHISTLE}
        return _show(request, CallForm(initial=initial, **made), context, key=str(uuid4()), status=200)
    form, key = CallForm(request.POST, **made), _key(request)
    if not form.is_valid():
        return _show(request, form, context, key=key, status=422)
    try:
        made_id = _once(request, form, petition, key=key)
    except DomainError as error:
        if error.status not in COMES_BACK:
            raise
        form.explain(error)
        return _show(request, form, context, key=str(uuid4()), status=error.status)
    messages.success(request, _("The units are called.") if context["blows"] else _("Asked: the head decides."))
    return redirect("whistles:whistle", made_id)


def _calls(capabilities: frozenset[str]) -> bool:
    return "whistle.issue" in capabilities or "whistle.ask" in capabilities


def _petition(request: ActorRequest, case_id: UUID) -> Petition:
    found: Petition | None = Petition.objects.visible_to(request.actor).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


def _once(request: ActorRequest, form: CallForm, petition: Petition | None, *, key: str) -> str:
    actor, at = request.actor, clock.now()

    def work() -> dict[str, Any]:
        said = form.said(at=at, petition_id=petition.pk if petition else None)
        made = _deed(actor)(said=said, actor=actor, at=at)
        return {"whistle": str(made.pk)}

    return str(done_once(actor_key=actor.key, key=key, mark=_mark(request), at=at, work=work)["whistle"])


def _deed(actor: Actor) -> Any:
    return issuing.issue if actor.holds("whistle.issue") else asking.ask


def _show(request: HttpRequest, form: CallForm, context: dict[str, Any], *, key: str, status: int) -> HttpResponse:
    return render(request, "whistles/new.html", {"form": form, "key": key, **context}, status=status)


def _key(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("idempotency_key", "")[:KEY_LENGTH]))
    except ValueError:
        return str(uuid4())


def _mark(request: HttpRequest) -> bytes:
    said = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_CONTENT}
    return fingerprint(request.path.encode(), orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
