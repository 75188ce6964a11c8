"""Sessions, and more time for them."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.choices import Outcome
from mediation.forms.base import LONG, CaseDeed, Day, named


class Hold(CaseDeed):
    held_at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("Venue"), max_length=120)
    present = forms.TypedMultipleChoiceField(
        label=_("Parties present"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(label=_("Others present"), max_length=300, required=False)
    record_text = forms.CharField(label=_("Record"), max_length=8000, widget=forms.Textarea(attrs=LONG))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """The parties of the case; the time is the present unless told."""
        self.initial.setdefault("held_at", timezone.localtime(self.at))
        self.offer("present", [(one.pk, named(one)) for one in self.parties()])


class Extend(CaseDeed):
    until = Day(label=_("Until the end of"))
    reason = forms.CharField(label=_("Why the parties agree to more time"), max_length=300)
