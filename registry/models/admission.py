"""Admissions 准入: a duty on its way into a list or into the grid, and what the townships said of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.choices import Duty
from organizations.models import Area, Matter, Unit
from registry.admission.choices import APPROVED_STATES, GridWork, Into, Outcome, Per, Stance, State
from registry.admission.querysets import AdmissionQuerySet

USER = settings.AUTH_USER_MODEL


class Admission(models.Model):
    """One application: what duty, who leads, what the township does, what money and powers follow, on what basis.

    `sides` and `townships` are the units that it concerns, on the row itself, so that who may see it is never looked
    up. After the approval the duty stands as it was approved; a trigger refuses any change of it.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(_("number"), max_length=40, unique=True)
    code = models.CharField(_("code of the item"), max_length=32, unique=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.APPLIED)

    into = models.CharField(_("into"), max_length=16, choices=Into)
    grid_work = models.CharField(_("kind of grid work"), max_length=12, choices=GridWork, blank=True)
    name = models.CharField(_("duty"), max_length=128)
    domain = models.CharField(_("field"), max_length=64)
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("matter")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    everywhere = models.BooleanField(_("for every township of the area"))
    applicant = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("applicant"))
    proposed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    sides = ArrayField(models.IntegerField())
    townships = ArrayField(models.IntegerField())

    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    lead_duty = models.TextField(_("duty of the lead"))
    cooperations = models.JSONField(_("cooperating units"), default=list)
    township_role = models.CharField(_("the township"), max_length=8, choices=Duty)
    township_duty = models.TextField(_("duty of the township"))
    chart = models.JSONField(_("process"), default=list)
    limit_value = models.PositiveSmallIntegerField(_("limit"))
    limit_unit = models.CharField(_("unit of the limit"), max_length=16, choices=LimitUnit)
    safeguards = models.TextField(_("safeguards"))
    money_amount = models.DecimalField(_("money that follows"), max_digits=12, decimal_places=2)
    money_per = models.CharField(_("paid for"), max_length=8, choices=Per)
    money_source = models.CharField(_("source of the money"), max_length=200)
    powers = models.TextField(_("powers that follow"))
    basis = models.CharField(_("legal basis"), max_length=255)
    reason = models.TextField(_("why it is needed"))

    filed_at = models.DateTimeField(_("filed"))
    changed_at = models.DateTimeField()
    stage_due_at = models.DateTimeField(_("due"))
    rung = models.PositiveSmallIntegerField(default=0)
    reviewed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    finding = models.TextField(_("finding of the review"), blank=True)
    opinions_due_at = models.DateTimeField(_("opinions until"), null=True, blank=True)
    approved_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    document = models.CharField(_("number of the document"), max_length=64, blank=True)
    grounds = models.TextField(_("grounds of the decision"), blank=True)
    effective = models.DateField(_("in force from"), null=True, blank=True)
    review_on = models.DateField(_("to be reassessed on"), null=True, blank=True)
    reassess_asked_at = models.DateTimeField(_("reassessment asked for"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    end_reason = models.TextField(_("why it ended"), blank=True)
    end_document = models.CharField(_("number of the document of the end"), max_length=64, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="admission_state_known"),
            models.CheckConstraint(
                condition=Q(into=Into.GRID, township_role=Duty.ASSIST) & ~Q(grid_work="")
                | Q(into__in=[Into.TERRITORIAL, Into.TOWNSHIP_DUTY], grid_work=""),
                name="admission_grid_assists",
            ),
            # A department does not pass its own duty down: only where the township leads is no other lead named.
            models.CheckConstraint(
                condition=Q(township_role=Duty.ASSIST, lead_unit__isnull=False)
                | Q(township_role=Duty.LEAD, lead_unit__isnull=True),
                name="admission_one_lead",
            ),
            models.CheckConstraint(
                condition=~Q(lead_duty="")
                & ~Q(township_duty="")
                & ~Q(safeguards="")
                & ~Q(money_source="")
                & ~Q(powers="")
                & ~Q(basis="")
                & ~Q(reason="")
                & Q(money_amount__gte=0, limit_value__gt=0),
                name="admission_complete",
            ),
            models.CheckConstraint(condition=Q(townships__len__gt=0), name="admission_concerns_townships"),
            models.CheckConstraint(
                condition=~Q(state__in=APPROVED_STATES)
                | Q(approved_by__isnull=False, approved_at__isnull=False, reviewed_by__isnull=False)
                & Q(effective__isnull=False, review_on__gt=F("effective"))
                & ~Q(document=""),
                name="admission_approved_by",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="admission_other_approves",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("proposed_by")),
                name="admission_other_reviews",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("reviewed_by")),
                name="admission_reviewer_is_no_approver",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.REFUSED, State.DROPPED, State.ENDED])
                | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="admission_ended_why",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "filed_at", "id"], name="admission_area"),
            models.Index(fields=["state", "stage_due_at"], name="admission_waiting"),
        ]

    def __str__(self) -> str:
        return self.number


class Opinion(models.Model):
    """What one township says, signed by one of its officers; or that its limit ran out in silence."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="opinions")
    township = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("township"))
    due_at = models.DateTimeField(_("until"), null=True, blank=True)
    stance = models.CharField(_("opinion"), max_length=12, choices=Stance, blank=True)
    text = models.TextField(_("in writing"), blank=True)
    signed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    silent_at = models.DateTimeField(_("silent"), null=True, blank=True)

    class Meta:
        verbose_name = _("opinion of a township")
        verbose_name_plural = _("opinions of townships")
        constraints = [
            models.UniqueConstraint(fields=["admission", "township"], name="opinion_once"),
            models.CheckConstraint(
                condition=Q(stance="", signed_by__isnull=True, signed_at__isnull=True)
                | Q(stance__in=Stance.values, signed_by__isnull=False, signed_at__isnull=False, silent_at__isnull=True)
                & ~Q(text=""),
                name="opinion_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(silent_at__isnull=True) | Q(silent_at__gte=F("due_at"), due_at__isnull=False),
                name="opinion_silent_after_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.admission_id} {self.township_id} {self.stance}"


class Consultation(models.Model):
    """会商: who sat together, what was said, what came of it and what was changed. Never altered afterwards."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="consultations")
    number = models.PositiveSmallIntegerField(_("number"))
    held_on = models.DateField(_("held"))
    present = ArrayField(models.IntegerField(), verbose_name=_("units present"))
    people = models.CharField(_("who took part"), max_length=400)
    minutes = models.TextField(_("minutes and result"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    changes = models.JSONField(_("what was changed"), default=dict)
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.UniqueConstraint(fields=["admission", "number"], name="consultation_number"),
            models.CheckConstraint(condition=~Q(minutes="") & ~Q(people=""), name="consultation_recorded"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Reassessment(models.Model):
    """复评: what was found when the review date came, and when the next one is."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="reassessments")
    found_at = models.DateTimeField(_("on"))
    found_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("by"))
    finding = models.TextField(_("finding"))
    next_on = models.DateField(_("next reassessment"))

    class Meta:
        verbose_name = _("reassessment")
        verbose_name_plural = _("reassessments")
        constraints = [models.CheckConstraint(condition=~Q(finding=""), name="reassessment_found")]

    def __str__(self) -> str:
        return str(self.next_on)


class AdmissionSerial(models.Model):
    """The last running number of a kind of document in a year: documents are numbered without gaps."""

    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="admissionserial_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
