"""What the endpoints of key work tell."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, PersonRef, UnitRef, moves_shown
from projects.choices import Light
from projects.lights import light_of
from projects.models import (
    ActionPlan,
    Batch,
    Bulletin,
    BulletinRow,
    DateChange,
    Instruction,
    Milestone,
    Month,
    MonthReport,
    Project,
    TaskGroup,
)
from projects.queries.moves import milestone_moves, project_moves, task_moves
from projects.queries.reading import instructions_of, milestones_of, percent_of

# The move of the table → the last part of the address that makes it.
ACTIONS = {
    "add_milestone": "milestones", "begin": "begin", "replace": "replace", "ask_done": "ask-done", "accept": "accept",
    "send_back": "send-back", "suspend": "suspend", "resume": "resume", "end": "end", "instruct": "instructions",
}  # fmt: skip
MILESTONE_ACTIONS = {
    "report": "report", "confirm": "confirm", "send_back": "send-back", "ask_move": "ask-move", "grant": "grant",
    "refuse": "refuse",
}  # fmt: skip
TASK_ACTIONS = {"reply": "reply", "settle": "settle", "send_back": "send-back", "drop": "drop"}


class NamedRef(serializers.Serializer[Any]):
    """A batch or a task group by its number in the plan and its name."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    name = serializers.CharField()


class BatchOutput(serializers.ModelSerializer[Batch]):
    """A batch of a plan."""

    class Meta:
        model = Batch
        fields = ("id", "number", "name", "starts_on", "ends_on")


class TaskGroupOutput(serializers.ModelSerializer[TaskGroup]):
    """A task group of a plan."""

    lead = UnitRef()
    head = PersonRef()
    members = UnitRef(many=True)

    class Meta:
        model = TaskGroup
        fields = ("id", "number", "name", "lead", "head", "members")


class PlanRow(serializers.ModelSerializer[ActionPlan]):
    """An action plan in a list."""

    class Meta:
        model = ActionPlan
        fields: tuple[str, ...] = ("id", "version", "name", "place", "starts_on", "ends_on")


class ActionPlanOutput(PlanRow):
    """An action plan with its batches and task groups."""

    batches = BatchOutput(many=True)
    groups = TaskGroupOutput(many=True)

    class Meta(PlanRow.Meta):
        fields = (*PlanRow.Meta.fields, "batches", "groups")


class ProjectRow(serializers.ModelSerializer[Project]):
    """A project in a list, with its light of today and how far it has come."""

    plan = serializers.UUIDField(source="plan_id")
    batch = NamedRef()
    group = NamedRef()
    owner = UnitRef()
    person = PersonRef()
    leader = PersonRef()
    light = serializers.ChoiceField(Light.choices)
    next_end = serializers.DateField()
    percent = serializers.SerializerMethodField(help_text="Weights of the milestones reached, of a hundred.")

    class Meta:
        model = Project
        fields: tuple[str, ...] = (
            "id", "version", "code", "name", "kind", "state", "plan", "batch", "group", "place", "owner", "person",
            "leader", "starts_on", "ends_on", "light", "next_end", "percent",
        )  # fmt: skip

    def get_percent(self, project: Project) -> int:
        """Of a hundred."""
        return percent_of(project)


class DateChangeOutput(serializers.ModelSerializer[DateChange]):
    """A change of the day of a milestone; `granted` is null until it is decided."""

    class Meta:
        model = DateChange
        fields = ("from_day", "to_day", "reason", "asked_at", "granted", "note", "decided_at")


class MilestoneOutput(serializers.ModelSerializer[Milestone]):
    """A milestone with every change of its day, and what you may do."""

    project = serializers.UUIDField(source="project_id")
    changes = DateChangeOutput(many=True)
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Milestone
        fields = (
            "id", "project", "number", "version", "state", "name", "weight", "first_due", "due_on", "moved", "done_on",
            "evidence", "reported_at", "late", "sent_back", "note", "checked_at", "changes", "moves",
        )  # fmt: skip

    @extend_schema_field(MoveOutput(many=True))
    def get_moves(self, milestone: Milestone) -> Any:
        """For whoever asks."""
        return moves_shown(milestone_moves(milestone=milestone, actor=self.context["actor"]), actions=MILESTONE_ACTIONS)


class InstructionRow(serializers.ModelSerializer[Instruction]):
    """An instruction in a list."""

    project = serializers.UUIDField(source="project_id")
    unit = UnitRef()

    class Meta:
        model = Instruction
        fields: tuple[str, ...] = (
            "id", "project", "number", "version", "state", "what", "unit", "due_on", "given_at", "reply", "replied_at",
            "late", "sent_back", "note", "ended_at",
        )  # fmt: skip


class InstructionOutput(InstructionRow):
    """An instruction, with what you may do."""

    moves = serializers.SerializerMethodField()

    class Meta(InstructionRow.Meta):
        fields = (*InstructionRow.Meta.fields, "moves")

    @extend_schema_field(MoveOutput(many=True))
    def get_moves(self, task: Instruction) -> Any:
        """For whoever asks."""
        return moves_shown(task_moves(task=task, actor=self.context["actor"]), actions=TASK_ACTIONS)


class ProjectOutput(ProjectRow):
    """A project with milestones, instructions, the reason of its light, and what you may do."""

    helpers = UnitRef(many=True)
    why = serializers.SerializerMethodField(help_text="The reason of the light.")
    milestones = serializers.SerializerMethodField()
    instructions = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()

    class Meta(ProjectRow.Meta):
        fields = (
            *ProjectRow.Meta.fields, "done_means", "helpers", "why", "begun_at", "asked_at", "asked_note", "sent_back",
            "note", "ended_at", "milestones", "instructions", "moves",
        )  # fmt: skip

    def get_why(self, project: Any) -> str:
        """In words."""
        return light_of(state=project.state, end=project.next_end, day=self.context["day"]).why

    @extend_schema_field(MilestoneOutput(many=True))
    def get_milestones(self, project: Project) -> Any:
        """In the order of their days."""
        return MilestoneOutput(milestones_of(project=project), many=True, context=self.context).data

    @extend_schema_field(InstructionOutput(many=True))
    def get_instructions(self, project: Project) -> Any:
        """The newest first."""
        return InstructionOutput(instructions_of(project=project), many=True, context=self.context).data

    @extend_schema_field(MoveOutput(many=True))
    def get_moves(self, project: Project) -> Any:
        """For whoever asks."""
        return moves_shown(project_moves(project=project, actor=self.context["actor"]), actions=ACTIONS)


class MonthOutput(serializers.ModelSerializer[Month]):
    """The monthly dispatch of a plan."""

    plan = serializers.UUIDField(source="plan_id")

    class Meta:
        model = Month
        fields = ("id", "version", "plan", "month", "state", "opened_at", "due_at", "closed_at", "remarks", "held_at")


class MonthReportOutput(serializers.ModelSerializer[MonthReport]):
    """What a project owes for a month, or has filed."""

    project = serializers.UUIDField(source="project_id")
    month = serializers.UUIDField(source="month_id")
    wanted_unit = UnitRef(allow_null=True)

    class Meta:
        model = MonthReport
        fields = (
            "id", "project", "month", "done", "percent", "obstacles", "wanted", "wanted_unit", "filed_at", "missed_at",
            "remark",
        )  # fmt: skip


class BulletinOutput(serializers.ModelSerializer[Bulletin]):
    """A bulletin of a quarter or half of a year."""

    plan = serializers.UUIDField(source="plan_id")

    class Meta:
        model = Bulletin
        fields = (
            "id", "version", "plan", "span", "starts_on", "ends_on", "drawn_at", "remarks", "digest", "published_at",
        )  # fmt: skip


class BulletinRowOutput(serializers.ModelSerializer[BulletinRow]):
    """One project as it stood."""

    project = serializers.UUIDField(source="project_id")

    class Meta:
        model = BulletinRow
        fields = (
            "project", "code", "name", "group", "batch", "owner", "owner_name", "person_name", "state", "light",
            "before", "percent", "milestones", "reached", "moved", "missing",
        )  # fmt: skip


class BulletinDetail(serializers.Serializer[Any]):
    """A bulletin with every project that its figures count."""

    bulletin = BulletinOutput()
    rows = BulletinRowOutput(many=True)


def context_of(*, actor: Actor, day: date) -> dict[str, Any]:
    """What the outputs need to know of who asks, and when."""
    return {"actor": actor, "day": day}
