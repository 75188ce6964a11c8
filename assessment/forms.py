"""What the pages of assessment ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.months import period_of
from kernel.errors import Invalid
from kernel.forms import DeedForm, PlainForm


class BuildForm(PlainForm):
    """Which month."""

    month = forms.CharField(label=_("Month"), max_length=7, widget=forms.TextInput(attrs={"type": "month"}))

    def clean_month(self) -> Any:
        """A month as the browser writes it: 2026-10."""
        month = self.cleaned_data["month"]
        try:
            period_of(month=month)
        except Invalid as error:
            raise forms.ValidationError(str(error.message)) from error
        return month


class PublishForm(DeedForm):
    """Nothing to say but yes."""
