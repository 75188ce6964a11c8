"""Plan templates: steps, units, order, limits and papers. They come in versions, and no row is overwritten."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.choices import LeadRule
from organizations.models import Unit
from petitions.models import Category

USER = settings.AUTH_USER_MODEL


class PlanTemplate(models.Model):
    """One version of a template. What it says stands (a trigger); only its end is set, when the next version begins."""

    code = models.CharField(_("code"), max_length=20)
    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=80)
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    reason = models.CharField(_("reason for the change"), max_length=300)
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="developments_template_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until=None), name="developments_template_one_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="developments_template_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (v{self.number})"


class TemplateStep(models.Model):
    """A step of a template. Steps run side by side unless `after` names those that come before."""

    template = models.ForeignKey(PlanTemplate, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    rule = models.CharField(_("who"), max_length=20, choices=LeadRule, default=LeadRule.UNIT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    limit_value = models.DecimalField(_("limit"), max_digits=6, decimal_places=2)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit)
    green_value = models.DecimalField(_("limit in the green channel"), max_digits=6, decimal_places=2)
    green_unit = models.CharField(max_length=14, choices=LimitUnit)
    after = ArrayField(models.CharField(max_length=20), default=list, verbose_name=_("after"))

    class Meta:
        verbose_name = _("step of a template")
        verbose_name_plural = _("steps of templates")
        constraints = [
            models.UniqueConstraint(fields=["template", "code"], name="developments_template_step_once"),
            models.CheckConstraint(
                condition=Q(rule=LeadRule.UNIT, unit__isnull=False) | ~Q(rule=LeadRule.UNIT) & Q(unit=None),
                name="developments_template_step_who",
            ),
            models.CheckConstraint(
                condition=Q(limit_value__gt=0, green_value__gt=0), name="developments_template_step_limits"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplatePaper(models.Model):
    """A paper that a step needs. `days`: how long a tolerant acceptance waits for it; 0 where it cannot be missing."""

    step = models.ForeignKey(TemplateStep, models.CASCADE, related_name="papers")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=60)
    days = models.PositiveSmallIntegerField(_("days of tolerance"), default=0)

    class Meta:
        verbose_name = _("paper of a template")
        verbose_name_plural = _("papers of templates")
        constraints = [models.UniqueConstraint(fields=["step", "name"], name="developments_template_paper_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def tolerable(self) -> bool:
        """Whether a case may be accepted while it is missing."""
        return self.days > 0
