"""A project with what belongs to it, and the figures of the board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.days import midnight
from kernel.errors import Missing
from projects.choices import Light, State
from projects.lights import ORDER
from projects.models import ActionPlan, Instruction, Milestone, Month, MonthReport, Project

WHOLE = 100


def today(*, at: datetime) -> date:
    """The day of an instant on the calendar of the office."""
    return timezone.localtime(at).date()


def end_of_day(day: date) -> datetime:
    """The last instant of a day as a time: midnight after it."""
    return midnight(day + timedelta(days=1))


def seen_project(*, project_id: Any, actor: Actor, day: date) -> Project:
    """The project as its page shows it, lit and with its progress. Raises Missing where the actor does not see it."""
    rows = Project.objects.visible_to(actor).select_related(
        "plan", "batch", "group", "group__lead", "owner", "person", "leader", "asked_by", "ended_by"
    )
    found: Project | None = rows.lit(day=day).progressed().filter(pk=project_id).first()
    if found is None:
        raise Missing(_("This does not exist, or not for you."))
    return found


def percent_of(project: Any) -> int:
    """How far a project of .progressed() has come: the weights of what is reached, of a hundred."""
    if project.state == State.DONE:
        return WHOLE
    return int(project.reached * WHOLE / project.whole) if project.whole else 0


def milestones_of(*, project: Project) -> list[Milestone]:
    """Its milestones in the order of their days, with their changes; each knows its project."""
    rows = project.milestones.select_related("reported_by", "checked_by").prefetch_related("changes__asked_by")
    return _of(project, rows.order_by("due_on", "number"))


def instructions_of(*, project: Project) -> list[Instruction]:
    """Its instructions, the newest first; each knows its project."""
    rows = project.instructions.select_related("unit", "given_by", "replied_by")
    return _of(project, rows.order_by("-number"))


def reports_of(*, project: Project) -> list[MonthReport]:
    """Its monthly reports, the newest first."""
    rows = project.reports.select_related("month", "filed_by", "wanted_unit")
    return _of(project, rows.order_by("-month__month"))


def _of(project: Project, rows: Iterable[Any]) -> list[Any]:
    found = list(rows)
    for one in found:
        one.project = project
    return found


def sheet_of(*, month: Month, actor: Actor) -> QuerySet[MonthReport]:
    """The sheet of a month: the reports of the projects that one sees; their ids are in the order of the codes."""
    rows: QuerySet[MonthReport] = MonthReport.objects.visible_to(actor).filter(month=month)
    joined = ("project", "project__owner", "project__person", "project__group", "filed_by", "wanted_unit")
    return rows.select_related(*joined)


@dataclass(slots=True)
class Cell:
    """How many projects in each light, in one place of the matrix."""

    lights: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.lights.values())

    @property
    def done(self) -> int:
        """Those that are done."""
        return self.lights.get(Light.DONE, 0)

    @property
    def shown(self) -> list[tuple[str, int]]:
        """The lights that there are, the most urgent first."""
        return [(one.value, self.lights[one]) for one in ORDER if self.lights.get(one)]

    def add(self, light: str, number: int) -> None:
        """Count some more."""
        self.lights[light] = self.lights.get(light, 0) + number


@dataclass(slots=True)
class Matrix:
    """Rows × batches, with the sums at both edges; rows and columns are ids."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    rows: dict[int, Cell] = field(default_factory=dict)
    columns: dict[int, Cell] = field(default_factory=dict)
    whole: Cell = field(default_factory=Cell)


def matrix_of(*, projects: Any, by: str) -> Matrix:
    """The board: lit projects counted by `by` ("group" or "owner") and batch. One statement."""
    counted = projects.order_by().values("light", row=F(by), column=F("batch")).annotate(number=Count("pk"))
    found = Matrix()
    for one in counted:
        places = (
            found.cells.setdefault((one["row"], one["column"]), Cell()),
            found.rows.setdefault(one["row"], Cell()),
            found.columns.setdefault(one["column"], Cell()),
            found.whole,
        )
        for place in places:
            place.add(one["light"], one["number"])
    return found


def plan_of(*, actor: Actor, plan_id: UUID | None) -> ActionPlan | None:
    """The plan asked for, or the latest that one sees; None where there is none."""
    plans = ActionPlan.objects.visible_to(actor).order_by("-starts_on", "-opened_at")
    if plan_id is not None:
        return plans.filter(pk=plan_id).first()
    return plans.first()
