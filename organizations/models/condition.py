"""Filing conditions: one matter may be filed under several, each with its own limit (立案条件)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.models.matter import Matter, limit_is_whole
from organizations.models.period import days
from organizations.querysets import EntryQuerySet


class FilingCondition(models.Model):
    """When a case of the matter is filed under this condition, by when it is handled, and what closes it.

    A change closes the period [valid_from, valid_until) and opens another under the same code (GB/T 30428.8 has the
    limit per condition and not per matter).
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="conditions", verbose_name=_("matter"))
    code = models.CharField(_("code"), max_length=48)
    text = models.CharField(_("filing condition"), max_length=200)
    closing = models.CharField(_("closing condition"), max_length=200, blank=True)
    limit_value = models.DecimalField(_("limit"), max_digits=6, decimal_places=2)
    limit_unit = models.CharField(_("unit of the limit"), max_length=16, choices=LimitUnit)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing condition")
        verbose_name_plural = _("filing conditions")
        constraints = [
            models.CheckConstraint(condition=limit_is_whole(), name="condition_limit_whole"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="condition_dates_ordered",
            ),
            ExclusionConstraint(
                name="condition_one_period",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["matter", "code"], name="condition_of_matter")]

    def __str__(self) -> str:
        return self.code
