"""The action plan, its batches and its task groups 专班."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.models import Unit
from projects.querysets import PlanQuerySet

USER = settings.AUTH_USER_MODEL


class ActionPlan(models.Model):
    """A plan of a period for an area. `place` is the code prefix of the area."""

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(_("name"), max_length=80)
    place = models.CharField(max_length=15, db_collation="C")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    opened_at = models.DateTimeField(_("opened"))
    changed_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="projects_plan_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(place=""), name="projects_plan_named"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="projects_plan_period"),
        ]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """The projects that were begun together."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="batches")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="projects_batch_number"),
            models.CheckConstraint(condition=~Q(name=""), name="projects_batch_named"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="projects_batch_period"),
        ]

    def __str__(self) -> str:
        return self.name


class TaskGroup(models.Model):
    """A task group 专班: a unit that leads it, a person at its head, units that belong to it."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=60)
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("lead"))
    head = models.ForeignKey(
        USER, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("task group", "head of the group")
    )
    members = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("cooperating"))

    class Meta:
        verbose_name = _("task group")
        verbose_name_plural = _("task groups")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="projects_group_number"),
            models.CheckConstraint(condition=~Q(name=""), name="projects_group_named"),
        ]

    def __str__(self) -> str:
        return self.name
