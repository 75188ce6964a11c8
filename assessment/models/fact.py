"""Facts: what counts of each case and of each work order, recomputed from the rows below. Ids and times only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from dispatch.choices import Objected
from dispatch.models import WorkOrder
from organizations.models import Unit
from petitions.choices import Satisfaction
from petitions.models import Petition

USER = settings.AUTH_USER_MODEL


class CaseFact(models.Model):
    """One row per case. `version` is the version of the petition that the row has seen."""

    petition = models.OneToOneField(Petition, models.PROTECT, primary_key=True, related_name="+")
    round = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=15, db_collation="C")
    center = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    last_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    registrar = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    by_gridworker = models.BooleanField()
    filed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    refused = models.BooleanField()
    due_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    resolved = models.BooleanField(null=True)
    satisfaction = models.CharField(max_length=12, choices=Satisfaction, blank=True)
    scored = models.BooleanField(default=True, db_default=True)
    version = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["closed_at"], name="assessment_case_closed"),
            models.Index(fields=["filed_at"], name="assessment_case_filed"),
            models.Index(fields=["due_at"], name="assessment_case_due"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OrderFact(models.Model):
    """One row per work order, for the unit that leads it; there is none for a unit that assists.

    `scored` is False where the list let the township or village only cooperate in the matter on the day of the order:
    such an order counts for nobody's score (R4; Shandong regulation on township duties, art. 19).
    """

    order = models.OneToOneField(WorkOrder, models.PROTECT, primary_key=True, related_name="+")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=15, db_collation="C")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    handler = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField()
    sign_due_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    handle_due_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    returned = models.BooleanField()
    reworks = models.PositiveSmallIntegerField()
    urged_at = ArrayField(models.DateTimeField(), default=list)
    supervised_at = ArrayField(models.DateTimeField(), default=list)
    listed_at = ArrayField(models.DateTimeField(), default=list)
    scored = models.BooleanField(default=True, db_default=True)
    objected_at = models.DateTimeField(null=True)
    objection = models.CharField(max_length=8, choices=Objected, blank=True, default="", db_default="")
    objection_ruled_at = models.DateTimeField(null=True)
    adjudicated = models.BooleanField(default=False, db_default=False)
    version = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["completed_at"], name="assessment_order_completed"),
            models.Index(fields=["sign_due_at"], name="assessment_order_sign"),
            models.Index(
                fields=["objection_ruled_at"],
                name="assessment_order_objection",
                condition=models.Q(objection_ruled_at__isnull=False),
            ),
            models.Index(
                fields=["handle_due_at"], name="assessment_order_open", condition=models.Q(completed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
