"""Forms of pages: text is checked as the API checks it, and what a deed refuses stands beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError
from kernel.text import refuse_hostile


class PlainForm(forms.Form):
    """Refuses what cannot be stored or would deceive the eye, whatever field it comes in."""

    def clean(self) -> dict[str, Any]:
        """Check every text once more, as a whole."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            try:
                refuse_hostile(value)
            except ValueError:
                self.add_error(name, _("A character in this text is not accepted."))
        return cleaned

    def explain(self, error: DomainError, *, names: Mapping[str, str] | None = None) -> None:
        """Put what a deed refused beside the fields it names, and above the form where it names none of ours.

        `names` translates the deed's names of fields into ours where they differ.
        """
        self.is_valid()
        known = False
        for said, reasons in error.fields.items():
            name = (names or {}).get(said, said)
            if name in self.fields:
                known = True
                self.add_error(name, [str(reason) for reason in reasons])
        if not known:
            self.add_error(None, str(error.message))


class DeedForm(PlainForm):
    """A form for a deed on something that others may change meanwhile: it carries the version that was seen."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        """What the deed is called with, besides who, when and the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def renew(self, *, version: int) -> None:
        """Keep everything that was typed, over a newer version."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
