"""What the endpoints of mediation take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.api.fields import Identity, StrictInput, Text, Whole
from mediation.choices import Confirmation, Ending, Form, Outcome, Relation, Side, Signing
from mediation.endings import NOT_CHOSEN

LARGEST = 2_147_483_647
CHOSEN = [(one.value, one.label) for one in Ending if one not in NOT_CHOSEN]


class Row(Whole):
    """The number of a row, such as a party or a user."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **kwargs)


class OpenInput(StrictInput):
    """The petition that is brought before the committee of its place."""

    petition = Identity()


class AssignInput(StrictInput):
    """The mediator, and what he or she declares. The identity number is compared with the parties' and not kept."""

    mediator = Row()
    relation = serializers.ChoiceField(Relation.choices)
    identity = Text(max_length=24, required=False, default="", allow_blank=True)


class ReplaceInput(AssignInput):
    """Another mediator, and why."""

    reason = Text(max_length=300)


class PartyInput(StrictInput):
    """A party. Everything is sealed before it is stored; answers show it masked."""

    side = serializers.ChoiceField(Side.choices)
    name = Text(max_length=40)
    identity = Text(max_length=24, required=False, default="", allow_blank=True)
    phone = Text(max_length=24, required=False, default="", allow_blank=True)
    address = Text(max_length=200, required=False, default="", allow_blank=True)


class SessionInput(StrictInput):
    """A session that was held; `present` are the numbers of the parties that were there."""

    held_at = serializers.DateTimeField()
    place = Text(max_length=120)
    present = serializers.ListField(child=Row(), min_length=1, max_length=50)
    others = Text(max_length=300, required=False, default="", allow_blank=True)
    record = Text(max_length=8000)
    outcome = serializers.ChoiceField(Outcome.choices)


class ExtendInput(StrictInput):
    """Until the end of which day the parties agree to go on, and why."""

    until = serializers.DateField()
    reason = Text(max_length=300)


class PledgeInput(StrictInput):
    """Who performs what, how, and by when."""

    party = Row()
    what = Text(max_length=1000)
    due_on = serializers.DateField()


class AgreementInput(StrictInput):
    """The contents of 人民调解法 29."""

    form = serializers.ChoiceField(Form.choices)
    facts = Text(max_length=4000)
    points = Text(max_length=4000)
    responsibilities = Text(max_length=4000)
    terms = Text(max_length=4000)
    promises = serializers.ListField(child=PledgeInput(), min_length=1, max_length=50)


class SignatureInput(StrictInput):
    """One party's signature, seal or fingerprint."""

    party = Row()
    kind = serializers.ChoiceField(Signing.choices)
    on = serializers.DateField()


class SignInput(StrictInput):
    """What came in; with the last of it the agreement is in force."""

    parties = serializers.ListField(child=SignatureInput(), required=False, default=[], max_length=50)
    mediator_on = serializers.DateField(required=False, allow_null=True, default=None)
    sealed_on = serializers.DateField(required=False, allow_null=True, default=None)


class DropInput(StrictInput):
    """Why the draft is withdrawn."""

    reason = Text(max_length=300)


class ConfirmInput(StrictInput):
    """What the court said to the joint request."""

    confirmation = serializers.ChoiceField(Confirmation.choices)
    on = serializers.DateField()


class PerformInput(StrictInput):
    """Which promise was kept, and when."""

    promise = Row()
    on = serializers.DateField()


class TerminateInput(StrictInput):
    """Why it ends; a refusal names the party that refuses."""

    reason = serializers.ChoiceField(CHOSEN)
    party = Row(required=False, allow_null=True, default=None)
    note = Text(max_length=1000, required=False, default="", allow_blank=True)
