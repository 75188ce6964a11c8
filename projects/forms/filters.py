"""The filters of the board and of the list: all of them stand in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.list_filters import BIGGEST_KEY, OPEN, ListFilter, any_of, unit_field, words_field
from projects.choices import Kind, Light, State
from projects.lights import ORDER
from projects.models import ActionPlan


class ProjectFilter(ListFilter):
    """Each field narrows the lit projects; an empty one does not. Batches and groups are those of the plan at hand."""

    EQUAL = ("kind", "light", "plan", "batch", "group", "owner", "leader")

    q = words_field(_("Code or name"))
    light = forms.ChoiceField(
        label=pgettext_lazy("project", "Light"),
        required=False,
        choices=any_of(_("All lights"), [(one.value, one.label) for one in ORDER]),
    )
    batch = forms.TypedChoiceField(label=_("Batch"), required=False, coerce=int, empty_value=None)
    group = forms.TypedChoiceField(label=_("Task group"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=any_of(_("All states"), [(OPEN, _("All open")), *State.choices])
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=any_of(_("All kinds"), Kind.choices))
    late = forms.BooleanField(label=_("Overdue"), required=False)
    plan = forms.UUIDField(required=False, widget=forms.HiddenInput)
    owner = unit_field()
    leader = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST_KEY, widget=forms.HiddenInput)

    def __init__(self, *args: Any, at_hand: ActionPlan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        batches = at_hand.batches.order_by("number") if at_hand else []
        groups = at_hand.groups.order_by("number") if at_hand else []
        fields: Any = self.fields
        fields["batch"].choices = any_of(_("All batches"), [(one.pk, one.name) for one in batches])
        fields["group"].choices = any_of(_("All groups"), [(one.pk, one.name) for one in groups])

    def further(self, rows: Any) -> Any:
        """What is late is what its light says, not what a stage of its own clock says."""
        return rows.filter(light=Light.BEHIND) if self.cleaned_data["late"] else rows

    def _by_state(self, rows: Any, at: Any) -> Any:
        said = self.cleaned_data["state"]
        if not said:
            return rows
        return rows.open() if said == OPEN else rows.filter(state=said)

    def looked_for(self, words: str) -> Q:
        """In code and name."""
        return Q(code__icontains=words) | Q(name__icontains=words)
