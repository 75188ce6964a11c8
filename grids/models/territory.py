"""Outlines of villages and townships, where they are known: what the grids of a place have to cover."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from grids.querysets import TerritoryQuerySet
from organizations.models import Area


class Territory(models.Model):
    """The outline of one area, a GeoJSON Polygon or MultiPolygon in WGS 84. Without one, only holes can be found."""

    area = models.OneToOneField(Area, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("area"))
    boundary = models.JSONField(_("boundary"))
    area_m2 = models.PositiveBigIntegerField(_("area (m²)"))

    version = models.PositiveIntegerField(default=1, db_default=1)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("outline of an area")
        verbose_name_plural = _("outlines of areas")

    def __str__(self) -> str:
        return str(self.area_id)
