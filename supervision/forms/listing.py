"""Putting a case on the list, more time on it, and taking it off."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import Day, Over
from supervision.choices import BY_SYSTEM, Removal
from supervision.forms.base import SHORT


class ListCase(Over):
    demand = forms.CharField(
        label=_("What is asked of the unit"),
        max_length=500,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("Everybody in the house reads this: name no person."),
    )
    until = Day(label=_("Period until"))
    recheck_on = Day(label=_("To be looked at again on"))


class ExtendListing(Over):
    until = Day(label=_("Period until"))
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class RemoveListing(Over):
    why = forms.ChoiceField(
        label=_("Why"),
        choices=[(one.value, one.label) for one in Removal if one not in BY_SYSTEM],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=300, widget=forms.Textarea(attrs=SHORT))
