"""What the endpoints of calls take in: the form only; what is allowed is decided by the deeds."""

from __future__ import annotations

from rest_framework import serializers

from calls.choices import Kind
from kernel.api.fields import Code, Degrees, Flag, Identity, StrictInput, Text, Whole
from petitions.choices import Nature

LARGEST = 2_147_483_647


class CallInput(StrictInput):
    """Whom a township calls for, and why."""

    kind = serializers.ChoiceField(Kind.choices)
    asked = Text(max_length=2000)
    petition = Identity(required=False)
    category = Code(max_length=16, required=False, default="", allow_blank=True)
    place = Code(max_length=12, required=False, default="", allow_blank=True, help_text="Code of an area.")
    spot = Text(max_length=200, required=False, default="", allow_blank=True)
    wanted_by = serializers.DateTimeField(required=False)
    unit = Whole(min_value=1, max_value=LARGEST, required=False, help_text="For which of your units.")
    team = Identity(required=False, help_text="The township's own team, which is sent at once.")
    only_team = Flag(required=False, default=False, help_text="Send the team, and call for no department.")


class CallSendInput(StrictInput):
    """Which of the township's own teams."""

    team = Identity()


class CallFileInput(StrictInput):
    """JPEG, PNG, WebP or PDF, up to 10 MB. Pictures are drawn anew, without what the camera wrote into them."""

    file = serializers.FileField()


class CallNoteInput(StrictInput):
    """A reason."""

    note = Text(max_length=300)


class CallEmptyInput(StrictInput):
    """Nothing to say but yes."""


class CallAssistInput(StrictInput):
    """A cooperating unit and its task."""

    unit = Whole(min_value=1, max_value=LARGEST)
    task = Text(max_length=500, required=False, default="", allow_blank=True)


class CallTriageInput(StrictInput):
    """Who leads, until when, and who cooperates."""

    unit = Whole(min_value=1, max_value=LARGEST)
    until = serializers.DateTimeField()
    assists = CallAssistInput(many=True, required=False, default=list)
    instruction = Text(max_length=500, required=False, default="", allow_blank=True)


class CallAnswerInput(StrictInput):
    """Somebody of one's own unit, and a time."""

    person = Whole(min_value=1, max_value=LARGEST)
    promised_at = serializers.DateTimeField()


class CallArriveInput(StrictInput):
    """Where the device says one is; without it the time alone counts."""

    lng = Degrees(required=False, min_value=-180, max_value=180)
    lat = Degrees(required=False, min_value=-90, max_value=90)
    accuracy_m = Whole(min_value=0, max_value=LARGEST, required=False)


class CallReportInput(StrictInput):
    """What was done."""

    result = Text(max_length=4000)


class CallRefuseInput(StrictInput):
    """The row of the list that the refusal rests on."""

    entry = Whole(min_value=1, max_value=LARGEST)
    note = Text(max_length=500)


class CallRatingInput(StrictInput):
    """The rating of the lead unit: 1 to 5, 5 is best."""

    speed = Whole(min_value=1, max_value=5)
    quality = Whole(min_value=1, max_value=5)
    note = Text(max_length=500, required=False, default="", allow_blank=True)


class CallPetitionInput(StrictInput):
    """A petition for a call that has none."""

    nature = serializers.ChoiceField(Nature.choices)
    title = Text(max_length=120)
    description = Text(max_length=8000)
    confidential = Flag(required=False, default=False)
