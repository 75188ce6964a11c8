"""Drawing the border of a grid, on the map or as text."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grids.choices import CellKind, HostKind
from grids.models import Cell
from grids.models.cell import CODE
from kernel.forms import PlainForm

LONGEST = 2_000_000  # characters; 20,000 points need half of it
ROWS = {"rows": 6, "class": "mono", "spellcheck": "false", "data-boundary": ""}


def geojson_of(text: str) -> dict[str, Any]:
    """The geometry that a text of JSON holds, by itself or as a feature. Raises ValidationError for anything else."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise forms.ValidationError(_("This is no GeoJSON.")) from error
    if isinstance(read, dict) and read.get("type") == "Feature":
        read = read.get("geometry")
    if not isinstance(read, dict):
        raise forms.ValidationError(_("This is no GeoJSON."))
    return read


class Draw(PlainForm):
    """A grid with its border as GeoJSON; the map writes the text, and without it the text is the map."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    code = forms.RegexField(CODE, label=_("Code"), help_text=_("12 digits of the village and 3 of the grid."))
    name = forms.CharField(label=_("Name of the grid"), max_length=64)
    kind = forms.ChoiceField(label=_("Kind"), choices=CellKind.choices)
    host_kind = forms.ChoiceField(label=_("Host"), required=False, choices=[("", "—"), *HostKind.choices])
    households = forms.IntegerField(label=_("Households"), min_value=0, max_value=100_000)
    residents = forms.IntegerField(label=_("Residents"), min_value=0, max_value=1_000_000)
    phone = forms.CharField(label=_("Supervision telephone"), max_length=32, required=False)
    boundary = forms.CharField(
        label=_("Border (GeoJSON, WGS 84)"), max_length=LONGEST, widget=forms.Textarea(attrs=ROWS)
    )
    confirmed = forms.BooleanField(label=_("I have seen the remarks; save it like this"), required=False)

    def __init__(self, *args: Any, held: bool = False, **kwargs: Any) -> None:
        """`held`: over a grid that is there, whose code stays."""
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = held

    def clean_boundary(self) -> dict[str, Any]:
        """An object of JSON; what it draws is checked with the grid."""
        return geojson_of(self.cleaned_data["boundary"])

    @staticmethod
    def initial_of(cell: Cell) -> dict[str, Any]:
        """The form as it begins over a grid that is drawn."""
        plain = ("version", "code", "name", "kind", "host_kind", "households", "residents", "phone")
        return {name: getattr(cell, name) for name in plain} | {"boundary": json.dumps(cell.boundary)}
