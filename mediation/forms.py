"""What each deed of mediation asks for. Names of fields are those that the deeds name in their refusals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import DeedForm, PlainForm
from mediation.choices import Confirmation, Ending, Form, Outcome, Relation, Side, Signing
from mediation.endings import endings_from
from mediation.models import MediationCase, Party
from mediation.queries import agreement_of, mediators_of, opened_text
from mediation.services.agreeing import Pledge
from mediation.services.parties import PartyData

LONG, SHORT = {"rows": 5}, {"rows": 3}
PLEDGES = 4


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


def _named(party: Party) -> str:
    return f"{party.get_side_display()} {party.name_masked}"


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


class Hold(CaseDeed):
    held_at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("Venue"), max_length=120)
    present = forms.TypedMultipleChoiceField(
        label=_("Parties present"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(label=_("Others present"), max_length=300, required=False)
    record_text = forms.CharField(label=_("Record"), max_length=8000, widget=forms.Textarea(attrs=LONG))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """The parties of the case."""
        self.offer("present", [(one.pk, _named(one)) for one in self.parties()])


class Extend(CaseDeed):
    until = Day(label=_("Until the end of"))
    reason = forms.CharField(label=_("Why the parties agree to more time"), max_length=300)


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
        parties = [("", "—"), *((one.pk, _named(one)) for one in self.parties())]
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


class Sign(CaseDeed):
    def prepare(self) -> None:
        """One pair of fields for each party that has not signed, and days for the mediator and the seal."""
        agreement = agreement_of(case=self.case)
        signed = {one.party_id for one in agreement.signatures.all()} if agreement else set()
        self.waiting = [one for one in self.parties() if one.pk not in signed]
        for party in self.waiting:
            words = {"who": _named(party)}
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


class Drop(CaseDeed):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs=SHORT))


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


class Terminate(CaseDeed):
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    party_id = forms.TypedChoiceField(label=_("The party that refuses"), coerce=int, empty_value=None, required=False)
    note = forms.CharField(
        label=_("Note for the file"), max_length=1000, required=False, widget=forms.Textarea(attrs=SHORT)
    )

    def prepare(self) -> None:
        """The reasons that fit the state, and the parties."""
        self.offer("reason", [(one.value, one.label) for one in endings_from(state=self.case.state)])
        self.offer("party_id", [("", "—"), *((one.pk, _named(one)) for one in self.parties())])

    def clean(self) -> dict[str, Any]:
        """A refusal is somebody's."""
        cleaned = super().clean()
        if cleaned.get("reason") == Ending.REFUSED and not cleaned.get("party_id"):
            self.add_error("party_id", _("Name the party that refuses."))
        return cleaned
