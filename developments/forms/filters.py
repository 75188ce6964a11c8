"""The filters of the desk: all of them stand in its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from developments.choices import State
from kernel.list_filters import ListFilter, any_of, words_field


class DeskFilter(ListFilter):
    """Each field narrows the list; an empty one does not. Words are looked for in the case, never in its petition."""

    EQUAL = ()
    DATED = "filed_at"

    q = words_field(_("Number, company or project"))
    state = forms.ChoiceField(label=_("State"), required=False, choices=any_of(_("All states"), State.choices))
    green = forms.BooleanField(label=_("Green channel"), required=False)
    tolerant = forms.BooleanField(label=_("Accepted tolerantly"), required=False)
    late = forms.BooleanField(label=_("Overdue"), required=False)

    def further(self, rows: Any) -> Any:
        """The two that are flags of the case."""
        said = self.cleaned_data
        return rows.filter(**{name: True for name in ("green", "tolerant") if said[name]})

    def looked_for(self, words: str) -> Q:
        """Number, company, project."""
        return Q(number=words.upper()) | Q(title__icontains=words) | Q(enterprise__unit__name__icontains=words)
