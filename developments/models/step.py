"""One step of a plan: one unit, its own limit, its own clock. Its lateness is its own."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from developments.choices import BEGUN_STEPS, OPEN_STEPS, WITH_UNIT, StepState
from developments.models.development import Development
from developments.querysets import StepQuerySet
from kernel.choices import LimitUnit
from kernel.worktime import Limit
from organizations.models import Unit

USER = settings.AUTH_USER_MODEL


class Step(models.Model):
    """Copied from the template when the case is accepted: a later version of the template leaves it alone.

    `planned_from` and `planned_until` are what was promised to the company; `due_at` ends the unit's own limit,
    counted from when the step really began and longer by what it waited for papers.
    """

    id = models.UUIDField(primary_key=True)
    development = models.ForeignKey(Development, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=StepState, default=StepState.WAITING)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    after = ArrayField(models.CharField(max_length=20), default=list)
    limit_value = models.DecimalField(_("limit"), max_digits=6, decimal_places=2)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit)
    planned_from = models.DateTimeField(_("planned to begin"))
    planned_until = models.DateTimeField(_("promised"))
    bound = models.BooleanField(_("ruled on"), default=False)

    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    due_at = models.DateTimeField(_("unit's limit ends"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed for"), null=True, blank=True)
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    document_no = models.CharField(_("number of the document"), max_length=60, blank=True)
    result = models.TextField(_("result"), max_length=2000, blank=True)
    finished_at = models.DateTimeField(_("done"), null=True, blank=True)
    finished_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    in_time = models.BooleanField(_("in time"), null=True, blank=True)
    refusal_basis = models.CharField(_("legal basis of the refusal"), max_length=200, blank=True)
    refusal_note = models.CharField(_("reason for the refusal"), max_length=500, blank=True)
    ruling = models.CharField(_("ruling of the centre"), max_length=500, blank=True)
    stage_from = models.DateTimeField()
    stage_due_at = models.DateTimeField(_("due"))
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["development", "code"], name="developments_step_once"),
            models.CheckConstraint(condition=Q(planned_until__gt=F("planned_from")), name="developments_step_planned"),
            models.CheckConstraint(condition=Q(limit_value__gt=0), name="developments_step_limit"),
            models.CheckConstraint(
                condition=~Q(state__in=BEGUN_STEPS) | Q(begun_at__isnull=False, due_at__isnull=False),
                name="developments_step_begun",
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.DONE)
                | Q(finished_at__gte=F("begun_at"), in_time__isnull=False) & ~Q(result="") & ~Q(document_no=""),
                name="developments_step_done",
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.REFUSED) | ~Q(refusal_basis="") & ~Q(refusal_note=""),
                name="developments_step_refused_by_law",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STEPS, ended_at=None) | ~Q(state__in=OPEN_STEPS) & Q(ended_at__isnull=False),
                name="developments_step_ended_when",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="developments_step_unit"),
            models.Index(fields=["stage_due_at"], name="developments_step_due", condition=Q(state__in=WITH_UNIT)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def limit(self) -> Limit:
        """How long the unit has."""
        return Limit(self.limit_value, self.limit_unit)


class Pause(models.Model):
    """A time for which a step's own clock stood still, waiting for a paper; open while `until` is empty."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step"], condition=Q(until=None), name="developments_one_open_pause"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="developments_pause_order"),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.since}"
