"""THE TABLE of the pages on which something is done to a draft."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.deed_pages import Deed, DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from registry.forms import deeds as forms
from registry.models import Draft
from registry.services import drafts, papers, publishing
from registry.views.drafts import seen

# fmt: off
DEEDS: dict[str, Deed] = {
    "submit":    Deed(title=_("Submit the draft"), form=forms.Confirm, run=drafts.submit, said=_("Submitted."),
                      lead=_("Every line is compared anew; none may be wrong. Somebody else then decides.")),
    "take_back": Deed(title=_("Take the draft back"), form=forms.Confirm, run=drafts.take_back, said=_("Taken back."),
                      lead=_("It can be changed again and needs to be submitted anew.")),
    "approve":   Deed(title=_("Approve the draft"), form=forms.Approve, run=publishing.approve, said=_("Approved."),
                      lead=_("All lines take effect on the day that the draft names, or none does.")),
    "refuse":    Deed(title=_("Refuse the draft"), form=forms.Refuse, run=drafts.refuse, said=_("Refused."),
                      lead=_("Nothing of it takes effect. Whoever proposed it reads the reason.")),
    "discard":   Deed(title=_("Discard the draft"), form=forms.Confirm, run=drafts.discard, said=_("Discarded."),
                      lead=_("It stays to be read and can no longer be submitted.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft_deed(request: ActorRequest, draft_id: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    row, draft = DEEDS.get(name), seen(request, draft_id)
    if row is None:
        raise Http404
    actor, at = request.actor, clock.now()
    require(papers.verdict(draft=draft, move=name, actor=actor))

    def act(form: DeedForm) -> None:
        row.run(draft_id=draft.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    page = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, initial={"version": draft.version, "effective": draft.effective}),
        act=act,
        reload=lambda: Draft.objects.get(pk=draft.pk),
        said=row.said,
        done=reverse("registry:draft", args=[draft.pk]),
        context={"subject": {"number": draft.number, "title": draft.title}, "lead": row.lead},
        template="registry/deed.html",
    )
    return answer(request, page)
