"""What the endpoints of petitions tell."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.api.outputs import MoveOutput, UnitRef
from organizations.models import FilingCondition
from organizations.queries import unit_name
from petitions.models import Attachment, Callback, Petition, Question, Reply


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


class ConditionOutput(serializers.ModelSerializer[FilingCondition]):
    """A condition under which a case is filed: what it says, what closes it, and how long it may take."""

    class Meta:
        model = FilingCondition
        fields = ("code", "text", "closing", "limit_value", "limit_unit")


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
            "category", "category_name", "condition", "title", "description", "address", "lng", "lat", "distance_m",
            "county_code", "township_code", "village_code", "cell_code", "center", "lead_unit", "holder", "unroutable",
            "confidential", "filed_at", "accepted_at", "dispatched_at", "handled_at", "verified_at", "closed_at",
            "stage_due_at", "due_at", "due_provisional", "limit_value", "limit_unit", "on_time", "satisfaction",
            "resolved", "rating_note", "joined_to", "joined", "decline_reason", "reporter", "questions", "replies",
            "callbacks", "attachments", "moves", "timeline",
        )  # fmt: skip
