"""Opening the reporter's data: a field, a purpose, and the value shown once."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.errors import Invalid, Missing
from kernel.http import ActorRequest
from kernel.permissions import require
from petitions.choices import RevealField
from petitions.deed_pages.table import seen
from petitions.forms.revealing import Reveal
from petitions.services.revealing import reveal as open_field


@never_cache
@sensitive_variables("value")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Ask for the field and the purpose; answer with the value, which is nowhere else."""
    petition, actor = seen(request, case_id), request.actor
    require(actor.may("petition.reveal", place=petition.place))
    form, value, status = Reveal(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                value = open_field(petition_id=petition.pk, actor=actor, at=clock.now(), **form.cleaned_data)
                status = 200
            except (Invalid, Missing) as error:
                form.explain(error)
    context = {
        "form": form,
        "value": value,
        "field": RevealField(form.cleaned_data["field"]).label if value else "",
        "petition": petition,
        "back": reverse("governance:case", args=[petition.pk]),
    }
    return render(request, "petitions/reveal.html", context, status=status)
