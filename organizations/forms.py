"""What the lists are asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from organizations.choices import AreaLevel, MatterKind, UnitKind
from organizations.models import Area

ANY = [("", _("All"))]


class ListForm(PlainForm):
    """Filters of the responsibility list."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": _("Matter, code or field"), "type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *MatterKind.choices])
    unit = forms.CharField(label=_("Responsible unit"), required=False, max_length=64)
    on = forms.DateField(label=_("In force on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class UnitForm(PlainForm):
    """Filters of the directory of units."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": _("Name or code"), "type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *UnitKind.choices])
    inside = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(level__in=[AreaLevel.COUNTY, AreaLevel.TOWNSHIP]).order_by("code")
        inside: Any = self.fields["inside"]
        inside.choices = [*ANY, *((area.prefix, area.name) for area in areas)]


class WhoForm(PlainForm):
    """The question whose a matter is at a place."""

    place = forms.RegexField(
        r"\A[0-9]{2,15}\Z",
        label=_("Code of the place"),
        max_length=15,
        error_messages={"invalid": _("A code has 2 to 15 digits.")},
        help_text=_("Grid, village, township or county; the more digits, the more exact the answer."),
    )
    on = forms.DateField(label=_("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
