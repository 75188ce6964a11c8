"""The directory of units."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kernel.http import ActorRequest
from kernel.keyset import page as keyset_page
from kernel.pages import neighbours, page
from organizations.forms import UnitForm
from organizations.models import Unit


@login_required
@require_safe
def units(request: ActorRequest) -> HttpResponse:
    """Working units by name, kind and area."""
    form = UnitForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    found = Unit.objects.visible_to(request.actor).working().select_related("area", "superior", "second_superior")
    if q := given.get("q"):
        found = found.filter(Q(name__icontains=q) | Q(short_name__icontains=q) | Q(code__icontains=q))
    if kind := given.get("kind"):
        found = found.filter(kind=kind)
    if inside := given.get("inside"):
        found = found.filter(area__code__startswith=inside)
    shown = keyset_page(found, order="code", cursor=request.GET.get("cursor", ""))
    context = {"form": form, "rows": shown.rows, **neighbours(request, shown)}
    return page(request, "organizations/units.html", "organizations/_units.html", context)
