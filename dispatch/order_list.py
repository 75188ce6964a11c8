"""The list of work orders as its address asks for it: tabs, whose orders, and only the late ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch.choices import OrderState
from dispatch.clocks import IN_HAND
from dispatch.models import WorkOrder
from dispatch.querysets import OrderQuerySet
from kernel.actors import Actor
from kernel.forms import PlainForm
from kernel.list_filters import any_of

UNIT, ALL = "unit", "all"


@dataclass(frozen=True, slots=True)
class Tab:
    """One list of the inbox. `order` is what it is sorted by."""

    label: str | Promise
    states: tuple[str, ...]
    order: str
    empty: str | Promise


OBJECTED = (OrderState.RETURNING, OrderState.DISPUTED)
DONE = (OrderState.CLOSED, OrderState.RETURNED, OrderState.CANCELLED, OrderState.RECALLED)
# fmt: off
TABS: dict[str, Tab] = {
    "sign":   Tab(_("To sign"),               (OrderState.ASSIGNED,),  "sign_due_at",   _("Nothing to sign.")),
    "hand":   Tab(_("In hand"),               (OrderState.SIGNED,),    "handle_due_at", _("Nothing in hand.")),
    "paused": Tab(_("Suspended"),             (OrderState.PAUSED,),    "handle_due_at", _("Nothing stands still.")),
    "return": Tab(_("Return asked for"),      OBJECTED, "handle_due_at", _("No return is asked for.")),
    "verify": Tab(_("Awaiting verification"), (OrderState.COMPLETED,), "handle_due_at", _("Nothing to verify.")),
    "done":   Tab(_("Done"),                  DONE,                    "-assigned_at",  _("Nothing is done yet.")),
}
# fmt: on


class OrderFilter(PlainForm):
    """What the address of the list may ask for."""

    tab = forms.ChoiceField(required=False, choices=any_of("", [(name, one.label) for name, one in TABS.items()]))
    scope = forms.ChoiceField(required=False, choices=any_of("", [(UNIT, _("My unit")), (ALL, _("All I oversee"))]))
    overdue = forms.BooleanField(required=False)


def scopes_of(*, actor: Actor) -> list[str]:
    """A centre sees all it oversees, a unit its own; whoever sits in both may change over."""
    oversees = any(actor.holds(one) for one in ("order.rule", "order.verify", "order.assign", "assessment.view"))
    works = actor.holds("order.sign")
    return [name for name, has in ((UNIT, works), (ALL, oversees)) if has] or [UNIT]


def in_scope(*, actor: Actor, scope: str) -> OrderQuerySet:
    """The orders of a scope; one that the person does not have falls back to the first that he has."""
    offered = scopes_of(actor=actor)
    chosen = scope if scope in offered else offered[0]
    visible: OrderQuerySet = WorkOrder.objects.visible_to(actor)
    if chosen == ALL:
        return visible
    units = list(actor.unit_ids)
    return visible.filter(Q(unit_id__in=units) | Q(assists__overlap=units))


def narrowed(orders: OrderQuerySet, *, states: Iterable[str], late: bool, at: datetime) -> OrderQuerySet:
    """Orders in some states, and of those only the late ones where that is asked for."""
    found = orders.filter(state__in=list(states))
    return found.filter(handle_due_at__lt=at, state__in=IN_HAND) if late else found
