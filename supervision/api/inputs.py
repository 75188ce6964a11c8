"""What the endpoints of supervision take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from rest_framework import serializers

from kernel.api.fields import Identity, StrictInput, Text, Whole
from supervision.choices import BY_SYSTEM, Dismissal, Level, Reason, Removal

LARGEST = 2_147_483_647


class UrgeInput(StrictInput):
    """The case whose unit is urged."""

    petition = Identity()
    note = Text(max_length=300, required=False, default="", allow_blank=True)


class SaidInput(StrictInput):
    """Why, how heavy, and the text."""

    reason = serializers.ChoiceField(Reason.choices)
    level = serializers.ChoiceField(Level.choices)
    content = Text(max_length=2000)


class IssueInput(SaidInput):
    """The same, on which case and to which unit."""

    petition = Identity()
    unit = Whole(min_value=1, max_value=LARGEST)


class DismissInput(StrictInput):
    """Why what was proposed is not issued."""

    why = serializers.ChoiceField([(one.value, one.label) for one in Dismissal if one not in BY_SYSTEM])


class EmptyInput(StrictInput):
    """Nothing to say but yes."""


class AnswerInput(StrictInput):
    """How it stands, and the measures."""

    text = Text(max_length=4000)
    measures = Text(max_length=4000)


class AcceptAnswerInput(StrictInput):
    """A word with the acceptance."""

    note = Text(max_length=500, required=False, default="", allow_blank=True)


class SendBackInput(StrictInput):
    """What is lacking."""

    note = Text(max_length=500)


class WithdrawOrderInput(StrictInput):
    """Why an order is withdrawn."""

    note = Text(max_length=300)


class ListInput(StrictInput):
    """The case, what is asked, the last day of the period, and when it is looked at again."""

    petition = Identity()
    demand = Text(max_length=500)
    until = serializers.DateField()
    recheck_on = serializers.DateField()


class ExtendListingInput(StrictInput):
    """Until the end of which day, and why."""

    until = serializers.DateField()
    note = Text(max_length=300)


class RemoveInput(StrictInput):
    """Why a case leaves the list."""

    why = serializers.ChoiceField([(one.value, one.label) for one in Removal if one not in BY_SYSTEM])
    note = Text(max_length=300)
