"""Drawing up an agreement, and withdrawing its draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mediation.choices import Form
from mediation.forms.base import LONG, SHORT, CaseDeed, Day, named
from mediation.services.drawing import Pledge

PLEDGES = 4


class Draw(CaseDeed):
    form = forms.ChoiceField(label=_("Form"), choices=Form.choices, widget=forms.RadioSelect, initial=Form.WRITTEN)
    facts = forms.CharField(label=_("Main facts"), max_length=4000, widget=forms.Textarea(attrs=LONG))
    points = forms.CharField(label=_("Points in dispute"), max_length=4000, widget=forms.Textarea(attrs=SHORT))
    responsibilities = forms.CharField(
        label=_("Responsibility of each side"), max_length=4000, widget=forms.Textarea(attrs=SHORT)
    )
    terms = forms.CharField(label=_("What was agreed"), max_length=4000, widget=forms.Textarea(attrs=LONG))

    def prepare(self) -> None:
        """Rows for what is performed by whom, how and by when."""
        parties = [("", "—"), *((one.pk, named(one)) for one in self.parties())]
        for row in range(1, PLEDGES + 1):
            words = {"row": row}
            self.fields[f"party_{row}"] = forms.TypedChoiceField(
                label=_("Performance %(row)s: who") % words,
                choices=parties,
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[f"what_{row}"] = forms.CharField(
                label=_("Performance %(row)s: what and how") % words, max_length=1000, required=False
            )
            self.fields[f"due_{row}"] = Day(label=_("Performance %(row)s: by") % words, required=False)

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty, and one at least is there."""
        cleaned = super().clean()
        pledges = []
        for row in range(1, PLEDGES + 1):
            party, what, due_on = (cleaned.get(f"{name}_{row}") for name in ("party", "what", "due"))
            if party and what and due_on:
                pledges.append(Pledge(party_id=party, what=what, due_on=due_on))
            elif party or what or due_on:
                self.add_error(f"what_{row}", _("Say who, what and how, and by when."))
        if not pledges and not self.errors:
            self.add_error("what_1", _("The agreement says how and by when it is performed."))
        cleaned["promises"] = pledges
        return cleaned

    def given(self) -> dict[str, Any]:
        """The texts, and the rows as one list."""
        names = ("form", "facts", "points", "responsibilities", "terms", "promises")
        return {name: self.cleaned_data[name] for name in names}


class Drop(CaseDeed):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))
