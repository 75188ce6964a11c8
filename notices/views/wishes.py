"""How I am told: three forms, each a deed of its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kernel import clock
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.pages import onward
from notices import channels
from notices.choices import Means
from notices.forms import ContactForm, KindsForm, WishesForm
from notices.kinds import KINDS
from notices.queries import contacts_of, muted_by, wishes_of
from notices.queries.wishes import masked
from notices.services import wishing

UNPROCESSABLE = 422
CHOSEN = ("outward", "channel", "digest_hour", "quiet_from", "quiet_until")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: ActorRequest) -> HttpResponse:
    """Show all three forms; a POST changes what leaves the product, and when."""
    if request.method != "POST":
        return _show(request)
    form = WishesForm(request.POST)
    if not form.is_valid():
        return _show(request, wishes=form, status=UNPROCESSABLE)
    version = form.cleaned_data["version"]
    try:
        wishing.prefer(wishes=wishing.Wishes(**form.given()), actor=request.actor, at=clock.now(), version=version)
    except DomainError as error:
        form.explain(error)
        form.renew(version=wishes_of(user_id=request.actor.user_id or 0).version)
        return _show(request, wishes=form, status=error.status)
    return _kept(request)


@sensitive_post_parameters()
@login_required
@require_POST
def contacts(request: ActorRequest) -> HttpResponse:
    """Change where one is reached; an empty field keeps what is known, `remove` takes one away."""
    form, actor, at = ContactForm(request.POST), request.actor, clock.now()
    gone = request.POST.get("remove", "")
    if not form.is_valid():
        return _show(request, contacts=form, status=UNPROCESSABLE)
    given = {gone: ""} if gone else {name: value for name, value in form.cleaned_data.items() if value}
    try:
        for means, address in given.items():
            wishing.reach(means=means, address=address, actor=actor, at=at)
    except DomainError as error:
        form.explain(error)
        return _show(request, contacts=form, status=error.status)
    return _kept(request)


@login_required
@require_POST
def kinds(request: ActorRequest) -> HttpResponse:
    """Mute what was unticked, hear again what was ticked."""
    form = KindsForm(request.POST)
    if not form.is_valid():
        return _show(request, kinds=form, status=UNPROCESSABLE)
    wishing.hear_only(kinds=form.cleaned_data["heard"], actor=request.actor, at=clock.now())
    return _kept(request)


def _kept(request: ActorRequest) -> HttpResponse:
    messages.success(request, _("Kept."))
    return onward(request, "notices:wishes")


def _show(request: ActorRequest, *, status: int = 200, **bound: Any) -> HttpResponse:
    assert request.user.is_authenticated  # login_required saw to it
    user_id = request.user.pk
    mine, known = wishes_of(user_id=user_id), contacts_of(user_ids=[user_id]).get(user_id, {})
    muted = muted_by(user_id=user_id)
    forms = {
        "wishes": WishesForm(initial={"version": mine.version} | {name: getattr(mine, name) for name in CHOSEN}),
        "contacts": ContactForm(),
        "kinds": KindsForm(initial={"heard": [code for code in KINDS if code not in muted]}),
    }
    shown = [(one.value, one.label, masked(means=one, address=known[one])) for one in Means if one in known]
    context = {**forms, **bound, "known": shown, "urgent": _urgent(), "channels": list(channels.configured())}
    context["usual_quiet"] = settings.NOTICE_QUIET_HOURS
    return render(request, "notices/wishes.html", context, status=status)


def _urgent() -> list[str]:
    return sorted(kind.name for kind in KINDS.values() if kind.urgent)
