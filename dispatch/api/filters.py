"""What the list of orders can be asked for: the words of its page, each of them documented."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, IsoDateTimeFilter, MultipleChoiceFilter

from dispatch.choices import Light, OrderState
from dispatch.models import WorkOrder
from dispatch.order_list import LISTS, SCOPES, narrowed
from dispatch.times import TimeKind
from kernel import clock
from kernel.api.filters import FlagFilter, NumberFilter, StrictFilterSet
from petitions.choices import Urgency


class OrderFilters(StrictFilterSet):
    """All of them narrow; none of them widens what the person may see."""

    tab = ChoiceFilter(choices=LISTS, help_text=_("One of the lists of the page."))
    scope = ChoiceFilter(choices=SCOPES, help_text=_("Led by a unit of my own or with its help, or all I oversee."))
    state = MultipleChoiceFilter(choices=OrderState.choices, help_text=_("May be given several times."))
    urgency = ChoiceFilter(choices=Urgency.choices)
    unit = NumberFilter(field_name="unit_id", help_text=_("The unit that leads."))
    due_before = IsoDateTimeFilter(field_name="handle_due_at", lookup_expr="lt")
    overdue = FlagFilter(help_text=_("Past its limit while its clock runs."))
    open = FlagFilter()
    mine = FlagFilter(help_text=_("Led by a unit of my own."))
    asking = ChoiceFilter(choices=TimeKind.choices, help_text=_("More time is asked for and not decided on."))
    provisional = FlagFilter(help_text=_("Beyond the days for which a notice is published."))
    light = ChoiceFilter(choices=Light.choices, help_text=_("Among those that are open."))

    class Meta:
        model = WorkOrder
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: Any) -> QuerySet[Any]:
        """As the page narrows: by the one table of both."""
        found: QuerySet[Any] = narrowed(queryset, said=self.form.cleaned_data, actor=self.request.actor, at=clock.now())
        return found
