"""What the endpoints of admissions and one-off tasks tell."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, UnitRef, moves_shown
from organizations.models import Unit
from registry.models import AdHocTask, Admission, Consultation, Opinion
from registry.queries.admission import moves_of, task_moves_of

# The move of the table → the last part of the address that makes it.
ACTIONS = {
    "review": "review",
    "reject": "reject",
    "opine": "opinions",
    "consult": "consultations",
    "approve": "approve",
    "refuse": "refuse",
    "drop": "drop",
    "reassess": "reassess",
    "end": "end",
    "stop": "stop",
}
ROW = (
    "id", "number", "version", "state", "into", "grid_work", "name", "domain", "matter", "applicant", "area",
    "everywhere", "filed_at", "stage_due_at", "opinions_due_at", "effective", "review_on", "ends_on",
)  # fmt: skip
DUTY = (
    "lead_unit", "lead_duty", "cooperations", "township_role", "township_duty", "townships", "chart", "limit_value",
    "limit_unit", "safeguards", "money_amount", "money_per", "money_source", "powers", "basis", "reason",
    "finding", "document", "grounds", "end_reason", "end_document", "code",
)  # fmt: skip
TASK_ROW = (
    "id", "number", "version", "state", "name", "matter", "applicant", "township", "area", "begins_on", "ends_on",
    "filed_at", "stage_due_at", "ordinal",
)  # fmt: skip
TASK_TEXTS = (
    "content", "reason", "basis", "powers", "money_amount", "money_per", "money_source", "stance", "opinion",
    "signed_at", "silent_at", "opinion_due_at", "document", "grounds", "end_reason",
)  # fmt: skip


def ref(unit: Unit | None) -> dict[str, Any] | None:
    """A unit by number and name."""
    return {"id": unit.pk, "name": str(unit)} if unit else None


class AdmissionRow(serializers.ModelSerializer[Admission]):
    """An admission in a list."""

    applicant = UnitRef()

    class Meta:
        model = Admission
        fields: tuple[str, ...] = ROW

    def to_representation(self, instance: Admission) -> dict[str, Any]:
        """With the applicant by number and name."""
        return {**super().to_representation(instance), "applicant": ref(instance.applicant)}


class OpinionOutput(serializers.ModelSerializer[Opinion]):
    """What one township said; `silent_at` where its limit ran out."""

    township = UnitRef()

    class Meta:
        model = Opinion
        fields = ("township", "stance", "text", "signed_at", "reminded_at", "silent_at")

    def to_representation(self, instance: Opinion) -> dict[str, Any]:
        """With the township by number and name."""
        return {**super().to_representation(instance), "township": ref(instance.township)}


class ConsultationOutput(serializers.ModelSerializer[Consultation]):
    """Who sat together, what came of it, and what was changed from what to what."""

    present = serializers.ListField(child=serializers.IntegerField())
    changes = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))

    class Meta:
        model = Consultation
        fields = ("number", "held_on", "present", "people", "minutes", "outcome", "changes")


class AdmissionOutput(AdmissionRow):
    """An admission with the duty, the opinions and what you may do."""

    lead_unit = UnitRef(allow_null=True)
    townships = serializers.ListField(child=serializers.IntegerField())
    opinions = OpinionOutput(many=True)
    consultations = ConsultationOutput(many=True)
    moves = MoveOutput(many=True)

    class Meta(AdmissionRow.Meta):
        fields = (*ROW, *DUTY, "opinions", "consultations", "moves")

    def to_representation(self, instance: Admission) -> dict[str, Any]:
        """The moves are those of the asking actor."""
        actor: Actor = self.context["actor"]
        instance_moves = moves_shown(moves_of(case=instance, actor=actor), actions=ACTIONS)
        row = AdmissionRow(instance).data
        plain = _Duty(instance).data
        opinions = instance.opinions.select_related("township").order_by("township__area_id")
        return {
            **row,
            **plain,
            "lead_unit": ref(instance.lead_unit),
            "opinions": OpinionOutput(opinions, many=True).data,
            "consultations": ConsultationOutput(instance.consultations.order_by("number"), many=True).data,
            "moves": instance_moves,
        }


class _Duty(serializers.ModelSerializer[Admission]):
    class Meta:
        model = Admission
        fields = DUTY


class TaskRow(serializers.ModelSerializer[AdHocTask]):
    """A one-off task in a list."""

    applicant = UnitRef()
    township = UnitRef()

    class Meta:
        model = AdHocTask
        fields: tuple[str, ...] = TASK_ROW

    def to_representation(self, instance: AdHocTask) -> dict[str, Any]:
        """With its units by number and name."""
        units = {"applicant": ref(instance.applicant), "township": ref(instance.township)}
        return {**super().to_representation(instance), **units}


class _TaskTexts(serializers.ModelSerializer[AdHocTask]):
    class Meta:
        model = AdHocTask
        fields = TASK_TEXTS


class TaskOutput(TaskRow):
    """A one-off task with what was said of it and what you may do."""

    moves = MoveOutput(many=True)

    class Meta(TaskRow.Meta):
        fields = (*TASK_ROW, *TASK_TEXTS, "moves")

    def to_representation(self, instance: AdHocTask) -> dict[str, Any]:
        """The moves are those of the asking actor."""
        moves = moves_shown(task_moves_of(case=instance, actor=self.context["actor"]), actions=ACTIONS)
        return {**TaskRow(instance).data, **_TaskTexts(instance).data, "moves": moves}
