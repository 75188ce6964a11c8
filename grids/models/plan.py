"""A split or a merger that holds from a day to come: kept as it was said, done or refused on that day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grids.choices import ChangeKind, PlanState
from grids.models.cell import Cell
from grids.models.change import CellChange
from grids.querysets import PlanQuerySet

USER = settings.AUTH_USER_MODEL


class CellPlan(models.Model):
    """`said` is what the deed will be told on the day `on`, but for the versions of the grids: see PlannedCell."""

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=12, choices=PlanState, default=PlanState.PLANNED)
    kind = models.CharField(_("kind"), max_length=8, choices=ChangeKind)
    on = models.DateField(_("from"))
    said = models.JSONField()
    reason = models.CharField(_("reason"), max_length=400)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True)
    change = models.OneToOneField(CellChange, models.PROTECT, null=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="cellplan_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="cellplan_says_why"),
            models.CheckConstraint(
                condition=Q(state=PlanState.PLANNED, ended_at__isnull=True, fault="", change__isnull=True)
                | Q(state=PlanState.WITHDRAWN, ended_at__isnull=False, fault="", change__isnull=True)
                | Q(state=PlanState.DONE, ended_at__isnull=False, fault="", change__isnull=False)
                | (Q(state=PlanState.REFUSED, ended_at__isnull=False, change__isnull=True) & ~Q(fault="")),
                name="cellplan_ends_once",
            ),
        ]
        indexes = [models.Index(fields=["on", "id"], name="cellplan_by_day")]
        verbose_name = _("planned change of grids")
        verbose_name_plural = _("planned changes of grids")

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class PlannedCell(models.Model):
    """A grid that will end, in the version that was seen. `standing` while the plan is: one plan at a time for each."""

    plan = models.ForeignKey(CellPlan, models.PROTECT, related_name="cells")
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="planned")
    version = models.PositiveIntegerField()
    standing = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cell"], condition=Q(standing=True), name="plannedcell_one_plan_at_a_time"),
            models.UniqueConstraint(fields=["plan", "cell"], name="plannedcell_once"),
        ]
        verbose_name = _("grid of a planned change")
        verbose_name_plural = _("grids of planned changes")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.cell_id}"
