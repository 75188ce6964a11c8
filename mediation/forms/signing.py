"""Signatures and seal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mediation.choices import Signing
from mediation.forms.base import CaseDeed, Day, named
from mediation.queries import agreement_of


class Sign(CaseDeed):
    def prepare(self) -> None:
        """One pair of fields for each party that has not signed, and days for the mediator and the seal."""
        agreement = agreement_of(case=self.case)
        signed = {one.party_id for one in agreement.signatures.all()} if agreement else set()
        self.waiting = [one for one in self.parties() if one.pk not in signed]
        for party in self.waiting:
            words = {"who": named(party)}
            self.fields[f"kind_{party.pk}"] = forms.ChoiceField(
                label=_("%(who)s: how") % words, choices=Signing.choices, initial=Signing.SIGNATURE
            )
            self.fields[f"on_{party.pk}"] = Day(label=_("%(who)s: on") % words, required=False)
        if agreement is None or agreement.mediator_signed_on is None:
            self.fields["mediator_on"] = Day(label=_("Signed by the mediator on"), required=False)
        if agreement is None or agreement.sealed_on is None:
            self.fields["sealed_on"] = Day(label=_("Seal of the committee put on"), required=False)

    def given(self) -> dict[str, Any]:
        """Only what has a day."""
        said = self.cleaned_data
        signed = {
            one.pk: (said[f"kind_{one.pk}"], said[f"on_{one.pk}"]) for one in self.waiting if said.get(f"on_{one.pk}")
        }
        return {"signed": signed, "mediator_on": said.get("mediator_on"), "sealed_on": said.get("sealed_on")}
