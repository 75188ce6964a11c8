"""The buttons of a case on the desk: the moves of the workflow with their keys, and why others are not offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from desk.keys import OF_MOVE
from dispatch.models import WorkOrder
from dispatch.offers import Offer as OrderOffer
from dispatch.offers import assigning
from dispatch.offers import offers_of as order_offers
from kernel.actors import Actor
from petitions.choices import State
from petitions.models import Petition
from petitions.offers import Offer, offers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One button: where it leads, and the key that presses it ("" for none)."""

    name: str
    label: str | Promise
    href: str
    key: str
    icon: str
    primary: bool
    danger: bool
    reason: str | Promise


def buttons_of(
    *, petition: Petition, order: WorkOrder | None, actor: Actor, at: datetime, query: str
) -> dict[str, list[Button]]:
    """`offered`: the buttons that may be pressed; `refused`: the others, with the reason.

    `query` is the list that the person works through: the deed comes back to it.
    """
    offers: list[OrderOffer | Offer] = [
        *_through(petition, order, actor, at),
        *offers_of(petition=petition, actor=actor),
    ]
    taken: set[str] = set()
    found: dict[str, list[Button]] = {"offered": [], "refused": []}
    for one in offers:
        key = OF_MOVE.get(one.name, "") if one.allowed else ""
        found["offered" if one.allowed else "refused"].append(
            _button(one, petition, key="" if key in taken else key, query=query)
        )
        taken.add(key)
    return found


def _through(petition: Petition, order: WorkOrder | None, actor: Actor, at: datetime) -> list[OrderOffer]:
    """What is done to the order, or naming a unit while there is none."""
    named = assigning(petition=petition, actor=actor)
    if named is not None:
        return [named]
    if order is None or petition.state in (State.FILED, State.WAITING):
        return []
    return order_offers(order=order, actor=actor, at=at)


def _button(one: Offer | OrderOffer, petition: Petition, *, key: str, query: str) -> Button:
    danger: Any = getattr(one, "danger", False)
    return Button(
        name=one.name,
        label=one.label,
        href=deed_href(petition_id=petition.pk, name=one.name, query=query),
        key=key,
        icon=one.icon,
        primary=one.primary,
        danger=danger,
        reason=one.reason,
    )


def deed_href(*, petition_id: Any, name: str, query: str) -> str:
    """The page of a deed on the desk, which knows the list to come back to."""
    address = reverse("desk:deed", args=[petition_id, name])
    return f"{address}?{query}" if query else address
