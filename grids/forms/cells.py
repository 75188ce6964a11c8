"""What the map is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grids.choices import CellKind
from grids.querysets import CellQuerySet
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

    def narrow(self, rows: CellQuerySet) -> CellQuerySet:
        """The grids that fit what is said rightly."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        if q := given.get("q"):
            rows = rows.filter(Q(name__icontains=q) | Q(code__startswith=q))
        if kind := given.get("kind"):
            rows = rows.filter(kind=kind)
        return rows.inside(given["inside"]) if given.get("inside") else rows
