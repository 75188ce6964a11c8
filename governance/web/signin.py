"""Signing in and out. Wrong passwords are counted by django-axes, which answers here when it is enough."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from governance.web import faults
from governance.web.demo import demo_accounts
from governance.web.person import person
from kernel.context import request_id
from kernel.http import ActorRequest
from organizations.choices import Language


@method_decorator(never_cache, name="dispatch")
class SignIn(LoginView):
    """The first page. A person already signed in goes straight on."""

    template_name = "governance/sign_in.html"
    redirect_authenticated_user = True
    request: ActorRequest

    def get_initial(self) -> dict[str, Any]:
        """`?as=` fills in a name: how the demo accounts are chosen without JavaScript."""
        return {"username": self.request.GET.get("as", "")[:150]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The demo accounts come with the page only where this is a demonstration."""
        return super().get_context_data(**kwargs, demo=demo_accounts())

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, speak the person's language from now on, and say as whom they are here."""
        response = super().form_valid(form)
        language = form.get_user().language
        if language in Language.values and settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
            with override(language):
                greet(self.request)
        else:
            greet(self.request)
        return response


class SignOut(LogoutView):
    """Signing out is a POST, so that no picture in a page can do it."""

    next_page = "governance:login"


def greet(request: ActorRequest) -> None:
    """Say who is signed in, as what and for whom; somebody without a posting learns that here."""
    from_now = person(request=request)
    if from_now is None:
        return
    where = " · ".join(part for part in (from_now.roles, from_now.unit) if part)
    if where:
        messages.success(request, _("Signed in as %(name)s: %(where)s") % {"name": from_now.name, "where": where})
    else:
        messages.warning(request, _("Signed in as %(name)s, without a posting.") % {"name": from_now.name})


def locked_out(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Too many wrong passwords: how long to wait, and nothing about whether the account exists."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    message = _("Too many wrong passwords.")
    if request.path.startswith(faults.API):
        return faults.as_json(
            status=HTTPStatus.TOO_MANY_REQUESTS, code="locked_out", message=message, details={"minutes": minutes}
        )
    context = {"minutes": minutes, "request_id": request_id.get()}
    return render(request, "governance/locked_out.html", context, status=HTTPStatus.TOO_MANY_REQUESTS.value)
