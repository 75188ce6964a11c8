"""Forms of monthly reports, monthly dispatches and bulletins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import Day, PlainForm
from projects.choices import Span
from projects.forms.base import LONG, SHORT, Chosen, OnRow, working_units


class AccountForm(PlainForm):
    """The report of a month: four answers."""

    done = forms.CharField(label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs=LONG))
    percent = forms.IntegerField(label=_("Percent"), min_value=0, max_value=100)
    obstacles = forms.CharField(
        label=_("What stands in the way"), required=False, max_length=1000, widget=forms.Textarea(attrs=SHORT)
    )
    wanted = forms.CharField(
        label=_("What is asked for"), required=False, max_length=500, widget=forms.Textarea(attrs=SHORT)
    )
    wanted_unit = Chosen(label=_("Of whom"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted_unit"].offer(working_units())  # type: ignore[attr-defined]


class RemarkForm(PlainForm):
    remark = forms.CharField(label=_("Remark"), max_length=500, widget=forms.Textarea(attrs=SHORT))


class RemarksForm(OnRow):
    remarks = forms.CharField(
        label=_("Remarks"),
        max_length=4000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("On the whole month. What units are to do is given as instructions on their projects."),
    )


class DrawForm(PlainForm):
    span = forms.ChoiceField(label=_("Kind"), choices=Span.choices, widget=forms.RadioSelect, initial=Span.QUARTER)
    day = Day(label=_("A day of the period"))


class PublishForm(OnRow):
    remarks = forms.CharField(label=_("Remarks"), max_length=4000, widget=forms.Textarea(attrs=LONG))
