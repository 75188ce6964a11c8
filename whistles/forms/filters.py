"""The filters of the desk and of the band: all of them stand in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from kernel.list_filters import FIRST_DAY, LAST_DAY, OPEN, ListFilter, any_of, day_field, unit_field, words_field
from whistles.choices import Form, Kind, State


class DeskFilter(ListFilter):
    """Each field narrows the list; an empty one does not."""

    EQUAL = ("kind", "form")

    q = words_field(_("Number or matter"))
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=any_of(_("All states"), [(OPEN, _("All open")), *State.choices])
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=any_of(_("All kinds"), Kind.choices))
    form = forms.ChoiceField(label=_("Form"), required=False, choices=any_of(_("All forms"), Form.choices))
    since = day_field(_("From"))
    until = day_field(_("Until"))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    unit = unit_field()

    def further(self, rows: Any) -> Any:
        """Those that a unit is called to."""
        unit = self.cleaned_data["unit"]
        return rows.filter(pk__in=rows.model.objects.filter(summonses__unit=unit).values("pk")) if unit else rows

    def looked_for(self, words: str) -> Q:
        """In number and matter."""
        return Q(number__icontains=words) | Q(matter__icontains=words)


class MonthFilter(PlainForm):
    """Which month."""

    month = forms.DateField(
        label=_("Month"),
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )
