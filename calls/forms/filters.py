"""The filters of the desk: all of them stand in its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.choices import Kind, State
from kernel.list_filters import ListFilter, any_of, unit_field, words_field


class DeskFilter(ListFilter):
    """Each field narrows the list; an empty one does not. Words are looked for in the call, never in its petition."""

    EQUAL = ("kind",)

    q = words_field(_("Number, or what is asked"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=any_of(_("All kinds"), Kind.choices))
    state = forms.ChoiceField(label=_("State"), required=False, choices=any_of(_("All states"), State.choices))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    unit = unit_field()

    def further(self, rows: Any) -> Any:
        """Those that a unit called for or leads."""
        unit = self.cleaned_data["unit"]
        return rows.filter(Q(lead_id=unit) | Q(caller_id=unit)) if unit else rows

    def looked_for(self, words: str) -> Q:
        """The whole number, or words of what is asked."""
        return Q(number=words.upper()) | Q(asked__icontains=words)
