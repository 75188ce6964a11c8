"""The register of companies, and the green channel."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from developments.forms import GreenForm, RegisterForm
from developments.models import Enterprise
from developments.policies import ACCEPT, GREEN, KEEP
from developments.services.enterprises import register as register_company
from developments.services.enterprises import set_green
from kernel import clock
from kernel.deed_pages import DeedPage
from kernel.deed_pages import answer as answer_deed
from kernel.desks import require_any
from kernel.filed_once import FilingPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from organizations.choices import UnitKind
from organizations.models import Unit

WITH = ("unit__area",)


@login_required
@require_safe
def companies(request: ActorRequest) -> HttpResponse:
    """Every company of the register, the green channel first."""
    actor = request.actor
    require_any(actor, KEEP, ACCEPT)
    rows = Enterprise.objects.visible_to(actor).select_related(*WITH).prefetch_related("standings")
    context = {
        "companies": rows.order_by("-green", "-key_project", "unit__name"),
        "may_keep": actor.holds(KEEP),
        "may_green": actor.holds(GREEN),
    }
    return render(request, "developments/companies.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: ActorRequest) -> HttpResponse:
    """Enter a company."""
    actor, at = request.actor, clock.now()
    require_any(actor, KEEP)
    known = Enterprise.objects.values("unit_id")
    units = Unit.objects.working().filter(kind=UnitKind.ENTERPRISE).exclude(pk__in=known).order_by("name")
    page = FilingPage(
        form=RegisterForm(request.POST if request.method == "POST" else None, units=units),
        act=lambda form: register_company(actor=actor, at=at, **form.given()).pk,
        done=lambda made: redirect("developments:companies"),
        template="developments/register.html",
        names={"unit": "unit_id"},
    )
    return answer(request, page, at=at)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: ActorRequest, enterprise_id: int) -> HttpResponse:
    """Grant the green channel or take it away, signed with a reason."""
    actor, at = request.actor, clock.now()
    require_any(actor, GREEN)
    found = Enterprise.objects.visible_to(actor).select_related(*WITH).filter(pk=enterprise_id).first()
    if found is None:
        raise Http404
    green = not found.green

    def act(form: DeedForm) -> None:
        version = form.cleaned_data["version"]
        set_green(enterprise_id=found.pk, green=green, actor=actor, at=at, version=version, **form.given())

    page = DeedPage(
        title=_("Grant the green channel") if green else _("Take the green channel away"),
        form=GreenForm(request.POST or None, version=found.version),
        act=act,
        reload=lambda: Enterprise.objects.get(pk=found.pk),
        said=_("Signed."),
        done=reverse("developments:companies"),
        context={"subject": {"number": found.credit_code, "title": str(found.unit)}},
    )
    return answer_deed(request, page)
