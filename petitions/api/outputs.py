"""What the endpoints of petitions tell."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from rest_framework import serializers

from kernel.api.outputs import MoveOutput, UnitRef
from organizations.queries import unit_name
from petitions.choices import OPEN_STATES
from petitions.models import Attachment, Callback, Petition, Question, Reply

ROW = (
    "pk",
    "number",
    "version",
    "state",
    "round",
    "kind",
    "nature",
    "channel",
    "urgency",
    "title",
    "township_code",
    "village_code",
    "cell_code",
    "unroutable",
    "satisfaction",
    "filed_at",
    "stage_due_at",
    "due_at",
    "closed_at",
    "category",
)
ROW_NAMES = {
    "category_name": F("category__name"),
    "unit": F("lead_unit_id"),
    "unit_name": F("lead_unit__short_name"),
}
OPEN = frozenset(str(state) for state in OPEN_STATES)


class PetitionRow(serializers.ModelSerializer[Petition]):
    """A petition in a list. This describes the row; the row itself comes from .values() without a serializer."""

    category = serializers.CharField(allow_null=True)
    category_name = serializers.CharField(allow_null=True)
    unit = serializers.IntegerField(allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    overdue = serializers.BooleanField(help_text="Open, and past the time of the stage that it stands in.")

    class Meta:
        model = Petition
        fields = ("id", *ROW[1:], *ROW_NAMES, "overdue")


def row_of(values: dict[str, Any], *, at: Any) -> dict[str, Any]:
    """One row of .values() as the list shows it."""
    late = values["state"] in OPEN and values["stage_due_at"] < at
    return {"id": values["pk"], **{name: value for name, value in values.items() if name != "pk"}, "overdue": late}


class FiledOutput(serializers.ModelSerializer[Petition]):
    """A petition that has just been filed; the tracking code is for the citizen."""

    center = UnitRef()

    class Meta:
        model = Petition
        fields = (
            "id",
            "number",
            "tracking_code",
            "version",
            "state",
            "kind",
            "urgency",
            "center",
            "cell_code",
            "stage_due_at",
            "filed_at",
        )


def filed_output(petition: Petition) -> dict[str, Any]:
    """FiledOutput by hand: nothing is asked of the database and no fields are built for the busiest deed of all."""
    said = {name: getattr(petition, name) for name in FiledOutput.Meta.fields if name != "center"}
    return {**said, "center": {"id": petition.center_id, "name": unit_name(unit_id=petition.center_id)}}


class QuestionOutput(serializers.ModelSerializer[Question]):
    class Meta:
        model = Question
        fields = ("question", "asked_at", "answer", "answered_at")


class ReplyOutput(serializers.ModelSerializer[Reply]):
    unit = UnitRef(allow_null=True)

    class Meta:
        model = Reply
        fields = ("id", "kind", "text", "unit", "replied_at")


class CallbackOutput(serializers.ModelSerializer[Callback]):
    class Meta:
        model = Callback
        fields = ("reached", "resolved", "satisfaction", "note", "called_at")


class AttachmentOutput(serializers.ModelSerializer[Attachment]):
    """A file of a case; fetch it with a GET of its own address."""

    class Meta:
        model = Attachment
        fields = ("id", "purpose", "original_name", "content_type", "size", "width", "height", "sha256", "added_at")


class ReporterOutput(serializers.Serializer[Any]):
    """Masked, or withheld altogether: then both are empty."""

    name = serializers.CharField()
    phone = serializers.CharField()
    withheld = serializers.BooleanField()


class DeclinedOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    channel = serializers.CharField()


class ChangedOutput(serializers.Serializer[Any]):
    """How the petition stands after a deed, and what may be done next."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    round = serializers.IntegerField()
    stage_due_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    moves = MoveOutput(many=True)


class PetitionOutput(serializers.ModelSerializer[Petition]):
    """The whole petition as this person may see it."""

    state_label = serializers.CharField(source="get_state_display")
    category_name = serializers.CharField(source="category.name", default=None, allow_null=True)
    center = UnitRef()
    lead_unit = UnitRef(allow_null=True)
    joined_to = serializers.UUIDField(source="joined_to_id", allow_null=True)
    joined = serializers.ListField(child=serializers.UUIDField())
    decline_reason = DeclinedOutput(allow_null=True)
    reporter = ReporterOutput()
    questions = QuestionOutput(many=True)
    replies = ReplyOutput(many=True)
    callbacks = CallbackOutput(many=True)
    attachments = AttachmentOutput(many=True)
    moves = MoveOutput(many=True)
    timeline = serializers.CharField(help_text="Where its history is.")

    class Meta:
        model = Petition
        fields = (
            "id", "number", "version", "state", "state_label", "round", "kind", "nature", "channel", "urgency",
            "category", "category_name", "title", "description", "address", "lng", "lat", "distance_m",
            "county_code", "township_code", "village_code", "cell_code", "center", "lead_unit", "holder", "unroutable",
            "confidential", "filed_at", "accepted_at", "dispatched_at", "handled_at", "verified_at", "closed_at",
            "stage_due_at", "due_at", "due_provisional", "limit_value", "limit_unit", "on_time", "satisfaction",
            "resolved", "rating_note", "joined_to", "joined", "decline_reason", "reporter", "questions", "replies",
            "callbacks", "attachments", "moves", "timeline",
        )  # fmt: skip
