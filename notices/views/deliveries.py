"""The delivery log: what was to leave the product, over which channel it did, and what did not."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel import keyset
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from notices.choices import COLOURS
from notices.forms import DeliveryFilter
from notices.kinds import KINDS
from notices.models import Attempt, Delivery

PAGE = 50


@login_required
@require_safe
def deliveries(request: ActorRequest) -> HttpResponse:
    """Newest first, each with its tries. It says which kind, never which case."""
    if not request.actor.holds("operations.view"):
        raise NotAllowed(_("Your role does not include this."))
    form = DeliveryFilter(request.GET)
    tried = Prefetch("attempts", queryset=Attempt.objects.order_by("pk"))
    rows = form.narrow(Delivery.objects.visible_to(request.actor)).select_related("user", "notice")
    found = keyset.page(rows.prefetch_related(tried), order="-made_at", cursor=request.GET.get("cursor", ""), size=PAGE)
    context = {
        "filters": form,
        "rows": [
            {"delivery": one, "colour": COLOURS[one.outcome], "kind": _kind(one), "tries": list(one.attempts.all())}
            for one in found.rows
        ],
        **neighbours(request, found),
    }
    return page(request, "notices/deliveries.html", "notices/_deliveries.html", context)


def _kind(delivery: Delivery) -> str:
    if delivery.notice is None:
        return _("Daily message")
    kind = KINDS.get(delivery.notice.kind)
    return kind.name if kind is not None else delivery.notice.kind
