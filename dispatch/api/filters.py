"""What the list of orders can be asked for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, IsoDateTimeFilter, MultipleChoiceFilter

from dispatch.choices import Light, OrderState
from dispatch.models import WorkOrder
from dispatch.times import TimeKind
from kernel import clock
from kernel.api.filters import FlagFilter, NumberFilter, StrictFilterSet
from petitions.choices import Urgency


class OrderFilters(StrictFilterSet):
    """All of them narrow; none of them widens what the person may see."""

    state = MultipleChoiceFilter(choices=OrderState.choices, help_text=_("May be given several times."))
    urgency = ChoiceFilter(choices=Urgency.choices)
    unit = NumberFilter(field_name="unit_id", help_text=_("The unit that leads."))
    due_before = IsoDateTimeFilter(field_name="handle_due_at", lookup_expr="lt")
    overdue = FlagFilter(method="are_overdue")
    open = FlagFilter(method="are_open")
    mine = FlagFilter(method="are_mine", help_text=_("Led by a unit of my own."))
    asking = ChoiceFilter(choices=TimeKind.choices, help_text=_("More time is asked for and not decided on."))
    provisional = FlagFilter(method="are_provisional", help_text=_("Beyond the days for which a notice is published."))
    light = ChoiceFilter(choices=Light.choices, method="lit", help_text=_("Among those that are open."))

    class Meta:
        model = WorkOrder
        fields: tuple[str, ...] = ()

    def are_overdue(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        late: QuerySet[Any] = rows.overdue(at=clock.now())
        return late if wanted else rows

    def are_provisional(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.filter(provisional=True) if wanted else rows
        return found

    def are_open(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        running: QuerySet[Any] = rows.open()
        return running if wanted else rows

    def are_mine(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        own: QuerySet[Any] = rows.of_units(self.request.actor)
        return own if wanted else rows

    def lit(self, rows: Any, name: str, light: str) -> QuerySet[Any]:
        shown: QuerySet[Any] = rows.lit(light=light, at=clock.now())
        return shown
