"""Filing: the form, what it says while it is filled in, and the page with the number."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock
from kernel.errors import DomainError, Invalid, NotAllowed
from kernel.filed_once import key_of, mark_of
from kernel.http import ActorRequest
from kernel.once import done_once
from petitions import related
from petitions.choices import COLOURS
from petitions.forms.filing import PHONE, FilingForm, desk_of
from petitions.hinting import note_decided
from petitions.models import Petition
from petitions.place_names import area_names, place_name
from petitions.services.attaching import attach
from petitions.services.filing import file_petition
from petitions.services.placing import place_of
from petitions.views.suggesting import SEEN

COMES_BACK = (400, 413, 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ActorRequest) -> HttpResponse:
    """Show the form, or file what it says: once, however often it is sent."""
    actor = request.actor
    if not actor.holds("petition.file"):
        raise NotAllowed(_("Your role does not include this."))
    if request.method != "POST":
        return _show(request, FilingForm(actor=actor), key=str(uuid4()), status=200)
    form, key = FilingForm(request.POST, request.FILES, actor=actor), key_of(request)
    if not form.is_valid():
        return _show(request, form, key=key, status=422)
    try:
        case_id = _file_once(request, form, key=key)
    except IntegrityError as error:
        if "petitions_source_once" not in str(error):
            raise
        form.add_error("source_no", _("This was taken in before."))
        return _show(request, form, key=str(uuid4()), status=409)
    except DomainError as error:
        if error.status not in COMES_BACK:
            raise
        form.explain(error, names={"file": "photos"})
        return _show(request, form, key=str(uuid4()), status=error.status)
    return redirect("petitions:filed", case_id)


def _file_once(request: ActorRequest, form: FilingForm, *, key: str) -> str:
    """File what the form says with its pictures, all or nothing; the case, also of a filing that was sent before."""
    actor, at = request.actor, clock.now()

    def work() -> dict[str, Any]:
        petition = file_petition(actor=actor, at=at, **form.given())
        for one in form.cleaned_data["photos"]:
            attach(petition_id=petition.pk, file=one, name=one.name, purpose="report", actor=actor, at=at)
        if request.POST.get(SEEN):
            note_decided(petition_id=petition.pk, at=at)
        return {"case": str(petition.pk)}

    done = done_once(actor_key=actor.key, key=key, mark=mark_of(request), at=at, work=work)
    return str(done["case"])


def _show(request: HttpRequest, form: FilingForm, *, key: str, status: int) -> HttpResponse:
    context = {"form": form, "key": key, "desk": form.desk, "seen": bool(request.POST.get(SEEN))}
    return render(request, "petitions/file.html", context, status=status)


@login_required
@require_safe
def filed(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The number and the tracking code, for whoever filed it."""
    petition = Petition.objects.filter(pk=case_id, registrar=request.user.pk).select_related("center").first()
    if petition is None:
        raise Http404
    context = {"petition": petition, "place": place_name(petition, area_names([petition]))}
    return render(request, "petitions/filed.html", context)


@login_required
@require_POST
def hints(request: ActorRequest) -> HttpResponse:
    """While the form is filled in: which grid the place is in, and what staff may already have about it."""
    actor, at = request.actor, clock.now()
    said = request.POST
    lng, lat = _number(said.get("lng")), _number(said.get("lat"))
    context: dict[str, Any] = {"place": "", "near": [], "person": [], "colours": COLOURS}
    try:
        where = place_of(lng=lng, lat=lat, address=said.get("address", "")[:200], area_code=said.get("area_code", ""))
    except Invalid:
        return render(request, "petitions/_hints.html", context)
    probe = Petition(township_code=where.code[:9], village_code=where.code[:12])
    context |= {"place": place_name(probe, area_names([probe])), "cell": where.code[12:15], "away": where.distance_m}
    if desk_of(actor) != "citizen":
        among = Petition.objects.visible_to(actor)
        context["near"] = list(related.near(lng=lng, lat=lat, among=among, at=at)[: related.SHOWN])
        if phone := _phone(said.get("phone", "")):
            context["person"] = related.by_phone(phone=phone, among=among, actor=actor)
    return render(request, "petitions/_hints.html", context)


def _number(text: str | None) -> float | None:
    try:
        return float(text[:24]) if text else None
    except ValueError:
        return None


def _phone(text: str) -> str:
    try:
        PHONE(text)
    except ValidationError:
        return ""
    return text
