"""The forms of deeds that need little."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import Day
from projects.forms.base import LONG, SHORT, Chosen, OnRow, working_units


class Nothing(OnRow):
    """Nothing to say but yes."""


class Note(OnRow):
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class GrantForm(OnRow):
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs=SHORT))


class DoneForm(OnRow):
    note = forms.CharField(label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs=LONG))


class SuspendForm(OnRow):
    until = Day(label=_("Until when at the latest"))
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class ReachedForm(OnRow):
    done_on = Day(label=_("Reached on"))
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("What shows it: documents with their numbers, photographs, acceptance papers."),
    )


class MoveForm(OnRow):
    to_day = Day(label=_("Other day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class ReplyForm(OnRow):
    reply = forms.CharField(label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs=LONG))


class InstructForm(OnRow):
    """What is to be done, by whom, until when. The owner stands first in mind and is chosen."""

    what = forms.CharField(label=_("What is to be done"), max_length=300, widget=forms.Textarea(attrs=SHORT))
    unit = Chosen(label=_("Unit"))
    due_on = Day(label=_("Due"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(working_units())  # type: ignore[attr-defined]
        self.initial.setdefault("unit", self.row.owner_id)
