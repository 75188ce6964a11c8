"""What the lists of the registry are asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from registry.choices import DraftState, ItemStatus, ListKind, Part, TownshipRole

ANY = [("", _("All"))]
STANDING = [("", ItemStatus.IN_FORCE.label), *(one for one in ItemStatus.choices if one[0] != ItemStatus.IN_FORCE)]


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ItemFilters(PlainForm):
    """Filters of the items; `domains` are the fields that items stand in."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": _("Name, code, duty or basis"), "type": "search"}),
    )
    kind = forms.ChoiceField(label=_("List"), required=False, choices=[*ANY, *ListKind.choices])
    part = forms.ChoiceField(label=_("Part"), required=False, choices=[*ANY, *Part.choices])
    domain = forms.ChoiceField(label=_("Field"), required=False)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=64)
    township = forms.ChoiceField(label=_("Township"), required=False, choices=[*ANY, *TownshipRole.choices])
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STANDING)
    on = Day(label=_("On the day"), required=False)

    def __init__(self, *args: Any, domains: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [*ANY, *((one, one) for one in domains)]  # type: ignore[attr-defined]


class DraftFilters(PlainForm):
    """Filters of the drafts."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[*ANY, *DraftState.choices])


class WhoForm(PlainForm):
    """Who was responsible for X in Y on date Z."""

    x = forms.CharField(
        label=_("Item or matter"),
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": _("Code or name"), "type": "search"}),
    )
    place = forms.RegexField(
        r"\A[0-9]{2,15}\Z",
        label=_("Code of the place"),
        max_length=15,
        error_messages={"invalid": _("A code has 2 to 15 digits.")},
        help_text=_("Grid, village, township or county; the more digits, the more exact the answer."),
    )
    on = Day(label=_("On the day"), required=False)
