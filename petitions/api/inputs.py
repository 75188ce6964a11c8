"""What the endpoints of petitions take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from rest_framework import serializers

from kernel.api.fields import Code, Degrees, Flag, Identity, StrictInput, Text
from petitions.choices import (
    Channel,
    Nature,
    PetitionKind,
    ReplyKind,
    RevealField,
    RevealPurpose,
    Satisfaction,
    Urgency,
)


class ReporterInput(StrictInput):
    """Who reports. Everything may be left out; what is given is sealed before it is stored."""

    name = Text(max_length=40, required=False, default="")
    phone = Text(max_length=24, required=False, default="")
    identity = Text(max_length=24, required=False, default="")
    home = Text(max_length=200, required=False, default="")


class PetitionInput(StrictInput):
    """A report. The place is a point, an area code, or is read from the address, in this order."""

    nature = serializers.ChoiceField(Nature.choices)
    title = Text(max_length=120)
    description = Text(max_length=8000)
    channel = serializers.ChoiceField(Channel.choices, required=False, help_text="Your own unless told.")
    kind = serializers.ChoiceField(PetitionKind.choices, required=False)
    category = Code(max_length=6, required=False)
    urgency = serializers.ChoiceField(Urgency.choices, required=False)
    address = Text(max_length=200, required=False, default="", allow_blank=True)
    lng = Degrees(required=False, allow_null=True, default=None)
    lat = Degrees(required=False, allow_null=True, default=None)
    area_code = Code(max_length=15, required=False, default="", allow_blank=True)
    reporter = ReporterInput(required=False)
    confidential = Flag(required=False, default=False, help_text="Keep my identity from the units that handle it.")
    # Declared fields are taken off the class: it keeps Field.source, which the stubs see hidden here.
    source = Code(  # type: ignore[assignment]
        max_length=40, required=False, default="", help_text="Another system's name, for its number."
    )
    source_no = Code(max_length=64, required=False, default="", help_text="Its number there: taken in once for ever.")


class AcceptInput(StrictInput):
    """The category settles kind and urgency unless they are said."""

    category = Code(max_length=6, required=False, default="")
    kind = serializers.ChoiceField(PetitionKind.choices, required=False, default="")
    urgency = serializers.ChoiceField(Urgency.choices, required=False, default="")
    condition = Code(
        max_length=48, required=False, allow_null=True, allow_blank=True, default=None,
        help_text="A filing condition of the category's matter, which decides the limit; empty takes it away.",
    )  # fmt: skip


class ClassifyInput(AcceptInput):
    """Category, kind, urgency or place put right."""

    lng = Degrees(required=False, allow_null=True, default=None)
    lat = Degrees(required=False, allow_null=True, default=None)
    area_code = Code(max_length=15, required=False, default="", allow_blank=True)


class AskInput(StrictInput):
    """What the citizen is asked."""

    question = Text(max_length=1000)


class SupplyInput(StrictInput):
    """What the citizen answers."""

    answer = Text(max_length=4000)


class DeclineInput(StrictInput):
    """The code of a reason; its channel is told to the citizen."""

    reason = Code(max_length=20)


class JoinInput(StrictInput):
    """The petition that leads."""

    main = Identity()


class RateInput(StrictInput):
    """Dissatisfied for the first time, it is handled again."""

    satisfaction = serializers.ChoiceField(Satisfaction.choices)
    resolved = Flag(required=False, allow_null=True, default=None)
    note = Text(max_length=500, required=False, default="", allow_blank=True)


class CallbackInput(StrictInput):
    """A telephone call; reached and rated, the rating takes effect."""

    reached = Flag()
    resolved = Flag(required=False, allow_null=True, default=None)
    satisfaction = serializers.ChoiceField(Satisfaction.choices, required=False, default="")
    note = Text(max_length=500, required=False, default="", allow_blank=True)


class ReplyInput(StrictInput):
    """What is told to the citizen."""

    text = Text(max_length=4000)
    kind = serializers.ChoiceField(ReplyKind.choices, required=False, default=ReplyKind.INTERIM)


class RevealInput(StrictInput):
    """One field, for one purpose."""

    field = serializers.ChoiceField(RevealField.choices)
    purpose = serializers.ChoiceField(RevealPurpose.choices)
