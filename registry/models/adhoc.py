"""One-off tasks 一事一议: put on one township for a period with an end, outside of any list."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Area, Matter, Unit
from registry.admission.choices import APPROVED_TASKS, Per, Stance, TaskState
from registry.admission.querysets import TaskQuerySet

USER = settings.AUTH_USER_MODEL


class AdHocTask(models.Model):
    """A task for one township, approved by the county, with an end that is never moved.

    `subject` says what is the same matter: the code of the matter, or the name without blanks. `ordinal` counts the
    approved tasks of one subject and township; there is no third one, the constraint on it refuses that.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(_("number"), max_length=40, unique=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=12, choices=TaskState, default=TaskState.ASKED)

    name = models.CharField(_("task"), max_length=128)
    subject = models.CharField(max_length=160)
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("matter")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    township = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("township"))
    applicant = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("applicant"))
    proposed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    sides = ArrayField(models.IntegerField())
    townships = ArrayField(models.IntegerField())

    content = models.TextField(_("what is to be done"))
    reason = models.TextField(_("why it is needed"))
    basis = models.CharField(_("legal basis"), max_length=255)
    powers = models.TextField(_("powers that follow"))
    money_amount = models.DecimalField(_("money that follows"), max_digits=12, decimal_places=2)
    money_per = models.CharField(_("paid for"), max_length=8, choices=Per)
    money_source = models.CharField(_("source of the money"), max_length=200)
    begins_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))

    filed_at = models.DateTimeField(_("filed"))
    changed_at = models.DateTimeField()
    stage_due_at = models.DateTimeField(_("due"))
    rung = models.PositiveSmallIntegerField(default=0)
    opinion_due_at = models.DateTimeField(_("opinion until"))
    stance = models.CharField(_("opinion"), max_length=12, choices=Stance, blank=True)
    opinion = models.TextField(_("in writing"), blank=True)
    signed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    silent_at = models.DateTimeField(_("silent"), null=True, blank=True)
    approved_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    document = models.CharField(_("number of the document"), max_length=64, blank=True)
    grounds = models.TextField(_("grounds of the decision"), blank=True)
    ordinal = models.PositiveSmallIntegerField(_("which time"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.TextField(_("why it ended"), blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-off task")
        verbose_name_plural = _("one-off tasks")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="adhoc_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="adhoc_has_an_end"),
            models.CheckConstraint(condition=Q(townships__len=1), name="adhoc_one_township"),
            models.CheckConstraint(
                condition=Q(stance="", signed_by__isnull=True, signed_at__isnull=True)
                | Q(stance__in=Stance.values, signed_by__isnull=False, signed_at__isnull=False, silent_at__isnull=True)
                & ~Q(opinion=""),
                name="adhoc_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(silent_at__isnull=True) | Q(silent_at__gte=F("opinion_due_at")),
                name="adhoc_silent_after_limit",
            ),
            # Heard or silent after the limit; approved by somebody else; against an objection only with grounds.
            models.CheckConstraint(
                condition=~Q(state__in=APPROVED_TASKS)
                | Q(approved_by__isnull=False, approved_at__isnull=False, ordinal__isnull=False)
                & (Q(signed_at__isnull=False) | Q(silent_at__isnull=False))
                & (~Q(stance=Stance.OBJECTS) | ~Q(grounds=""))
                & ~Q(document=""),
                name="adhoc_approved_after_hearing",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="adhoc_other_approves"
            ),
            models.CheckConstraint(
                condition=Q(ordinal__isnull=True) | Q(ordinal__gte=1, ordinal__lte=2), name="adhoc_twice_at_most"
            ),
            models.UniqueConstraint(
                fields=["subject", "township", "ordinal"],
                condition=Q(ordinal__isnull=False),
                name="adhoc_ordinal_once",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "filed_at", "id"], name="adhoc_area"),
            models.Index(fields=["subject", "township"], name="adhoc_subject"),
        ]

    def __str__(self) -> str:
        return self.number
