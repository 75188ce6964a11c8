"""Filing a call: one page, one screen on a telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import orjson
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from calls.forms import FilingForm
from calls.policies import calling_seat
from calls.services.filing import file_call
from calls.signing import SIGNED_BY_HEAD
from kernel import clock
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from kernel.idempotency import fingerprint
from kernel.once import done_once
from organizations.models import Unit
from petitions.models import Petition

NOT_CONTENT = ("csrfmiddlewaretoken", "idempotency_key")
KEY_LENGTH = 36
COMES_BACK = (400, 409, 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ActorRequest, case_id: UUID | None = None) -> HttpResponse:
    """Show the form, or file what it says: once, however often it is sent."""
    actor = request.actor
    seat = calling_seat(actor=actor)
    if seat is None:
        raise NotAllowed(_("Your role does not include this."))
    petition = _petition(request, case_id) if case_id else None
    unit = Unit.objects.select_related("area").get(pk=seat.unit_id or 0)
    made: dict[str, Any] = {"prefix_of_unit": unit.area.prefix, "on_petition": petition is not None}
    context = {"petition": petition, "unit": unit, "signed": any(SIGNED_BY_HEAD.values())}
    if request.method != "POST":
        initial = {} if petition else {"place": unit.area_id}
        return _show(request, FilingForm(initial=initial, **made), context, key=str(uuid4()), status=200)
    form, key = FilingForm(request.POST, **made), _key(request)
    if not form.is_valid():
        return _show(request, form, context, key=key, status=422)
    try:
        call_id = _file_once(request, form, petition, key=key)
    except DomainError as error:
        if error.status not in COMES_BACK:
            raise
        form.explain(error, names={"category": "category_code", "wanted_by": "when"})
        return _show(request, form, context, key=str(uuid4()), status=error.status)
    return redirect("calls:call", call_id)


def _petition(request: ActorRequest, case_id: UUID) -> Petition:
    found: Petition | None = Petition.objects.visible_to(request.actor).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


def _file_once(request: ActorRequest, form: FilingForm, petition: Petition | None, *, key: str) -> str:
    actor, at = request.actor, clock.now()

    def work() -> dict[str, Any]:
        call = file_call(petition_id=petition.pk if petition else None, actor=actor, at=at, **form.given(at=at))
        return {"call": str(call.pk)}

    return str(done_once(actor_key=actor.key, key=key, mark=_mark(request), at=at, work=work)["call"])


def _show(request: HttpRequest, form: FilingForm, context: dict[str, Any], *, key: str, status: int) -> HttpResponse:
    return render(request, "calls/file.html", {"form": form, "key": key, **context}, status=status)


def _key(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("idempotency_key", "")[:KEY_LENGTH]))
    except ValueError:
        return str(uuid4())


def _mark(request: HttpRequest) -> bytes:
    said = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_CONTENT}
    return fingerprint(request.path.encode(), orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
