"""The forms of deeds that need nothing but what is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls.forms.base import LONG, SHORT, files_field
from kernel.forms import Over, Score
from petitions.choices import Nature


class Sign(Over):
    """Nothing to say but yes."""


class Note(Over):
    """A reason."""

    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class Arrive(Over):
    """Where the device says one is; without it the time alone counts."""

    lng = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    accuracy_m = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    file = files_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lng", "lat"):
            self.fields[name].widget.attrs |= {"step": "any", "inputmode": "decimal"}


class Report(Over):
    result = forms.CharField(
        label=_("What was done"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Sum up also what the cooperating units did; the caller judges it."),
    )
    file = files_field()


class Solve(Over):
    """The rating of the lead unit."""

    speed = Score(label=pgettext_lazy("rating", "Speed"))
    quality = Score(
        label=pgettext_lazy("rating", "Result"),
        help_text=_("5 is best. The rating stands and counts in the unit's assessment."),
    )
    note = forms.CharField(label=_("Remark"), required=False, max_length=500, widget=forms.Textarea(attrs=SHORT))


class Turn(Over):
    """A petition for a call that has none."""

    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices, initial=Nature.HELP)
    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(label=_("Description"), max_length=8000, widget=forms.Textarea(attrs=LONG))
    confidential = forms.BooleanField(label=_("Withhold the identity"), required=False)
