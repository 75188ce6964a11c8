"""What the search is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from kernel.list_filters import OPEN, any_of
from petitions.choices import RevealPurpose, State
from petitions.forms.places import township_choices
from petitions.words import has_phone

ALL, CASES = "", "cases"
LONGEST = 80
# Checked by the browser too, before the number is in an address: a mobile number, however it is grouped.
NO_PHONE = r"(?!(?:.*[^0-9])?(?:\+?86[\s\-]*)?1[\s\-]*[3-9](?:[\s\-]*[0-9]){9}(?![0-9])).*"


class SearchForm(PlainForm):
    """Words, and for cases how they stand and where."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autofocus": True, "autocomplete": "off"}),
    )
    kind = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=any_of(_("All states"), [(OPEN, _("All open")), *State.choices])
    )
    area = forms.ChoiceField(label=_("Township"), required=False, choices=township_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refused = _("A telephone number must not stand in an address: search by it below, on record.")
        self.fields["q"].widget.attrs |= {
            "placeholder": _("Words, number, name, place"),
            "pattern": NO_PHONE,
            "title": refused,
        }

    def clean_q(self) -> str:
        """The words; a telephone number is not looked for here at all."""
        said: str = self.cleaned_data["q"].strip()
        if has_phone(said):
            raise forms.ValidationError(
                _("A telephone number must not stand in an address: search by it below, on record.")
            )
        return said


class PhoneForm(PlainForm):
    """The whole number, and what for."""

    phone = forms.CharField(
        label=_("Telephone"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=RevealPurpose.choices)
