"""The development petition as a case of its own: the plan that was promised, and how far it has come."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from developments.choices import ACCEPTED_STATES, FINAL_STATES, OPEN_STATES, State
from developments.models.enterprise import Enterprise
from developments.models.template import PlanTemplate
from developments.querysets import DevelopmentQuerySet
from organizations.models import Unit
from petitions.models import DeclineReason, Petition

USER = settings.AUTH_USER_MODEL
SCORE = [1, 2, 3, 4, 5]


class Development(models.Model):
    """One case; its id is its own, and it goes on the chain of its petition.

    Units read this row and never the petition: nothing of who wrote the petition is copied here (F17).
    """

    id = models.UUIDField(primary_key=True)
    petition = models.OneToOneField(Petition, models.PROTECT, related_name="+", verbose_name=_("petition"))
    number = models.CharField(_("number"), max_length=24, unique=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.FILED)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("company"))
    template = models.ForeignKey(PlanTemplate, models.PROTECT, related_name="+", verbose_name=_("plan template"))
    title = models.CharField(_("project"), max_length=120)
    asked = models.TextField(pgettext_lazy("development", "what is asked"), max_length=4000)
    salt = models.BinaryField()
    place = models.CharField(_("place"), max_length=15, db_collation="C")
    center = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("centre"))
    involved = ArrayField(models.IntegerField(), default=list)
    green = models.BooleanField(_("green channel"), default=False)
    tolerant = models.BooleanField(_("accepted tolerantly"), default=False)
    promise = models.CharField(_("what the company promised"), max_length=300, blank=True)
    promised_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    promised_at = models.DateTimeField(_("promise signed"), null=True, blank=True)
    steps_total = models.PositiveSmallIntegerField(default=0)
    steps_done = models.PositiveSmallIntegerField(default=0)

    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(_("promised end"), null=True, blank=True)
    finished_at = models.DateTimeField(_("all steps done"), null=True, blank=True)
    finished_in_time = models.BooleanField(_("done by the promised end"), null=True, blank=True)
    stage_from = models.DateTimeField()
    stage_due_at = models.DateTimeField(_("due"))
    # The order of desks, the green channel first: kept by a trigger.
    queue_at = models.DateTimeField(null=True, editable=False)
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)
    changed_at = models.DateTimeField()

    decline_reason = models.ForeignKey(DeclineReason, models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    end_note = models.CharField(_("why it ended"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    speed = models.PositiveSmallIntegerField(_("speed"), null=True, blank=True)
    quality = models.PositiveSmallIntegerField(_("quality of the result"), null=True, blank=True)
    rating_note = models.CharField(_("remark on the rating"), max_length=500, blank=True)
    rated_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DevelopmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("development petition")
        verbose_name_plural = _("development petitions")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(asked=""), name="developments_ask_something"),
            models.CheckConstraint(
                condition=~Q(state__in=ACCEPTED_STATES)
                | Q(accepted_at__gte=F("filed_at"), due_at__isnull=False, steps_total__gt=0),
                name="developments_accepted_with_plan",
            ),
            models.CheckConstraint(
                condition=Q(tolerant=False) | Q(promised_at__isnull=False) & ~Q(promise=""),
                name="developments_tolerant_with_promise",
            ),
            models.CheckConstraint(condition=Q(steps_done__lte=F("steps_total")), name="developments_steps_counted"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.FINISHED, State.CLOSED])
                | Q(finished_at__gte=F("accepted_at"), steps_done=F("steps_total")),
                name="developments_finished_all",
            ),
            models.CheckConstraint(
                condition=Q(speed=None, quality=None) | Q(state=State.CLOSED, speed__in=SCORE, quality__in=SCORE),
                name="developments_rated_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINAL_STATES, ended_at__gte=F("filed_at"))
                | ~Q(state__in=FINAL_STATES) & Q(ended_at=None),
                name="developments_ended_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ENDED, State.DECLINED, State.WITHDRAWN]) | ~Q(end_note=""),
                name="developments_ended_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED) | Q(decline_reason__isnull=False), name="developments_declined_why"
            ),
            models.CheckConstraint(condition=~Q(state=State.ENDED) | ~Q(basis=""), name="developments_ended_by_law"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["filed_at", "id"], name="developments_newest"),
            models.Index(fields=["place", "filed_at", "id"], name="developments_place"),
            models.Index(fields=["enterprise", "filed_at", "id"], name="developments_company"),
            models.Index(fields=["stage_due_at"], name="developments_due", condition=Q(state__in=OPEN_STATES)),
            models.Index(fields=["queue_at", "id"], name="developments_queue", condition=Q(state__in=OPEN_STATES)),
            GinIndex(fields=["involved"], name="developments_involved", opclasses=["array_ops"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def case_id(self) -> UUID:
        """The chain it goes on: its petition's."""
        return self.petition_id

    @property
    def company_unit_id(self) -> int:
        """The unit of the company whose case this is."""
        return self.enterprise.unit_id
