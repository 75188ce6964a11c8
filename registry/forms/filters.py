"""What the lists of the registry are asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from organizations.models import Area
from registry.choices import DraftState, ItemStatus, ListKind, Part, TownshipRole

ANY = [("", _("All"))]
FEW = 6  # so many places of one name are told apart
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
    place = forms.CharField(
        label=_("Place"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
        help_text=_("Name or code of a grid, village, township or county; the smaller, the more exact the answer."),
    )
    on = Day(label=_("On the day"), required=False)

    def clean_place(self) -> str:
        """A place by its code; a name is taken for the place that alone is called so."""
        said: str = self.cleaned_data["place"].strip()
        if said.isascii() and said.isdigit():
            if not 2 <= len(said) <= 15:
                raise forms.ValidationError(_("A code has 2 to 15 digits."))
            return said
        named = Area.objects.filter(name=said)
        found = list((named if named.exists() else Area.objects.filter(name__contains=said)).order_by("code")[:FEW])
        if not found:
            raise forms.ValidationError(_("No place is called so."))
        if len(found) > 1:
            words = ", ".join(f"{one.name} {one.prefix}" for one in found)
            raise forms.ValidationError(_("Several places are called so: %(places)s.") % {"places": words})
        return str(found[0].prefix)
