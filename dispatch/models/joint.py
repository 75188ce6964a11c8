"""Beside the lead of an order: what every cooperating unit is asked for, and what it replied."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dispatch.joint.choices import OPEN_TASKS, WAITED_FOR, ReleaseWhy, TaskKind, TaskState
from dispatch.models.bases import FromListRow
from dispatch.models.order import WorkOrder
from dispatch.querysets import JointTaskQuerySet
from kernel.choices import LimitUnit
from kernel.worktime import Limit
from organizations.models import Unit
from petitions.models import Petition

USER = settings.AUTH_USER_MODEL
ASKED, REFERRED = Q(kind=TaskKind.ASKED), Q(kind=TaskKind.REFERRED)
SPOKEN = Q(replied_at__isnull=False, on_time__isnull=False) & ~Q(reply="")


class JointTask(FromListRow):
    """The part of one unit in an order that another one leads (首接负责制): no unit works on an order without one.

    Asked for, it has a clock of its own that never moves that of the lead; referred to, it reads, reports and owes
    nothing. `on_time` is of the first reply: one that is sent back has a clock anew, and what was late was late.
    """

    id = models.UUIDField(primary_key=True)
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="tasks")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", db_index=False, verbose_name=_("petition"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("cooperating unit"))
    kind = models.CharField(_("kind"), max_length=8, choices=TaskKind)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=8, choices=TaskState, default=TaskState.GIVEN)
    asked = models.TextField(pgettext_lazy("joint task", "what is asked"), max_length=1000, blank=True)
    urgency = models.CharField(max_length=10)
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    # What `due_at` is computed from; a referred unit has no clock.
    counted_from = models.DateTimeField(_("counted from"), null=True, blank=True)
    limit_value = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit, blank=True)
    due_at = models.DateTimeField(_("reply until"), null=True, blank=True)
    calendar_version = models.PositiveIntegerField(default=0)
    provisional = models.BooleanField(default=False)
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)

    officer = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("who does it")
    )
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    received_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    reply = models.TextField(_("reply"), max_length=4000, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    replied_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    on_time = models.BooleanField(_("on time"), null=True, blank=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    judged_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    lacking = models.CharField(_("what is lacking"), max_length=500, blank=True)
    sent_back = models.PositiveSmallIntegerField(_("sent back"), default=0)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    released_why = models.CharField(_("why it was released"), max_length=12, choices=ReleaseWhy, blank=True)
    release_note = models.CharField(_("grounds"), max_length=500, blank=True)

    objects = JointTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of a cooperating unit")
        verbose_name_plural = _("tasks of cooperating units")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "unit"], condition=~Q(state=TaskState.RELEASED), name="dispatch_task_once_a_unit"
            ),
            models.CheckConstraint(
                condition=(
                    ASKED & Q(due_at__isnull=False, counted_from__isnull=False, limit_value__gt=0) & ~Q(asked="")
                )
                | (
                    REFERRED
                    & Q(due_at__isnull=True, replied_at__isnull=True, state__in=[TaskState.GIVEN, TaskState.RELEASED])
                ),
                name="dispatch_task_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[TaskState.GIVEN, TaskState.RELEASED])
                | Q(received_at__isnull=False, officer__isnull=False),
                name="dispatch_task_by_name",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TaskState.REPLIED, TaskState.ACCEPTED]) | SPOKEN,
                name="dispatch_task_replied_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.ACCEPTED) | Q(judged_at__isnull=False), name="dispatch_task_judged_when"
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.RELEASED, released_at__isnull=False) & ~Q(released_why="")
                | ~Q(state=TaskState.RELEASED) & Q(released_at__isnull=True, released_why=""),
                name="dispatch_task_released_when",
            ),
            models.CheckConstraint(
                condition=~Q(released_why__in=[ReleaseWhy.NOT_NEEDED, ReleaseWhy.WITHOUT]) | ~Q(release_note=""),
                name="dispatch_task_released_why",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_at", "id"], name="dispatch_task_due", condition=Q(state__in=WAITED_FOR)),
            models.Index(
                fields=["id"], name="dispatch_task_open", condition=Q(state__in=OPEN_TASKS, kind=TaskKind.ASKED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.unit_id}"

    @property
    def limit(self) -> Limit | None:
        """How long the unit has for its reply; None where none is asked for."""
        return Limit(self.limit_value, self.limit_unit) if self.limit_value is not None else None


class TaskRung(models.Model):
    """Who was told that a task, or the judging of its reply, is late: each rung once."""

    task = models.ForeignKey(JointTask, models.CASCADE, related_name="rungs")
    clock = models.CharField(max_length=20)
    generation = models.PositiveSmallIntegerField(default=0)
    rung = models.PositiveSmallIntegerField(_("rung"))
    told_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("told"))
    what = models.CharField(max_length=20)
    told_at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "clock", "generation", "rung"], name="dispatch_task_rung_once"),
        ]
        indexes = [models.Index(fields=["told_unit", "told_at"], name="dispatch_task_told")]

    def __str__(self) -> str:
        return f"{self.clock} {self.rung}"
