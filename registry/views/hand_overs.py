"""Hand-overs: proposed from the card of an item, signed by each side on a page of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock, keyset
from kernel.actors import Actor
from kernel.chains import verify_case
from kernel.clock import today
from kernel.deed_pages import DeedPage, answer
from kernel.errors import NotAllowed
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from kernel.permissions import require
from organizations.choices import UnitKind
from organizations.models import Unit
from registry.choices import HAND_OVER_COLOURS
from registry.forms import deeds as forms
from registry.models import HandOver, Item, ItemVersion
from registry.services import handover
from registry.views.hand_over_moves import move_verdict, moves_of
from registry.views.items import seen as seen_item
from registry.views.offers import FIRST, GRAVE, ICONS, split

PAGE = 50
HOLDERS = ("registry.propose", "registry.sign", "registry.review", "registry.approve")
LOCAL = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)


def seen(request: ActorRequest, hand_over_id: UUID) -> HandOver:
    """The hand-over, or a 404 where it is not there or not for this person."""
    joined = ("item", "from_unit", "to_unit", "proposed_by", "from_signed_by", "to_signed_by")
    visible = HandOver.objects.visible_to(request.actor).select_related(*joined)
    found: HandOver | None = visible.filter(pk=hand_over_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def hand_overs(request: ActorRequest) -> HttpResponse:
    """Those of one's units, or all for those who keep the list; the newest first."""
    if not any(request.actor.holds(name) for name in HOLDERS):
        raise NotAllowed(_("Your role does not include this."))
    rows = HandOver.objects.visible_to(request.actor).select_related("item", "from_unit", "to_unit")
    found = keyset.page(rows, order="-proposed_at", cursor=request.GET.get("cursor", ""), size=PAGE)
    context = {
        "rows": [{"one": one, "colour": HAND_OVER_COLOURS[one.state]} for one in found.rows],
        **neighbours(request, found),
    }
    return page(request, "registry/hand_overs.html", "registry/_hand_over_rows.html", context)


@login_required
@require_safe
def hand_over(request: ActorRequest, hand_over_id: UUID) -> HttpResponse:
    """One hand-over: what is agreed, who has signed, and what may be done."""
    found = seen(request, hand_over_id)
    version = ItemVersion.objects.filter(item=found.item).order_by("-number").first()
    sides = (
        (found.from_unit, _("hands over"), found.from_signed_by, found.from_signed_at),
        (found.to_unit, _("takes over"), found.to_signed_by, found.to_signed_at),
    )
    context = {
        "hand_over": found,
        "colour": HAND_OVER_COLOURS[found.state],
        "name": version.name if version else found.item.code,
        "sides": sides,
        "chain": verify_case(case_id=found.pk),
        **split(
            {
                "label": one.label,
                "href": reverse("registry:hand_over_deed", args=[found.pk, one.move]),
                "icon": ICONS[one.move],
                "primary": one.move in FIRST,
                "danger": one.move in GRAVE,
                "reason": "" if one.allowed else one.reason,
            }
            for one in moves_of(made=found, actor=request.actor)
        ),
    }
    return render(request, "registry/hand_over.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ActorRequest, code: str) -> HttpResponse:
    """Propose that an item goes to another unit."""
    if not request.actor.holds("registry.propose"):
        raise NotAllowed(_("Your role does not include this."))
    item = seen_item(request, code)
    version = item.versions.in_force(today()).select_related("lead_unit").first()
    if version is None or version.lead_unit is None:
        raise NotAllowed(_("The list names no single unit that could hand it over."))

    def act(form: Any) -> None:
        said = form.given()
        made = handover.propose(
            item_code=item.code, to_unit_id=said.pop("to_unit"), actor=request.actor, at=clock.now(), **said
        )
        asked.done = reverse("registry:hand_over", args=[made.pk])

    asked = DeedPage(
        title=_("Propose a hand-over"),
        form=forms.ProposeHandOver(
            request.POST or None, initial={"version": item.version}, units=_takers(request.actor, version)
        ),
        act=act,
        reload=lambda: Item.objects.get(pk=item.pk),
        said=_("Proposed: both sides find it on their workbench."),
        done=reverse("registry:item", args=[item.code]),
        context={
            "subject": {"number": item.code, "title": version.name},
            "lead": _("%(unit)s leads it now. It goes over with the second signature, from the day named.")
            % {"unit": version.lead_unit},
        },
        template="registry/deed.html",
    )
    return answer(request, asked)


def _takers(actor: Actor, version: ItemVersion) -> list[tuple[int, str]]:
    """Units that may take over: any for the lead and for the keeper, for others only their own.

    Townships and villages are no parties here: only an admission gives them a duty.
    """
    units = Unit.objects.working().exclude(kind__in=LOCAL).exclude(pk=version.lead_unit_id or 0)
    if not actor.holds("registry.review") and version.lead_unit_id not in actor.unit_ids:
        units = units.filter(pk__in=list(actor.unit_ids))
    return [(one.pk, one.name) for one in units.order_by("level", "kind", "code")]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_deed(request: ActorRequest, hand_over_id: UUID, name: str) -> HttpResponse:
    """The page of one deed: a signature, or the withdrawal of the proposal."""
    made = seen(request, hand_over_id)
    rows: dict[str, tuple[str, type[DeedForm], Callable[..., HandOver], str]] = {
        "sign": (_("Sign for one side"), forms.Confirm, handover.sign, _("Signed.")),
        "countersign": (_("Sign for the other side"), forms.Confirm, handover.sign, _("Signed: the matter goes over.")),
        "withdraw": (_("Withdraw the proposal"), forms.WithdrawHandOver, handover.withdraw, _("Withdrawn.")),
    }
    if name not in rows:
        raise Http404
    title, form, run, said = rows[name]
    require(move_verdict(made=made, move=name, actor=request.actor))

    def act(form: Any) -> None:
        version = form.cleaned_data["version"]
        run(hand_over_id=made.pk, actor=request.actor, at=clock.now(), version=version, **form.given())

    asked = DeedPage(
        title=title,
        form=form(request.POST or None, initial={"version": made.version}),
        act=act,
        reload=lambda: HandOver.objects.get(pk=made.pk),
        said=said,
        done=reverse("registry:hand_over", args=[made.pk]),
        context={
            "subject": {"number": made.item.code, "title": f"{made.from_unit} → {made.to_unit}"},
            "lead": made.text if name != "withdraw" else "",
        },
        template="registry/deed.html",
    )
    return answer(request, asked)
