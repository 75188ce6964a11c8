"""Mediators and parties, and the end of a case where they do not come together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mediation.choices import Ending, Relation, Side
from mediation.endings import endings_from
from mediation.forms.base import SHORT, CaseDeed, named
from mediation.queries import mediators_of
from mediation.services.parties import PartyData


class Assign(CaseDeed):
    mediator = forms.TypedChoiceField(label=_("Mediator"), coerce=int)
    relation = forms.ChoiceField(label=_("The mediator declares"), choices=Relation.choices, widget=forms.RadioSelect)
    identity = forms.CharField(
        label=_("The mediator's identity number"),
        required=False,
        max_length=24,
        help_text=_("Compared with the parties' and not kept."),
    )

    def prepare(self) -> None:
        """The mediators of the committee."""
        people = mediators_of(committee_id=self.case.committee_id, at=self.at)
        self.offer("mediator", [("", "—"), *((one.pk, str(one)) for one in people)])

    def given(self) -> dict[str, Any]:
        """The deed names the mediator by id."""
        said = super().given()
        said["mediator_id"] = said.pop("mediator")
        return said


class Replace(Assign):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


class AddParty(CaseDeed):
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=40)
    identity = forms.CharField(label=_("Identity number"), max_length=24, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=24, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def given(self) -> dict[str, Any]:
        """The person as one value."""
        said = super().given()
        return {"side": said.pop("side"), "about": PartyData(**said)}


class Terminate(CaseDeed):
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    party_id = forms.TypedChoiceField(label=_("The party that refuses"), coerce=int, empty_value=None, required=False)
    note = forms.CharField(
        label=_("Note for the file"), max_length=1000, required=False, widget=forms.Textarea(attrs=SHORT)
    )

    def prepare(self) -> None:
        """The reasons that fit the state, and the parties."""
        self.offer("reason", [(one.value, one.label) for one in endings_from(state=self.case.state)])
        self.offer("party_id", [("", "—"), *((one.pk, named(one)) for one in self.parties())])

    def clean(self) -> dict[str, Any]:
        """A refusal is somebody's."""
        cleaned = super().clean()
        if cleaned.get("reason") == Ending.REFUSED and not cleaned.get("party_id"):
            self.add_error("party_id", _("Name the party that refuses."))
        return cleaned
