"""The list of outlines, and drawing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from grids.forms.drawing import LONGEST, ROWS, geojson_of
from kernel.forms import PlainForm
from kernel.list_filters import any_of, words_field
from organizations.choices import AreaLevel
from organizations.models import Area


class OutlineFilter(PlainForm):
    """Areas by township and by whether their outline is known."""

    q = words_field(_("Name or code"))
    area = forms.ChoiceField(label=_("Township"), required=False)
    missing = forms.BooleanField(label=_("Without an outline"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Area.objects.inside(settings.HOME_AREA).filter(level=AreaLevel.TOWNSHIP).order_by("code")
        area: Any = self.fields["area"]
        area.choices = any_of(_("All townships"), [(one.prefix, one.name) for one in rows])


class DrawOutline(PlainForm):
    """An outline as GeoJSON; the map writes the text, and without it the text is the map."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    boundary = forms.CharField(
        label=_("Border (GeoJSON, WGS 84)"), max_length=LONGEST, widget=forms.Textarea(attrs=ROWS)
    )
    confirmed = forms.BooleanField(label=_("I have seen the remarks; save it like this"), required=False)

    def clean_boundary(self) -> dict[str, Any]:
        """An object of JSON; what it draws is checked with the outline."""
        return geojson_of(self.cleaned_data["boundary"])
