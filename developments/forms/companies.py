"""The register of companies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from developments.codes import LENGTH
from developments.forms.base import SHORT
from kernel.forms import Over, PlainForm
from organizations.models import Unit


class RegisterForm(PlainForm):
    """A unit of kind enterprise with its credit code."""

    unit_id = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    credit_code = forms.CharField(label=_("Unified social credit code"), min_length=LENGTH, max_length=LENGTH)
    key_project = forms.BooleanField(label=_("Key project"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].queryset = units  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """As the deed takes it."""
        said = dict(self.cleaned_data)
        return {**said, "unit_id": said["unit_id"].pk}


class GreenForm(Over):
    """Granted or taken away, with the reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))
