"""Which field of the reporter, and what for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from petitions.choices import RevealField, RevealPurpose


class Reveal(PlainForm):
    """One field at a time; the purpose goes on record with the name of whoever looks."""

    field = forms.ChoiceField(label=_("Which"), choices=RevealField.choices, initial=RevealField.PHONE.value)
    purpose = forms.ChoiceField(label=_("What for"), choices=RevealPurpose.choices)
