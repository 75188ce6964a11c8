"""The responsibility list: matter × area × period → one lead, any number of assisting units."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.choices import Duty, LeadRule
from organizations.models.area import Area
from organizations.models.matter import Matter, limit_is_whole
from organizations.models.period import days
from organizations.models.unit import Unit
from organizations.querysets import EntryQuerySet


class ResponsibilityEntry(models.Model):
    """One row of the list in one period [valid_from, valid_until).

    A change closes the period and opens another under the same code; nothing is overwritten, so that "who was
    responsible on 3 March" has an answer. Triggers add what constraints cannot say: a body that only assists in a
    matter never leads it (Shandong regulation on township duties, arts 4 and 19).
    """

    code = models.CharField(_("code"), max_length=48)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="entries", verbose_name=_("matter"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    duty = models.CharField(_("duty"), max_length=8, choices=Duty)
    rule = models.CharField(_("responsible body"), max_length=24, choices=LeadRule, default=LeadRule.UNIT)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    limit_value = models.DecimalField(_("limit"), max_digits=6, decimal_places=2, null=True, blank=True)
    limit_unit = models.CharField(_("unit of the limit"), max_length=16, choices=LimitUnit, blank=True)
    basis = models.CharField(_("legal basis"), max_length=255, blank=True)
    duty_text = models.TextField(_("what the duty is"), blank=True)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=limit_is_whole(), name="responsibility_limit_whole"),
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="responsibility_duty_known"),
            models.CheckConstraint(
                condition=Q(rule=LeadRule.UNIT, unit__isnull=False)
                | Q(rule__in=[LeadRule.VILLAGE_OF_PLACE, LeadRule.TOWNSHIP_OF_PLACE], unit__isnull=True),
                name="responsibility_rule_or_unit",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="responsibility_dates_ordered",
            ),
            ExclusionConstraint(
                name="responsibility_one_lead",
                expressions=[
                    ("matter", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(duty=Duty.LEAD),
            ),
            ExclusionConstraint(
                name="responsibility_one_period",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="responsibility_ended")]  # what is kept in memory
        verbose_name = _("entry of the responsibility list")
        verbose_name_plural = _("responsibility list")

    def __str__(self) -> str:
        return self.code


class ListVersion(models.Model):
    """One row, stamped anew by the database whenever areas, units or the list change: what caches compare with."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="listversion_single")]

    def __str__(self) -> str:
        return str(self.stamp)
