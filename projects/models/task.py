"""An instruction of the centre on a project: a task for a unit, with a day, replied to and checked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Unit
from projects.choices import OPEN_TASKS, TaskState
from projects.models.month import Month
from projects.models.project import Project
from projects.querysets import InstructionQuerySet

USER = settings.AUTH_USER_MODEL


class Instruction(models.Model):
    """One instruction. Its unit need not be the owner: what a project asks for is asked of others."""

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="instructions")
    month = models.ForeignKey(Month, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.GIVEN)
    what = models.CharField(_("what is to be done"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    due_on = models.DateField(_("due"))
    stage_due_at = models.DateTimeField()
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)

    reply = models.CharField(_("reply"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    replied_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    late = models.BooleanField(_("late"), default=False)
    sent_back = models.PositiveSmallIntegerField(_("sent back"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InstructionQuerySet.as_manager()

    class Meta:
        verbose_name = _("instruction")
        verbose_name_plural = _("instructions")
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="projects_task_number"),
            models.CheckConstraint(condition=~Q(what=""), name="projects_task_says"),
            models.CheckConstraint(
                condition=~Q(state__in=[TaskState.REPLIED, TaskState.SETTLED])
                | Q(replied_at__isnull=False) & ~Q(reply=""),
                name="projects_task_replied_first",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.SETTLED) | ~Q(ended_by=F("replied_by")),
                name="projects_task_settled_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.DROPPED) | ~Q(note=""), name="projects_task_dropped_why"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "stage_due_at"], name="projects_task_due", condition=Q(state__in=OPEN_TASKS)),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.number}"
