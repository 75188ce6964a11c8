"""What a list of work orders can be asked for, on its page and in the API alike: the same words, the same orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch.choices import Light, OrderState
from dispatch.models import WorkOrder
from dispatch.querysets import OrderQuerySet
from dispatch.times import TimeKind
from kernel.actors import Actor
from kernel.forms import PlainForm
from kernel.list_filters import BIGGEST_KEY, any_of
from petitions.choices import Urgency

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


ANY = Tab(_("Work orders"), (), "handle_due_at", _("No work order fits these filters."))
LISTS = [(name, one.label) for name, one in TABS.items()]
SCOPES = ((UNIT, _("My unit")), (ALL, _("All I oversee")))
HIDDEN = forms.HiddenInput


class StatesInput(forms.MultipleHiddenInput):
    """Several states, or one that came as a text, as it does from a filter that was kept."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All of them, as a list."""
        said = super().value_from_datadict(data, files, name)
        return [said] if isinstance(said, str) else said


class OrderFilter(PlainForm):
    """What the address of the page may ask for; links alone set the hidden ones."""

    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=any_of(_("Any urgency"), Urgency.choices))
    light = forms.ChoiceField(
        label=_("Light of the order"), required=False, choices=any_of(_("Any light"), Light.choices)
    )
    asking = forms.ChoiceField(
        label=_("Asking for more time"), required=False, choices=any_of(_("Asking for time or not"), TimeKind.choices)
    )
    provisional = forms.BooleanField(label=_("Limit provisional"), required=False)
    tab = forms.ChoiceField(required=False, choices=any_of("", LISTS), widget=HIDDEN)
    scope = forms.ChoiceField(required=False, choices=any_of("", SCOPES), widget=HIDDEN)
    overdue = forms.BooleanField(label=_("Overdue"), required=False, widget=HIDDEN)
    state = forms.MultipleChoiceField(required=False, choices=OrderState.choices, widget=StatesInput)
    unit = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST_KEY, widget=HIDDEN)
    due_before = forms.DateTimeField(required=False, widget=HIDDEN)
    mine = forms.BooleanField(required=False, widget=HIDDEN)
    open = forms.BooleanField(required=False, widget=HIDDEN)

    def narrow(self, *, actor: Actor, at: datetime, tab: str = "") -> OrderQuerySet:
        """The orders that fit; `tab` is the list where the address asks for none. A wrong field lets none pass."""
        if not self.is_valid():
            return WorkOrder.objects.none()
        visible: OrderQuerySet = WorkOrder.objects.visible_to(actor)
        return narrowed(visible, said={**self.cleaned_data, "tab": self.shown_tab(tab)}, actor=actor, at=at)

    def shown_tab(self, otherwise: str) -> str:
        """The list that is asked for, else the other one; "" where the address names states itself."""
        said = self.cleaned_data if self.is_valid() else {}
        by_state = said.get("state") or said.get("open")
        return str(said.get("tab") or ("" if by_state else otherwise))


def scopes_of(*, actor: Actor) -> list[str]:
    """A centre sees all it oversees, a unit its own; whoever sits in both may change over."""
    oversees = any(actor.holds(one) for one in ("order.rule", "order.verify", "order.assign", "assessment.view"))
    works = actor.holds("order.sign")
    return [name for name, has in ((UNIT, works), (ALL, oversees)) if has] or [UNIT]


def in_scope(orders: OrderQuerySet, *, actor: Actor, scope: str) -> OrderQuerySet:
    """The orders of a scope; one that the person does not have falls back to the first that he has."""
    offered = scopes_of(actor=actor)
    chosen = scope if scope in offered else offered[0]
    if chosen == ALL:
        return orders
    units = list(actor.unit_ids)
    return orders.filter(Q(unit_id__in=units) | Q(assists__overlap=units))


Narrow = Callable[[OrderQuerySet, Any, Actor, datetime], OrderQuerySet]
# fmt: off
FILTERS: dict[str, Narrow] = {
    "scope":       lambda orders, said, actor, at: in_scope(orders, actor=actor, scope=said),
    "tab":         lambda orders, said, actor, at: orders.filter(state__in=TABS[said].states),
    "state":       lambda orders, said, actor, at: orders.filter(state__in=said),
    "urgency":     lambda orders, said, actor, at: orders.filter(urgency=said),
    "unit":        lambda orders, said, actor, at: orders.filter(unit_id=said),
    "due_before":  lambda orders, said, actor, at: orders.filter(handle_due_at__lt=said),
    "overdue":     lambda orders, said, actor, at: orders.overdue(at=at),
    "open":        lambda orders, said, actor, at: orders.open(),
    "mine":        lambda orders, said, actor, at: orders.of_units(actor),
    "asking":      lambda orders, said, actor, at: orders.filter(asking=said),
    "provisional": lambda orders, said, actor, at: orders.filter(provisional=True),
    "light":       lambda orders, said, actor, at: orders.lit(light=said, at=at),
}
# fmt: on


def narrowed(orders: OrderQuerySet, *, said: Mapping[str, Any], actor: Actor, at: datetime) -> OrderQuerySet:
    """The orders that fit everything that is said by the names of FILTERS; what is empty or false narrows nothing."""
    for name, value in said.items():
        if value:
            orders = FILTERS[name](orders, value, actor, at)
    return orders
