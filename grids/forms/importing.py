"""A file with grids, and the coordinate system it is in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from grids.choices import ImportOf
from grids.coordinates import choices
from grids.importing.child import AUTO
from kernel.forms import PlainForm


class ImportFile(PlainForm):
    """What is handed in."""

    file = forms.FileField(label=_("File"), help_text=_("GeoJSON, or a Shapefile with its parts in one ZIP."))
    of = forms.ChoiceField(label=_("What is in it"), choices=ImportOf.choices, required=False)
    system = forms.ChoiceField(
        label=_("Coordinate system"), choices=[(AUTO, _("as the file says (GeoJSON: WGS 84)")), *choices()]
    )
