"""Milestones, and every change of their days: what was promised first is never lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import MilestoneState
from projects.models.project import Project
from projects.querysets import MilestoneQuerySet

USER = settings.AUTH_USER_MODEL


class Milestone(models.Model):
    """One milestone. `first_due` never changes; `due_on` only with a granted change (triggers)."""

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField(_("number"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=MilestoneState, default=MilestoneState.PLANNED)
    name = models.CharField(_("name"), max_length=120)
    weight = models.PositiveSmallIntegerField(_("weight"))
    first_due = models.DateField(_("originally due"))
    due_on = models.DateField(_("due"))
    moved = models.PositiveSmallIntegerField(_("moved"), default=0)
    stage_due_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)

    done_on = models.DateField(_("reached on"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=1000, blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)
    reported_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    late = models.BooleanField(_("late"), default=False)
    sent_back = models.PositiveSmallIntegerField(_("sent back"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    checked_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="projects_milestone_number"),
            models.CheckConstraint(condition=~Q(name="") & Q(weight__gte=1), name="projects_milestone_says"),
            models.CheckConstraint(
                condition=Q(moved=0, due_on=F("first_due")) | Q(moved__gt=0), name="projects_milestone_moved_counts"
            ),
            models.CheckConstraint(
                condition=Q(state=MilestoneState.PLANNED)
                | Q(reported_at__isnull=False, done_on__isnull=False) & ~Q(evidence=""),
                name="projects_milestone_reported_first",
            ),
            models.CheckConstraint(
                condition=~Q(state=MilestoneState.CONFIRMED)
                | Q(checked_at__isnull=False) & ~Q(checked_by=F("reported_by")),
                name="projects_milestone_checked_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "due_on"], name="projects_milestone_open", condition=Q(state="planned")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class DateChange(models.Model):
    """Another day for a milestone: asked for with a reason, granted or refused by somebody else, kept for good."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="changes")
    from_day = models.DateField(_("from"))
    to_day = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=300)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField(_("granted"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(granted__isnull=True), name="projects_change_asked_once"
            ),
            models.CheckConstraint(condition=~Q(to_day=F("from_day")) & ~Q(reason=""), name="projects_change_says_why"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_at__isnull=True)
                | Q(granted__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by")),
                name="projects_change_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_day} → {self.to_day}"
