"""What a petition is about: three levels, and the reasons for which one is declined."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Matter
from petitions.choices import PetitionKind, Urgency


class Category(models.Model):
    """Codes of two, four and six digits; the third level names the matter of the responsibility list."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("matter of the list")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=PetitionKind)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    keywords = models.CharField(_("key words"), max_length=200, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="petitions_category_level"),
        ]

    def __str__(self) -> str:
        return self.name


class DeclineReason(models.Model):
    """Why a petition is not accepted, and which channel is told to the person (信访工作条例 19, 31)."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    channel = models.CharField(_("channel to go to"), max_length=120)
    basis = models.CharField(_("legal basis"), max_length=120, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")

    def __str__(self) -> str:
        return self.name
