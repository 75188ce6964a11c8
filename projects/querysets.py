"""Who sees what of key work: the centre its area, each unit what it owns, helps with or leads, a leader what is his."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from projects.choices import OPEN_STATES, OPEN_TASKS, REPORTING, MilestoneState
from projects.lights import light_column, with_next_end

if TYPE_CHECKING:
    from projects.models.milestone import Milestone
    from projects.models.month import Month
    from projects.models.plan import ActionPlan
    from projects.models.project import Project
    from projects.models.task import Instruction

VIEW, PUBLISH = "project.view", "project.publish"


def over(actor: Actor, *, capability: str = VIEW, column: str) -> Q:
    """What lies in the area that a seat with the capability oversees."""
    found = Q(pk__in=[])
    for seat in actor.seats:
        if capability in seat.capabilities and seat.territory:
            found |= Q(**{f"{column}__startswith": seat.territory})
    return found


class ProjectQuerySet(LockingQuerySet["Project"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those in one's area or charge, and those one's unit owns, helps with, leads or is instructed in."""
        if actor.is_system:
            return self
        units = [seat.unit_id for seat in actor.seats if VIEW in seat.capabilities and seat.unit_id]
        found = over(actor, column="place")
        if units:
            helped = self.model.helpers.through.objects.filter(unit__in=units).values("project")
            told = _beside(self.model, "instructions").filter(unit__in=units).values("project")
            found |= Q(owner__in=units) | Q(group__lead__in=units) | Q(pk__in=helped) | Q(pk__in=told)
        if actor.holds(VIEW) and actor.user_id:
            found |= Q(leader=actor.user_id) | Q(group__head=actor.user_id)
        return self.filter(found)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def reporting(self) -> Self:
        """Those of which a report is owed each month."""
        return self.filter(state__in=REPORTING)

    def lit(self, *, day: date) -> Self:
        """With `next_end` and `light` of a day: the table of lights as PostgreSQL reads it."""
        found: Any = with_next_end(self, milestones=_beside(self.model, "milestones"))
        return found.annotate(light=light_column(day=day))

    def progressed(self) -> Self:
        """With weights: `whole` of all milestones, `reached` of those confirmed, and how many there are of each."""
        rows = _beside(self.model, "milestones").filter(project=OuterRef("pk")).order_by()
        confirmed = rows.filter(state=MilestoneState.CONFIRMED)
        return self.annotate(
            whole=_figure(rows, Sum("weight")),
            reached=_figure(confirmed, Sum("weight")),
            milestones_all=_figure(rows, Count("pk")),
            milestones_reached=_figure(confirmed, Count("pk")),
        )


class MilestoneQuerySet(LockingQuerySet["Milestone"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the projects that one sees."""
        return self if actor.is_system else self.filter(project__in=_projects(self, actor))

    def open(self) -> Self:
        return self.exclude(state=MilestoneState.CONFIRMED)


class InstructionQuerySet(LockingQuerySet["Instruction"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the projects that one sees."""
        return self if actor.is_system else self.filter(project__in=_projects(self, actor))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_TASKS)


class PlanQuerySet(LockingQuerySet["ActionPlan"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of one's area, and those with a project that one sees."""
        if actor.is_system:
            return self
        mine = _beside(self.model, "projects").visible_to(actor).values("plan")
        return self.filter(over(actor, column="place") | Q(pk__in=mine))


class MonthQuerySet(LockingQuerySet["Month"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the plans that one sees; of their reports one sees those of one's projects."""
        return self if actor.is_system else self.filter(plan__in=_plans(self, actor))


class ReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the projects that one sees."""
        return self if actor.is_system else self.filter(project__in=_projects(self, actor))

    def open(self) -> Self:
        """Those that are owed still, in time or not."""
        return self.filter(filed_at=None)


class BulletinQuerySet(LockingQuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Published ones of the plans that one sees: a bulletin is for everybody in it; drafts for who publishes."""
        if actor.is_system:
            return self
        published = Q(published_at__isnull=False, plan__in=_plans(self, actor))
        return self.filter(published | over(actor, capability=PUBLISH, column="plan__place"))


def _beside(model: Any, name: str) -> Any:
    """The rows that belong to others, by the name under which these have them."""
    return model._meta.get_field(name).related_model._default_manager.all()


def _projects(rows: Any, actor: Actor) -> Any:
    model = rows.model._meta.get_field("project").related_model
    return model.objects.visible_to(actor).order_by().values("pk")


def _plans(rows: Any, actor: Actor) -> Any:
    model = rows.model._meta.get_field("plan").related_model
    return model.objects.visible_to(actor).order_by().values("pk")


def _figure(rows: Any, what: Any) -> Coalesce:
    counted = rows.values("project").annotate(found=what).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
