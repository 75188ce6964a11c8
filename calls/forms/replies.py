"""What a called unit is asked for: who comes and when, or the row on which it rests a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.forms.base import SHORT
from kernel.forms import Moment, Over
from organizations.models import ResponsibilityEntry, Team, User


class Answer(Over):
    """Somebody of one's own unit, and a time."""

    person_id = forms.TypedChoiceField(label=_("Who comes"), coerce=int)
    promised_at = Moment(label=_("There by"))

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = [(one.pk, str(one)) for one in people]  # type: ignore[attr-defined]


class Send(Over):
    """Which of the township's own teams."""

    team_id = forms.ChoiceField(label=_("Our team"))

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team_id"].choices = [(str(one.pk), f"{one.sign} · {one.name}") for one in teams]  # type: ignore[attr-defined]


class Refuse(Over):
    """The row of the list, and what it means here."""

    entry_id = forms.TypedChoiceField(
        label=_("Row of the list"), coerce=int, help_text=_("A refusal without a row of the list is not possible.")
    )
    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs=SHORT))

    def __init__(self, *args: Any, rows: Iterable[ResponsibilityEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry_id"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.code} · {one.matter} · {one.get_duty_display()} · {one.unit or one.get_rule_display()}")
            for one in rows
        ]
