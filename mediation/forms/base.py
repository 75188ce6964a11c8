"""What every form of a deed on a mediation case has in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import DeedForm, PlainForm
from mediation.models import MediationCase, Party

LONG, SHORT = {"rows": 5}, {"rows": 3}


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class OpenForm(PlainForm):
    """Which petition is brought before the committee."""

    number = forms.CharField(label=_("Number of the petition"), max_length=24)


class CaseDeed(DeedForm):
    """A deed on one case, over the version that was seen."""

    def __init__(self, *args: Any, case: MediationCase, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": case.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.case, self.at, self.today = case, at, timezone.localtime(at).date()
        self.prepare()

    def prepare(self) -> None:
        """Read what the form offers."""

    def offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Give a field its choices."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def parties(self) -> list[Party]:
        """The parties of the case, in the order in which they were added."""
        return list(self.case.parties.order_by("pk"))


def named(party: Party) -> str:
    """A party as choices show it: side and masked name."""
    return f"{party.get_side_display()} {party.name_masked}"
