"""The supervision order: numbered, to one unit, with a limit for the answer; and the answers to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dispatch.models import WorkOrder
from organizations.models import Unit
from petitions.models import Petition
from supervision.choices import NEVER_ISSUED, OPEN_STATES, Level, Origin, Reason, State, Verdict
from supervision.querysets import OrderQuerySet

USER = settings.AUTH_USER_MODEL


class SupervisionOrder(models.Model):
    """One order, or the proposal of one. Numbers are without gaps; once it is issued, its text stands (a trigger)."""

    id = models.UUIDField(primary_key=True)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+", verbose_name=_("petition"))
    work_order = models.ForeignKey(
        WorkOrder, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("work order")
    )
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin)
    place = models.CharField(max_length=15, db_collation="C")

    county = models.CharField(max_length=6, db_collation="C")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    level = models.CharField(_("level of supervision"), max_length=10, choices=Level, default=Level.ORDINARY)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    content = models.TextField(_("text"), max_length=2000, blank=True)
    salt = models.BinaryField()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    opened_at = models.DateTimeField(_("opened"))
    stage_due_at = models.DateTimeField(_("due"))
    changed_at = models.DateTimeField()
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    issued_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    receive_due_at = models.DateTimeField(_("receipt until"), null=True, blank=True)
    answer_due_at = models.DateTimeField(_("answer until"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    received_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    sent_back = models.PositiveSmallIntegerField(_("sent back"), default=0)
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_note = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision order")
        verbose_name_plural = _("supervision orders")
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "serial"], name="supervision_number_once"),
            models.UniqueConstraint(
                fields=["petition", "unit"], condition=Q(state__in=OPEN_STATES), name="supervision_one_open_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=NEVER_ISSUED, number="", serial__isnull=True, issued_at__isnull=True)
                | ~Q(state__in=NEVER_ISSUED)
                & ~Q(number="")
                & ~Q(content="")
                & Q(
                    serial__isnull=False,
                    year__isnull=False,
                    issued_at__isnull=False,
                    receive_due_at__isnull=False,
                    answer_due_at__isnull=False,
                ),
                name="supervision_numbered_when_issued",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RECEIVED, State.ANSWERED, State.ACCEPTED])
                | Q(received_at__isnull=False, received_at__gte=F("issued_at")),
                name="supervision_received_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.WITHDRAWN, State.DISMISSED]) | ~Q(end_note=""),
                name="supervision_ended_why",
            ),
            models.CheckConstraint(condition=~Q(unit=F("issuer")), name="supervision_of_another"),
        ]
        indexes = [
            models.Index(fields=["opened_at", "id"], name="supervision_newest"),
            models.Index(fields=["unit", "opened_at", "id"], name="supervision_unit"),
            models.Index(fields=["place", "opened_at", "id"], name="supervision_place"),
            models.Index(fields=["stage_due_at"], name="supervision_due", condition=Q(state__in=OPEN_STATES)),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class Answer(models.Model):
    """What a unit answers, and what the issuer says to it. Written once, judged once, by different people."""

    order = models.ForeignKey(SupervisionOrder, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("written answer"), max_length=4000)
    measures = models.TextField(_("measures"), max_length=4000)
    salt = models.BinaryField()
    on_time = models.BooleanField(_("on time"))
    answered_at = models.DateTimeField(_("answered on"))
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    verdict_note = models.CharField(_("what is lacking"), max_length=500, blank=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    judged_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("answer to a supervision order")
        verbose_name_plural = _("answers to supervision orders")
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="supervision_answer_number"),
            models.UniqueConstraint(fields=["order"], condition=Q(verdict=""), name="supervision_one_answer_waits"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(measures=""), name="supervision_answer_says"),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("answered_by")),
                name="supervision_judge_is_another",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", judged_at__isnull=True)
                | Q(verdict=Verdict.ACCEPTED, judged_at__isnull=False)
                | Q(verdict=Verdict.SENT_BACK, judged_at__isnull=False) & ~Q(verdict_note=""),
                name="supervision_judged_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.number}"
