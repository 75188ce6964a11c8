"""The filters of the register: all of them stand in its address."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.list_filters import OPEN, ListFilter, any_of, day_field, unit_field, words_field
from supervision.choices import Level, Origin, Reason, State


class RegisterFilter(ListFilter):
    """Each field narrows the list; an empty one does not."""

    EQUAL = ("level", "reason", "origin", "unit")

    q = words_field(_("Number of the order or of the petition"))
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=any_of(_("All states"), [(OPEN, _("All open")), *State.choices])
    )
    level = forms.ChoiceField(label=_("Level"), required=False, choices=any_of(_("All levels"), Level.choices))
    reason = forms.ChoiceField(label=_("Reason"), required=False, choices=any_of(_("All reasons"), Reason.choices))
    origin = forms.ChoiceField(label=_("Origin"), required=False, choices=any_of(_("Any way"), Origin.choices))
    since = day_field(_("From"))
    until = day_field(_("Until"))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    unit = unit_field()

    def looked_for(self, words: str) -> Q:
        """In the number of the order, and the whole number of its petition."""
        return Q(number__icontains=words) | Q(petition__number=words.upper())
