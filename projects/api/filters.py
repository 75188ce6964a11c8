"""What the lists of key work can be asked for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter, UUIDFilter

from kernel.api.filters import CodeFilter, FlagFilter, NumberFilter, OpenFilters, StrictFilterSet
from projects.choices import Kind, Light, MonthState, Span, State, TaskState
from projects.models import Bulletin, Instruction, Month, MonthReport, Project


class ProjectFilters(OpenFilters):
    """All of them narrow; none of them widens what the person may see."""

    state = MultipleChoiceFilter(choices=State.choices, help_text=_("May be given several times."))
    light = MultipleChoiceFilter(choices=Light.choices, help_text=_("May be given several times."))
    kind = ChoiceFilter(choices=Kind.choices)
    plan = UUIDFilter(field_name="plan_id")
    batch = NumberFilter(field_name="batch_id")
    group = NumberFilter(field_name="group_id")
    owner = NumberFilter(field_name="owner_id")
    leader = NumberFilter(field_name="leader_id")
    place = CodeFilter(lookup_expr="startswith", help_text=_("Beginning of the code of the place."))

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()


class InstructionFilters(OpenFilters):
    """By project, unit or state."""

    state = MultipleChoiceFilter(choices=TaskState.choices, help_text=_("May be given several times."))
    project = UUIDFilter(field_name="project_id")
    unit = NumberFilter(field_name="unit_id")

    class Meta:
        model = Instruction
        fields: tuple[str, ...] = ()


class MonthFilters(StrictFilterSet):
    """By plan or state."""

    plan = UUIDFilter(field_name="plan_id")
    state = ChoiceFilter(choices=MonthState.choices)

    class Meta:
        model = Month
        fields: tuple[str, ...] = ()


class ReportFilters(StrictFilterSet):
    """By month or project; `?owed=true` leaves out what is filed."""

    month = UUIDFilter(field_name="month_id")
    project = UUIDFilter(field_name="project_id")
    owed = FlagFilter(method="are_owed")

    class Meta:
        model = MonthReport
        fields: tuple[str, ...] = ()

    def are_owed(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        owed: QuerySet[Any] = rows.open()
        return owed if wanted else rows


class BulletinFilters(StrictFilterSet):
    """By plan or kind."""

    plan = UUIDFilter(field_name="plan_id")
    span = ChoiceFilter(choices=Span.choices)

    class Meta:
        model = Bulletin
        fields: tuple[str, ...] = ()
