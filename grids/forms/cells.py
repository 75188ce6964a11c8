"""What the map is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grids.choices import CellKind
from kernel.forms import PlainForm
from organizations.choices import AreaLevel
from organizations.models import Area

ANY = [("", _("All"))]


class MapForm(PlainForm):
    """Filters of the map."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"placeholder": _("Name or code"), "type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *CellKind.choices])
    inside = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(level__in=[AreaLevel.COUNTY, AreaLevel.TOWNSHIP]).order_by("code")
        inside: Any = self.fields["inside"]
        inside.choices = [*ANY, *((area.prefix, area.name) for area in areas)]
