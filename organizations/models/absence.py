"""Who is away, and who stands in meanwhile."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.choices import AbsenceReason
from organizations.models.period import instants
from organizations.models.staff import User
from organizations.models.unit import Unit
from organizations.querysets import AbsenceQuerySet


class Absence(models.Model):
    """A person is away from a unit for [begins_at, ends_at) and somebody who works there sits in the empty seat.

    One that ends as it begins was called off. A trigger sees to it that nobody stands in who is away or stood in for.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    stand_in = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("stand-in"))
    reason = models.CharField(_("reason"), max_length=12, choices=AbsenceReason)
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("entered by"))
    changed_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=AbsenceReason.values), name="absence_reason_known"),
            models.CheckConstraint(condition=~Q(user=F("stand_in")), name="absence_not_by_oneself"),
            models.CheckConstraint(condition=Q(ends_at__gte=F("begins_at")), name="absence_times_ordered"),
            ExclusionConstraint(
                name="absence_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (instants("begins_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["begins_at", "id"], name="absence_by_start")]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")

    def __str__(self) -> str:
        return f"{self.user_id} → {self.stand_in_id}"

    @property
    def called_off(self) -> bool:
        """Whether it never ran."""
        return self.begins_at == self.ends_at
