"""What each deed on a supervision order asks for. Names of fields are those that the deeds name in their refusals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.forms import Over
from organizations.models import Unit
from supervision.choices import BY_SYSTEM, Dismissal, Level, Reason
from supervision.forms.base import LONG, SHORT


class IssueProposed(Over):
    """Why, how heavy, and the text."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices, widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=_("Level"),
        choices=Level.choices,
        widget=forms.RadioSelect,
        help_text=_("Receipt and answer: 4 working hours and 3 days; key: 2 hours and 2 days; urgent: 1 hour and 4."),
    )
    content = forms.CharField(
        label=_("Text of the order"),
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("What is to be done. Name no reporter: the unit reads this."),
    )


class Issue(IssueProposed):
    """The same, and to whom."""

    unit = forms.TypedChoiceField(label=pgettext_lazy("addressee", "To"), coerce=int)

    field_order = ("version", "unit", "reason", "level", "content")

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, str(unit)) for unit in units]  # type: ignore[attr-defined]


class Dismiss(Over):
    why = forms.ChoiceField(
        label=_("Why it is not issued"),
        choices=[(one.value, one.label) for one in Dismissal if one not in BY_SYSTEM],
        widget=forms.RadioSelect,
    )


class Receive(Over):
    """Nothing to say but yes."""


class GiveAnswer(Over):
    text = forms.CharField(label=_("How it stands"), max_length=4000, widget=forms.Textarea(attrs=LONG))
    measures = forms.CharField(
        label=_("Measures"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("What was done, what will be done, by whom and until when."),
    )


class Accept(Over):
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs=SHORT))


class SendBack(Over):
    note = forms.CharField(
        label=_("What is lacking"),
        max_length=500,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("The time for an answer begins anew."),
    )


class Withdraw(Over):
    note = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=300,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("The number stays in the register."),
    )
