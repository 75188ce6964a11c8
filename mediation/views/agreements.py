"""The agreement on paper: the statutory contents, and blank lines to sign on."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from mediation.models.agreement import CONTENTS
from mediation.queries import agreement_of, open_party, opened_text, reads_texts
from mediation.views.cases import seen


@login_required
@require_safe
@never_cache
def agreement(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The whole agreement with full names, for the committee only; one sheet for each party and one for the file."""
    case = seen(request, case_id)
    if not reads_texts(case=case, actor=request.actor):
        raise NotAllowed(_("Only the committee reads what the parties said."))
    found = agreement_of(case=case)
    if found is None:
        raise Http404
    parties = [(one, open_party(party=one)) for one in case.parties.order_by("side", "pk")]
    names = {row.pk: clear.name for row, clear in parties}
    context = {
        "case": case,
        "agreement": found,
        "parties": parties,
        "text": {name: opened_text(blob=getattr(found, name), purpose=f"agreement.{name}") for name in CONTENTS},
        "promises": [
            (names[one.party_id], opened_text(blob=one.what, purpose="promise.what"), one.due_on)
            for one in found.promises.order_by("due_on", "pk")
        ],
        "signed": {one.party_id: one.signed_on for one in found.signatures.all()},
        "copies": len(parties) + 1,
    }
    return render(request, "mediation/agreement.html", context)
