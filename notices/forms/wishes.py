"""How somebody wants to be told: what leaves, where they are reached, and which kinds they do not want to hear of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DeedForm, PlainForm
from notices import channels
from notices.choices import Means, Outward
from notices.kinds import KINDS

LONGEST = 120


def _channels() -> list[tuple[str, Any]]:
    return [("", _("in the order of the settings")), *((name, name) for name in channels.configured())]


def _mutable() -> list[tuple[str, str]]:
    kinds = ((code, kind.name) for code, kind in KINDS.items() if not kind.urgent)
    return sorted(kinds, key=lambda one: one[1])


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class WishesForm(DeedForm):
    """What leaves the product and when. `version` is 0 while nothing was ever chosen."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    outward = forms.ChoiceField(
        label=_("Outside of the product"),
        choices=Outward.choices,
        help_text=_("What is urgent always leaves at once, at any hour."),
    )
    channel = forms.ChoiceField(label=_("First channel"), required=False, choices=_channels)
    digest_hour = forms.TypedChoiceField(
        label=_("Hour of the daily message"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)]
    )
    quiet_from = _time(_("Quiet from"))
    quiet_until = _time(_("Quiet until"))


class ContactForm(PlainForm):
    """Where somebody is reached. What is known is shown masked beside the field; an empty field keeps it."""

    phone = forms.CharField(
        label=Means.PHONE.label,
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=Means.EMAIL.label,
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )


class KindsForm(PlainForm):
    """The kinds that are heard; the others are muted."""

    heard = forms.MultipleChoiceField(
        label=_("I want to hear of"), required=False, choices=_mutable, widget=forms.CheckboxSelectMultiple
    )
