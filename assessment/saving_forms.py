"""The forms under which a question is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.choices import Rhythm
from assessment.services.saving import LONGEST_NAME, Wanted
from kernel.actors import Actor
from kernel.forms import DeedForm, PlainForm
from kernel.list_filters import any_of
from organizations.queries import unit_names

LONGEST_QUERY = 2000


class SaveForm(PlainForm):
    """A name and, where it is asked by the clock, when."""

    name = forms.CharField(label=_("Name of the report"), max_length=LONGEST_NAME)
    rhythm = forms.ChoiceField(label=_("Ask it by itself"), required=False, choices=any_of(_("never"), Rhythm.choices))
    hour = forms.TypedChoiceField(
        label=_("at"), coerce=int, choices=[(hour, f"{hour:02d}:00") for hour in range(24)], initial=8
    )
    unit = forms.TypedChoiceField(label=_("Shared with"), required=False, coerce=int, empty_value=None)
    query = forms.CharField(max_length=LONGEST_QUERY, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = unit_names(unit_ids=actor.unit_ids)
        self.fields["unit"].choices = any_of(_("nobody"), sorted(units.items()))  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was filled in."""
        said = self.cleaned_data
        return Wanted(
            name=said["name"],
            query=dict(parse_qsl(said["query"])),
            unit_id=said["unit"],
            rhythm=said["rhythm"],
            hour=said["hour"],
        )


class ChangeForm(SaveForm, DeedForm):
    """The same over the version that was seen."""
