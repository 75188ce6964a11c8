"""What comes after the agreement: the court, and what was promised."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mediation.choices import Confirmation
from mediation.forms.base import CaseDeed, Day
from mediation.queries import agreement_of, opened_text


class Confirm(CaseDeed):
    confirmation = forms.ChoiceField(label=_("The court"), choices=Confirmation.choices, widget=forms.RadioSelect)
    on = Day(label=_("On"))


class Perform(CaseDeed):
    promise_id = forms.TypedChoiceField(label=_("What was performed"), coerce=int, widget=forms.RadioSelect)
    on = Day(label=_("On"))

    def prepare(self) -> None:
        """The promises that are open."""
        agreement = agreement_of(case=self.case)
        waiting = [one for one in agreement.promises.all() if one.kept_on is None] if agreement else []
        self.offer(
            "promise_id",
            [(one.pk, f"{one.party.name_masked} · {one.due_on} · {_said(one)}") for one in waiting],
        )


def _said(promise: Any) -> str:
    return opened_text(blob=promise.what, purpose="promise.what")
