"""The forms of assigning somebody and of ending it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import Day, Over, PlainForm
from liaisons.queries.people import Group


def _reason(help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=_("Reason"), max_length=400, widget=area, help_text=help_text)


class Assign(PlainForm):
    """Who, from when until when, and why."""

    person = forms.TypedChoiceField(label=_("Official"), coerce=int)
    valid_from = Day(label=_("From"))
    valid_until = Day(
        label=_("First day without"), required=False, help_text=_("Empty for as long as the posting lasts.")
    )
    reason = _reason(_("Your name and the time stand beside it."))

    def __init__(self, *args: Any, people: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.choices = [("", "—"), *people]


class End(Over):
    """From which day on, and why."""

    on = Day(label=_("First day without"))
    reason = _reason(_("It is shown with the assignment."))
