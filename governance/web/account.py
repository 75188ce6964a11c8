"""My account: who I am here, what I may do, how the pages look, and my password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from knox.models import get_token_model

from governance.web.names import unit_name
from kernel.actors import Seat
from kernel.http import ActorRequest
from organizations.choices import Role

UNPROCESSABLE = 422


def seat_line(*, seat: Seat) -> dict[str, object]:
    """A posting in words: role, body, ground, and what it allows."""
    return {
        "role": Role(seat.role).label,
        "unit": unit_name(unit_id=seat.unit_id) if seat.unit_id is not None else "",
        "territory": seat.territory,
        "lent": seat.stands_for is not None,
        "capabilities": sorted(seat.capabilities),
    }


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: ActorRequest) -> HttpResponse:
    """Show the account; a POST changes the password and keeps this session signed in."""
    assert request.user.is_authenticated  # login_required saw to it
    form = PasswordChangeForm(request.user, request.POST or None)
    form.fields["old_password"].widget.attrs.pop("autofocus", None)  # the password is not what the page is opened for
    if request.method == "POST" and form.is_valid():
        form.save()
        get_token_model().objects.filter(user=form.user).delete()  # whoever knew the old one is signed out everywhere
        update_session_auth_hash(request, form.user)
        messages.success(request, _("Your password is changed."))
        return redirect("governance:account")
    context = {"form": form, "seats": [seat_line(seat=seat) for seat in request.actor.seats]}
    return render(request, "governance/account.html", context, status=UNPROCESSABLE if form.is_bound else 200)
