"""What the endpoints of development petitions tell. Nothing of the petition is in it but its id, for who sees it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from developments.models import Development, Enterprise, Paper, PlanTemplate, Step, TemplatePaper, TemplateStep
from developments.policies import VIEW
from developments.queries import moves_of, paper_moves, papers_of, sees_petition, step_moves, steps_shown
from developments.wording import end_words, history_of
from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, UnitRef, moves_shown

# The move of the table → the last part of the address that makes it.
ACTIONS = {"accept": "accept", "decline": "decline", "end": "end", "withdraw": "withdraw", "rate": "rate"}
STEP_ACTIONS = {name: name for name in ("sign", "finish", "ask", "refuse", "again", "waive")}
PAPER_ACTIONS = {"hand_in": "hand-in", "accept": "accept", "send_back": "send-back", "prolong": "prolong"}
ROW = (
    "id", "number", "version", "state", "title", "place", "green", "tolerant", "steps_total", "steps_done", "filed_at",
    "accepted_at", "due_at", "stage_due_at", "finished_at", "finished_in_time", "speed", "quality", "ended_at",
)  # fmt: skip
STEP = (
    "id", "version", "state", "code", "name", "after", "limit_value", "limit_unit", "planned_from", "planned_until",
    "begun_at", "due_at", "stage_due_at", "signed_at", "document_no", "result", "finished_at", "in_time", "bound",
    "refusal_basis", "refusal_note",
)  # fmt: skip
PAPER = (
    "id", "version", "state", "name", "days", "asked", "stage_due_at", "handed_at", "in_time", "note", "prolonged",
    "prolong_note",
)  # fmt: skip


class CompanyRef(serializers.Serializer[Any]):
    """A company by its number in the register, name and credit code."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    credit_code = serializers.CharField()


class PlanRef(serializers.Serializer[Any]):
    """A version of a plan template."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()


class DevelopmentRow(serializers.ModelSerializer[Development]):
    """A case in a list."""

    company = CompanyRef()
    center = UnitRef()
    template = PlanRef()

    class Meta:
        model = Development
        fields: tuple[str, ...] = (*ROW, "company", "center", "template")


class PlanStepOutput(serializers.ModelSerializer[Step]):
    """A step with its own clock. `ruling` is empty for the company."""

    unit = UnitRef()
    ruling = serializers.CharField(allow_blank=True)
    moves = MoveOutput(many=True)

    class Meta:
        model = Step
        fields = (*STEP, "unit", "ruling", "moves")


class PlanPaperOutput(serializers.ModelSerializer[Paper]):
    """A paper. `step` is the code of the step that needs it."""

    step = serializers.CharField()
    moves = MoveOutput(many=True)

    class Meta:
        model = Paper
        fields = (*PAPER, "step", "moves")


class DevelopmentEventOutput(serializers.Serializer[Any]):
    """One entry of the course of a plan."""

    name = serializers.CharField()
    at = serializers.DateTimeField()
    title = serializers.CharField()
    who = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)


class DevelopmentOutput(DevelopmentRow):
    """The whole case, with what this person may do. `petition` is null for those who do not see it."""

    petition = serializers.UUIDField(allow_null=True)
    why = serializers.CharField(help_text="Why it ended without being done; empty otherwise.")
    steps = PlanStepOutput(many=True)
    papers = PlanPaperOutput(many=True)
    course = DevelopmentEventOutput(many=True)
    moves = MoveOutput(many=True)

    class Meta(DevelopmentRow.Meta):
        fields = (
            *DevelopmentRow.Meta.fields, "asked", "promise", "promised_at", "basis", "why", "rating_note", "petition",
            "steps", "papers", "course", "moves",
        )  # fmt: skip


class EnterpriseOutput(serializers.ModelSerializer[Enterprise]):
    """A company of the register."""

    unit = UnitRef()

    class Meta:
        model = Enterprise
        fields = ("id", "version", "credit_code", "key_project", "green", "registered_at", "unit")


class TemplatePaperOutput(serializers.ModelSerializer[TemplatePaper]):
    """A paper; `days` of tolerance."""

    class Meta:
        model = TemplatePaper
        fields = ("id", "name", "days")


class TemplateStepOutput(serializers.ModelSerializer[TemplateStep]):
    """A step with its limits and papers."""

    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    papers = TemplatePaperOutput(many=True)

    class Meta:
        model = TemplateStep
        fields = (
            "code", "name", "rule", "unit", "limit_value", "limit_unit", "green_value", "green_unit", "after", "papers",
        )  # fmt: skip


class PlanTemplateRow(serializers.ModelSerializer[PlanTemplate]):
    """A version of a template in a list."""

    version = serializers.IntegerField(source="number")
    category = serializers.CharField(source="category_id")

    class Meta:
        model = PlanTemplate
        fields: tuple[str, ...] = ("id", "code", "version", "name", "basis", "category", "valid_from", "valid_until")


class PlanTemplateOutput(PlanTemplateRow):
    """The whole version."""

    steps = TemplateStepOutput(many=True)

    class Meta(PlanTemplateRow.Meta):
        fields = (*PlanTemplateRow.Meta.fields, "reason", "signed_at", "steps")


def unit_ref(unit: Any) -> dict[str, Any]:
    """A unit by number and name."""
    return {"id": unit.pk, "name": str(unit)}


def row_of(case: Development) -> dict[str, Any]:
    """A case as a list shows it."""
    company, template = case.enterprise, case.template
    return {
        **{name: getattr(case, name) for name in ROW},
        "company": {"id": company.pk, "name": str(company), "credit_code": company.credit_code},
        "center": unit_ref(case.center),
        "template": {"code": template.code, "version": template.number, "name": template.name},
    }


def detail_of(case: Development, *, actor: Actor) -> dict[str, Any]:
    """A case with its steps, papers and course; the company's own contacts read nothing of the inside."""
    office = actor.holds(VIEW) or actor.is_system
    shown = [
        {name: str(one[name]) if name == "title" else one[name] for name in ("name", "at", "title", "who", "detail")}
        for one in history_of(development=case, for_company=not office)
    ]
    return {
        **row_of(case),
        **{name: getattr(case, name) for name in ("asked", "promise", "promised_at", "basis", "rating_note")},
        "why": end_words(case.end_note),
        "petition": case.petition_id if sees_petition(development=case, actor=actor) else None,
        "steps": [step_of(one, case, actor=actor) for one in steps_shown(development=case)],
        "papers": [paper_of(one, case, actor=actor) for one in papers_of(development=case)],
        "course": shown,
        "moves": moves_shown(moves_of(development=case, actor=actor), actions=ACTIONS),
    }


def step_of(step: Step, case: Development, *, actor: Actor) -> dict[str, Any]:
    """A step as it stands."""
    return {
        **{name: getattr(step, name) for name in STEP},
        "unit": unit_ref(step.unit),
        "ruling": step.ruling if actor.holds(VIEW) else "",
        "moves": moves_shown(step_moves(step=step, development=case, actor=actor), actions=STEP_ACTIONS),
    }


def paper_of(paper: Paper, case: Development, *, actor: Actor) -> dict[str, Any]:
    """A paper as it stands."""
    return {
        **{name: getattr(paper, name) for name in PAPER},
        "step": paper.step_code,
        "moves": moves_shown(paper_moves(paper=paper, development=case, actor=actor), actions=PAPER_ACTIONS),
    }
