"""Splitting one grid, and merging two: what is asked before, and of whom it is said where they go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grids.choices import Cut, Part
from grids.forms.drawing import geojson_of
from grids.models import Cell
from grids.queries.reshaping import Served
from kernel.forms import Day, Over

LONGEST = 200_000
LINE = {"rows": 3, "class": "mono", "spellcheck": "false", "data-line": ""}
TWO = [(Part.FIRST, Part.FIRST.label), (Part.SECOND, Part.SECOND.label)]


class Split(Over):
    """One grid in two: where, what they are called, who lives in the first; the second has the others."""

    cut = forms.ChoiceField(label=_("Cut"), choices=Cut.choices, widget=forms.RadioSelect, initial=Cut.LINE)
    line = forms.CharField(
        label=_("Line (GeoJSON, WGS 84)"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs=LINE),
        help_text=_("From outside the grid, across it, to outside again."),
    )  # fmt: skip
    first_name = forms.CharField(label=_("Name of the first grid (west or north)"), max_length=64)
    second_name = forms.CharField(label=_("Name of the second grid (east or south)"), max_length=64)
    households = forms.IntegerField(label=_("Households of the first"), min_value=0, max_value=100_000, required=False)
    residents = forms.IntegerField(label=_("Residents of the first"), min_value=0, max_value=1_000_000, required=False)
    rest = forms.ChoiceField(
        label=_("What is open without a point goes on in"), choices=TWO, initial=Part.FIRST,
    )  # fmt: skip
    on = Day(label=_("First day of the new grids"), required=False, help_text=_("Today, or a day within a year."))
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Sequence[Served], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for one in people:
            self.fields[one.key] = forms.ChoiceField(
                label=f"{one.label}: {one.name}", choices=[("", "—"), *Part.choices]
            )

    def clean_line(self) -> Any:
        """An object of JSON, or nothing; what it draws is checked with the grid."""
        text = self.cleaned_data["line"].strip()
        return geojson_of(text) if text else None

    def staff(self) -> dict[str, str]:
        """Where everybody goes on, by key."""
        return {one.key: self.cleaned_data[one.key] for one in self.people}


class Merge(Over):
    """A neighbour, and the name of both together."""

    other = forms.ModelChoiceField(label=_("Neighbour"), queryset=Cell.objects.none(), to_field_name="code")
    name = forms.CharField(label=_("Name of the grid"), max_length=64)
    on = Day(label=_("First day of the new grid"), required=False, help_text=_("Today, or a day within a year."))
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, neighbours: Sequence[Cell], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other: Any = self.fields["other"]
        other.queryset = Cell.objects.filter(pk__in=[one.pk for one in neighbours]).order_by("code")
        other.label_from_instance = lambda one: f"{one.name} ({one.code})"


class Withdraw(Over):
    """Nothing but the version."""
