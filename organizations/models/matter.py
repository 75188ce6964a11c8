"""Matters: what can be asked for, each with its usual time limit and its basis in law."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.choices import MatterKind
from organizations.querysets import ReferenceQuerySet


def limit_is_whole() -> Q:
    """A limit has both a positive value and a known unit, or neither."""
    stated = Q(limit_value__isnull=False, limit_value__gt=0, limit_unit__in=LimitUnit.values)
    return stated | Q(limit_value__isnull=True, limit_unit="")


class Matter(models.Model):
    """One entry of the catalogue that the responsibility list distributes."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=128)
    domain = models.CharField(_("field"), max_length=64)
    petition_kind = models.CharField(_("kind of petition"), max_length=16, choices=MatterKind)
    limit_value = models.DecimalField(_("limit"), max_digits=6, decimal_places=2, null=True, blank=True)
    limit_unit = models.CharField(_("unit of the limit"), max_length=16, choices=LimitUnit, blank=True)
    basis = models.CharField(_("legal basis"), max_length=255, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=limit_is_whole(), name="matter_limit_whole"),
            models.CheckConstraint(condition=Q(petition_kind__in=MatterKind.values), name="matter_kind_known"),
        ]
        verbose_name = _("matter")
        verbose_name_plural = _("matters")

    def __str__(self) -> str:
        return self.name
