"""What the deeds on drafts and items ask for. Names of fields are those that the deeds name in their refusals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DeedForm
from registry.forms.filters import Day

LONG, SHORT = {"rows": 5}, {"rows": 3}


class Confirm(DeedForm):
    """Nothing to say but yes."""


class Approve(DeedForm):
    effective = Day(label=_("In force from"), help_text=_("The day of the draft, or a later one."))
    document = forms.CharField(
        label=_("Number of the document"),
        max_length=64,
        required=False,
        help_text=_("Under which the government publishes the change, where there is one."),
    )


class Refuse(DeedForm):
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs=SHORT))


class Withdraw(DeedForm):
    """An item that is to end."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs=SHORT))
    effective = Day(label=_("Ends on"))


class ProposeHandOver(DeedForm):
    """To whom a matter is to go, and what the two agree on."""

    to_unit = forms.TypedChoiceField(label=_("Takes over"), coerce=int)
    effective = Day(label=_("In force from"))
    text = forms.CharField(
        label=_("What is agreed"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("What goes over with the matter: staff, money, records, open cases."),
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]


class WithdrawHandOver(DeedForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))
