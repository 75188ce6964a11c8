"""Who serves a grid without an account: put on its card, and taken off it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from grids.choices import StaffKind
from kernel.forms import Day, PlainForm


class Staff(PlainForm):
    """One person, from a day on."""

    kind = forms.ChoiceField(label=_("Serves as"), choices=StaffKind.choices)
    name = forms.CharField(label=_("Name"), max_length=32)
    phone = forms.CharField(label=_("Work telephone"), max_length=32, required=False)
    valid_from = Day(label=_("From"))


class EndStaff(PlainForm):
    """The first day without this person."""

    on = Day(label=_("First day without"))
