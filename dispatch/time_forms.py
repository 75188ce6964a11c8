"""Forms of the deeds on time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dispatch.forms import LONG, OrderDeed
from dispatch.times import PauseReason
from kernel.forms import PlainForm


class AskExtension(OrderDeed):
    days = forms.IntegerField(
        label=_("Calendar days"), min_value=1, max_value=30, help_text=_("Counted from the day after the limit ends.")
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=500,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("The citizen is told them if the extension is granted."),
    )


class AskPause(OrderDeed):
    reason = forms.ChoiceField(label=_("Reason"), choices=PauseReason.choices, widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until and including"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("From tomorrow on.")
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=500, widget=forms.Textarea(attrs=LONG))


class DecideTime(OrderDeed):
    granted = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Grant")), ("no", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Grounds"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Needed where it is refused."),
    )
    notice = forms.CharField(
        label=_("What the citizen is told"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Empty: the reason and the new date in one sentence."),
    )

    def clean_granted(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["granted"] == "yes")


class Resume(OrderDeed):
    """Nothing to say but yes."""


class SetLights(PlainForm):
    """Shares in percent, as people say them."""

    area = forms.ChoiceField(label=_("Area"))
    half = forms.IntegerField(label=_("Blue from, percent of the limit"), min_value=1, max_value=98, initial=50)
    warn = forms.IntegerField(label=_("Yellow from, percent of the limit"), min_value=2, max_value=99, initial=80)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The deed takes shares."""
        said = self.cleaned_data
        return {
            "area_code": said["area"],
            "half": Decimal(said["half"]) / 100,
            "warn": Decimal(said["warn"]) / 100,
        }
