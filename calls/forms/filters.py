"""The filters of the desk: all of them stand in its address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.choices import Kind, State
from calls.querysets import CallQuerySet
from kernel.forms import PlainForm


def _any(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *choices]


class DeskFilter(PlainForm):
    """Each field narrows the list; an empty one does not. Words are looked for in the call, never in its petition."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Number, or what is asked")}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_any(_("All kinds"), Kind.choices))
    state = forms.ChoiceField(label=_("State"), required=False, choices=_any(_("All states"), State.choices))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def narrow(self, calls: CallQuerySet, *, at: datetime) -> CallQuerySet:
        """The calls that fit what is said; a field that is not valid narrows to nothing at all."""
        if not self.is_valid():
            return calls.none()
        said = self.cleaned_data
        found = calls.filter(**{name: said[name] for name in ("kind", "state") if said[name]})
        if said["late"]:
            found = found.overdue(at=at)
        if said["unit"]:
            found = found.filter(Q(lead_id=said["unit"]) | Q(caller_id=said["unit"]))
        words = said["q"].strip()
        return found.filter(Q(number=words.upper()) | Q(asked__icontains=words)) if words else found
