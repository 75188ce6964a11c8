"""What the lists of supervision can be asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter, UUIDFilter

from kernel.api.filters import NumberFilter, OpenFilters, StrictFilterSet
from supervision.choices import Level, ListingState, Origin, Reason, State
from supervision.models import Listing, SupervisionOrder, Urging


class SupervisionFilters(OpenFilters):
    """All of them narrow; none of them widens what the person may see."""

    state = MultipleChoiceFilter(choices=State.choices, help_text=_("May be given several times."))
    level = ChoiceFilter(choices=Level.choices)
    reason = ChoiceFilter(choices=Reason.choices)
    origin = ChoiceFilter(choices=Origin.choices)
    unit = NumberFilter(field_name="unit_id", help_text=_("The unit that it is issued to."))
    petition = UUIDFilter(field_name="petition_id")

    class Meta:
        model = SupervisionOrder
        fields: tuple[str, ...] = ()


class UrgingFilters(StrictFilterSet):
    """By case or by unit."""

    petition = UUIDFilter(field_name="petition_id")
    unit = NumberFilter(field_name="unit_id", help_text=_("The unit that was urged."))

    class Meta:
        model = Urging
        fields: tuple[str, ...] = ()


class ListingFilters(StrictFilterSet):
    """By state or by unit."""

    state = ChoiceFilter(choices=ListingState.choices)
    unit = NumberFilter(field_name="unit_id", help_text=_("The unit that has the case."))

    class Meta:
        model = Listing
        fields: tuple[str, ...] = ()
