"""The filing conditions that belong to a category, while a petition is taken up or put right."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from petitions.forms.conditions import ConditionForm

CHOOSERS = ("petition.accept", "petition.classify", "order.assign")  # the last tries what would happen
LONGEST = 48


@login_required
@require_safe
def conditions(request: ActorRequest) -> HttpResponse:
    """The field of the condition for the category chosen; what was chosen before stays where it still fits."""
    if not any(request.actor.holds(name) for name in CHOOSERS):
        raise NotAllowed(_("Your role does not include this."))
    category, before = (request.GET.get(name, "")[:LONGEST] for name in ("category", "condition"))
    form = ConditionForm(category=category, at=clock.now(), initial={"condition": before})
    return render(request, "petitions/_condition.html", {"form": form})
