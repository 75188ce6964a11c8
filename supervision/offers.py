"""What supervision offers on the file of a case: to urge, to order, to list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dispatch.models import WorkOrder
from kernel.actors import Actor
from petitions.choices import FINISHED_STATES, State
from petitions.models import Petition
from supervision.choices import COLOURS
from supervision.models import Listing, SupervisionOrder, Urging
from supervision.queries import grounds_of, listing_of, orders_of, responsible_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button on the file of a case; `reason` says why it does nothing now."""

    name: str
    label: str | Promise
    href: str
    icon: str
    reason: str | Promise = ""

    @property
    def allowed(self) -> bool:
        return not self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the file of a case shows of its supervision."""

    offers: list[Offer]
    orders: list[dict[str, Any]]
    listing: Listing | None
    urgings: list[Urging]

    @property
    def anything(self) -> bool:
        """True where there is something to show besides buttons."""
        return bool(self.orders or self.listing or self.urgings)


def beside(*, petition: Petition, order: WorkOrder | None, actor: Actor, at: datetime) -> Beside:
    """Everything about the supervision of one case that the actor may see and do. `order` is the open or last one."""
    urgings = list(Urging.objects.filter(petition=petition).select_related("unit").order_by("-urged_at"))
    listing = listing_of(petition_id=petition.pk)
    shown: list[SupervisionOrder] = list(orders_of(petition_id=petition.pk, actor=actor))
    return Beside(
        offers=_offers(petition, order, listing, urgings, actor, at),
        orders=[{"order": one, "colour": COLOURS[one.state]} for one in shown],
        listing=listing,
        urgings=urgings,
    )


def _offers(
    petition: Petition,
    order: WorkOrder | None,
    listing: Listing | None,
    urgings: list[Urging],
    actor: Actor,
    at: datetime,
) -> list[Offer]:
    if petition.state in (*FINISHED_STATES, State.JOINED):
        return []
    found = []
    if actor.may("supervision.urge", place=petition.place):
        reason = _not_urged(petition, order, urgings, at)
        href = reverse("supervision:urge", args=[petition.pk])
        found.append(Offer(name="urge", label=_("Urge"), href=href, icon="bell-ringing", reason=reason))
    if actor.may("supervision.order", place=petition.place):
        href = reverse("supervision:issue", args=[petition.pk])
        found.append(Offer(name="issue", label=_("Issue a supervision order"), href=href, icon="file-alert"))
        if listing is None and grounds_of(petition=petition, order=order, at=at):
            href = reverse("supervision:list-case", args=[petition.pk])
            found.append(Offer(name="list", label=_("Put on the list"), href=href, icon="list-details"))
    return found


def _not_urged(petition: Petition, order: WorkOrder | None, urgings: list[Urging], at: datetime) -> str:
    """Why nobody can be urged now; "" where somebody can."""
    found = responsible_now(petition=petition, order=order)
    if found is None:
        return _("No unit has this case at present, so there is nobody to urge.")
    subject = found.subject(petition)
    last = next((one for one in urgings if one.subject == subject), None)
    if last is not None and at < last.again_at:
        when = f"{timezone.localtime(last.again_at):%Y-%m-%d %H:%M}"
        return _("This was urged already; it may be urged again from %(when)s.") % {"when": when}
    return ""
