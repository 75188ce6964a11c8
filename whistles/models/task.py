"""A task out of a meeting, or a finding of an inspection: who leads, who cooperates, until when, and how it went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from kernel.worktime import Limit
from organizations.models import Unit
from whistles.choices import OPEN_TASKS, TaskState
from whistles.models.whistle import Whistle
from whistles.querysets import WhistleTaskQuerySet

USER = settings.AUTH_USER_MODEL


class Task(models.Model):
    """One task with a clock of its own. Lateness is the lead's; `sent_back` counts how often it was not good enough.

    A finding says also what was found and where, and `what` is to be put right. The tasks of an inspection are findings
    and no others are (a trigger).
    """

    id = models.UUIDField(primary_key=True)
    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="tasks")
    number = models.PositiveSmallIntegerField(_("number"))
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.GIVEN)
    what = models.CharField(_("what is to be done"), max_length=300)
    found = models.CharField(_("what was found"), max_length=300, blank=True)
    where = models.CharField(_("where it was found"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("lead"))
    helpers = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("cooperating"))
    limit_value = models.PositiveSmallIntegerField(_("limit"))
    limit_unit = models.CharField(max_length=16, choices=LimitUnit)
    given_at = models.DateTimeField(_("given"))
    due_at = models.DateTimeField(_("due"))
    stage_from = models.DateTimeField()
    stage_due_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)

    report = models.TextField(_("what was done"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)
    reported_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    late = models.BooleanField(_("late"), default=False)
    sent_back = models.PositiveSmallIntegerField(_("sent back"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = WhistleTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [
            models.UniqueConstraint(fields=["whistle", "number"], name="whistles_task_number"),
            models.CheckConstraint(condition=~Q(what=""), name="whistles_task_says"),
            models.CheckConstraint(
                condition=Q(found="", where="") | ~Q(found="") & ~Q(where=""), name="whistles_task_found_somewhere"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TaskState.REPORTED, TaskState.CONFIRMED])
                | Q(reported_at__gte=F("given_at"), reported_by__isnull=False) & ~Q(report=""),
                name="whistles_task_reported_first",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.CONFIRMED) | ~Q(ended_by=F("reported_by")),
                name="whistles_task_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.DROPPED) | ~Q(note=""), name="whistles_task_dropped_why"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "stage_due_at"], name="whistles_task_due", condition=Q(state__in=OPEN_TASKS)),
        ]

    def __str__(self) -> str:
        return f"{self.whistle_id} {self.number}"

    @property
    def limit(self) -> Limit:
        """The limit as it was given."""
        return Limit(self.limit_value, self.limit_unit)
