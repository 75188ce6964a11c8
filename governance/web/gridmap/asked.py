"""What the map is asked: the filters of the list of petitions, and what is drawn of them, all in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.forms import PlainForm
from kernel.list_filters import OPEN
from petitions.forms.filters import PetitionFilter

FINDINGS = "findings"
LAYERS = {
    "items": pgettext_lazy("layer of the map", "Cases"),
    "heat": _("Heat"),
    "dedicated": _("Dedicated grids"),
    FINDINGS: _("Findings of the audit"),
}
COLOURS = {
    "lights": pgettext_lazy("colour of the map", "Lights"),
    "load": _("Open cases"),
    "found": _("Cases asked for"),
    "none": _("Outlines only"),
}
USUAL_LAYERS = ("items",)
LEAST_SIDE, MOST_SIDE = 0.0005, 2.0  # of a square of heat, in degrees


def degrees() -> forms.FloatField:
    """A longitude or latitude that may be left out."""
    return forms.FloatField(required=False, min_value=-180, max_value=180)


class MapFilter(PetitionFilter):
    """The filters of the list; without a state those that are open, which is what a map is looked at for."""

    SHOWN = ("q", "state", "channel", "category", "urgency", "since", "until", "overdue")

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        given = data.copy()
        if not given.get("state") and not given.get("open") and not given.get("closed_from"):
            given["state"] = OPEN
        super().__init__(given, **kwargs)

    def shown(self) -> list[Any]:
        """The fields that the page of the map offers; the others come with links."""
        return [self[name] for name in self.SHOWN]


class Drawing(PlainForm):
    """What is drawn: which layers, what the colour says, every grid or the next level only, and where one looks."""

    layers = forms.MultipleChoiceField(
        label=_("Layers"), required=False, choices=list(LAYERS.items()), widget=forms.CheckboxSelectMultiple
    )
    colour = forms.ChoiceField(
        label=_("Colour"), required=False, choices=list(COLOURS.items()), widget=forms.RadioSelect
    )
    grids = forms.BooleanField(label=_("Every grid"), required=False)
    lng = degrees()
    lat = degrees()
    z = forms.FloatField(required=False, min_value=0, max_value=22)

    def chosen(self) -> dict[str, Any]:
        """What is valid of it, with what is usual for the rest."""
        self.is_valid()
        said = self.cleaned_data
        touched = "layers" in self.data or "colour" in self.data
        return {
            "layers": said.get("layers") or ([] if touched else list(USUAL_LAYERS)),
            "colour": said.get("colour") or "lights",
            "grids": bool(said.get("grids")),
        }


class Extent(PlainForm):
    """The part of the earth that is on the screen, and the side of a square of heat there."""

    w = degrees()
    s = degrees()
    e = degrees()
    n = degrees()
    side = forms.FloatField(required=False, min_value=LEAST_SIDE, max_value=MOST_SIDE)

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north; None where they are not all said."""
        if not self.is_valid():
            return None
        west, south, east, north = (self.cleaned_data[name] for name in "wsen")
        return None if None in (west, south, east, north) else (west, south, east, north)

    @property
    def square(self) -> float:
        """The side of a square in degrees."""
        usual = 0.004
        return (self.cleaned_data.get("side") or usual) if self.is_valid() else usual
