"""The register of supervision orders: what waits for me, everything, and the same rows as a spreadsheet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kernel import clock, keyset
from kernel.actors import Actor
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from kernel.pages import neighbours, page, readdressed
from supervision.choices import COLOURS, OPEN_STATES, State
from supervision.clocks import stage_clock
from supervision.forms import RegisterFilter
from supervision.models import SupervisionOrder
from supervision.querysets import OrderQuerySet
from supervision.services.exporting import export_register

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MINE, OPEN, PROPOSED, ENDED, ALL = "mine", "open", "proposed", "ended", "all"
TABS: dict[str, str | Promise] = {
    MINE: gettext_lazy("For me"),
    PROPOSED: gettext_lazy("Proposed"),
    OPEN: gettext_lazy("All open"),
    ENDED: gettext_lazy("Ended"),
    ALL: gettext_lazy("Everything"),
}


def may_look(actor: Actor) -> bool:
    """Whether a person has a register at all: those who issue orders, and those to whom they are issued."""
    return actor.holds("supervision.order") or actor.holds("supervision.answer")


def waiting_for(actor: Actor) -> Q:
    """What a person has to do: receive and answer for one's unit, decide and judge for one's body."""
    units = list(actor.unit_ids)
    mine = Q(pk__in=[])
    if actor.holds("supervision.answer"):
        mine |= Q(unit_id__in=units, state__in=(State.ISSUED, State.RECEIVED))
    if actor.holds("supervision.order"):
        mine |= Q(state=State.PROPOSED) | Q(issuer_id__in=units, state=State.ANSWERED)
    return mine


@login_required
@require_safe
def register(request: ActorRequest) -> HttpResponse:
    """The orders of one's unit or of the area in which one issues them; filters and page stand in the address."""
    actor, at = request.actor, clock.now()
    _require(actor)
    form, tab = RegisterFilter(request.GET), _tab(request)
    found = keyset.page(
        found_for(request, form, tab).select_related("petition", "unit", "issuer").defer("petition__description"),
        order="-opened_at",
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "filters": form,
        "rows": [
            {
                "order": one,
                "colour": COLOURS[one.state],
                "level_colour": COLOURS[one.level],
                "clock": stage_clock(order=one, at=at),
            }
            for one in found.rows
        ],
        "tab": tab,
        "tabs": [(readdressed(request, tab=name, cursor=""), label, name == tab) for name, label in _offered(actor)],
        "export_href": _export_href(request),
        **neighbours(request, found),
    }
    return page(request, "supervision/register.html", "supervision/_orders.html", context)


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the list at hand, up to ten thousand rows."""
    actor, at = request.actor, clock.now()
    _require(actor)
    found = found_for(request, RegisterFilter(request.GET), _tab(request)).order_by("-opened_at", "pk")
    book = export_register(orders=found, actor=actor, at=at)
    name = f"supervision-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


def found_for(request: ActorRequest, form: RegisterFilter, tab: str) -> OrderQuerySet:
    """The orders of the list at hand, in this person's scope."""
    visible: OrderQuerySet = SupervisionOrder.objects.visible_to(request.actor)
    narrowed = form.narrow(visible, at=clock.now())
    within: dict[str, Q] = {
        MINE: waiting_for(request.actor),
        PROPOSED: Q(state=State.PROPOSED),
        OPEN: Q(state__in=OPEN_STATES),
        ENDED: ~Q(state__in=OPEN_STATES),
    }
    return narrowed.filter(within[tab]) if tab in within else narrowed


def _require(actor: Actor) -> None:
    if not may_look(actor):
        raise NotAllowed(_("Your role does not include this."))


def _offered(actor: Actor) -> list[tuple[str, str | Promise]]:
    return [(name, label) for name, label in TABS.items() if name != PROPOSED or actor.holds("supervision.order")]


def _tab(request: HttpRequest) -> str:
    """The tab asked for; filters without one look through everything."""
    wanted = request.GET.get("tab", "")
    if wanted in TABS:
        return wanted
    return ALL if any(name not in ("cursor", "tab") and value for name, value in request.GET.items()) else MINE


def _export_href(request: HttpRequest) -> str:
    return readdressed(request, tab=_tab(request), cursor="")
