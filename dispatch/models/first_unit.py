"""The first unit of a case beside its last one, by the row that chose the first: what hit-rates are counted from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dispatch.querysets import FirstUnitQuerySet
from organizations.models import Unit
from petitions.models import Petition


class FirstUnit(models.Model):
    """One row per petition that a unit ever had. Written with the first order, and again where another unit gets it.

    A narrow copy of what a report over a year needs, so that a million cases are counted without reading their orders.
    """

    petition = models.OneToOneField(Petition, models.PROTECT, primary_key=True, related_name="+")
    place = models.CharField(max_length=15, db_collation="C")
    category = models.CharField(max_length=6, blank=True)
    entry = models.CharField(_("list row"), max_length=48, blank=True)
    reason = models.CharField(_("rule"), max_length=12)
    first_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("first unit"))
    last_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("last unit"))
    first_at = models.DateTimeField(_("first dispatched"))

    objects = FirstUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("first unit of a case")
        verbose_name_plural = _("first units of cases")
        indexes = [
            models.Index(
                fields=["first_at"],
                include=["place", "category", "entry", "reason", "first_unit", "last_unit"],
                name="dispatch_first_unit_period",
            ),
            # Those that went elsewhere are few, and statistics ask for them alone.
            models.Index(
                fields=["petition"],
                name="dispatch_went_elsewhere",
                condition=~models.Q(last_unit=models.F("first_unit")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
