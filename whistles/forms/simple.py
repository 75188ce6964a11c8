"""The forms of deeds that need little."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.forms import Score
from whistles.choices import Attendance, Refusal
from whistles.forms.base import LONG, SHORT, OnWhistle
from whistles.terms import terms_of


class Nothing(OnWhistle):
    """Nothing to say but yes."""


class Note(OnWhistle):
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class Decline(OnWhistle):
    why = forms.ChoiceField(label=_("Why it is not issued"), choices=Refusal.choices, widget=forms.RadioSelect)


class ReceiptForm(OnWhistle):
    attendees = forms.CharField(
        label=_("Who comes"), max_length=120, help_text=_("Names, or the leader's name and how many.")
    )


class LeaveForm(OnWhistle):
    reason = forms.CharField(label=_("Why your unit cannot come"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class OfUnit(OnWhistle):
    """A deed on one of the units that are called."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (one.unit_id, str(one.unit)) for one in self.called() if self.concerns(one.attendance)
        ]

    def concerns(self, attendance: str) -> bool:
        """Whether a unit of this attendance is offered."""
        return attendance != Attendance.EXCUSED


class ExcuseForm(OfUnit):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("Empty: the reason that the unit gave."),
    )

    def concerns(self, attendance: str) -> bool:
        """Only who is still awaited can be excused."""
        return attendance == Attendance.AWAITED


class RollForm(OfUnit):
    name = forms.CharField(label=_("Who is there"), max_length=40)


class CheckInForm(OnWhistle):
    """Where the telephone says one is; without it the time alone counts."""

    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)


class UnitScoreForm(OfUnit):
    """Marks for a unit."""

    response = Score(label=pgettext_lazy("score", "Response"))
    result = Score(label=pgettext_lazy("score", "Result"))
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=forms.Textarea(attrs=SHORT))


class WhistleScoreForm(OnWhistle):
    """Marks for the whistle."""

    needed = Score(label=pgettext_lazy("score", "Needed"))
    prepared = Score(label=pgettext_lazy("score", "Well prepared"))
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=forms.Textarea(attrs=SHORT))


class ReportForm(OnWhistle):
    report = forms.CharField(max_length=2000, widget=forms.Textarea(attrs=LONG))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].label = str(terms_of(form=self.whistle.form).labels["report"])
