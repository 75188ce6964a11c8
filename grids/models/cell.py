"""Cells: the grids that territory is divided into, each inside one village, coded village + 3 digits (GB/T 30428)."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from grids.choices import CellKind, HostKind
from grids.querysets import CellQuerySet
from organizations.models import Area

CODE = r"^[0-9]{15}$"


class Cell(models.Model):
    """One grid. `boundary` is a GeoJSON Polygon or MultiPolygon in WGS 84; `lng`, `lat` is a point inside it.

    `begins_on` and `ends_on`, the first day without it, are those of a split or a merger; what ended never comes back.
    """

    code = models.CharField(
        _("code"), max_length=15, unique=True, db_collation="C", validators=[RegexValidator(CODE, _("15 digits."))]
    )
    name = models.CharField(_("name"), max_length=64)
    kind = models.CharField(_("kind"), max_length=16, choices=CellKind)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("village"))
    boundary = models.JSONField(_("boundary"))
    lng = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    area_m2 = models.PositiveBigIntegerField(_("area (m²)"))
    households = models.PositiveIntegerField(_("households"), default=0)
    residents = models.PositiveIntegerField(_("residents"), default=0)
    host_kind = models.CharField(_("host"), max_length=16, choices=HostKind, blank=True)
    phone = models.CharField(_("supervision telephone"), max_length=32, blank=True)
    active = models.BooleanField(_("active"), default=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects = CellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=CODE), name="cell_code_15_digits"),
            models.CheckConstraint(condition=Q(village=Left("code", 12)), name="cell_code_in_village"),
            models.CheckConstraint(condition=Q(kind__in=CellKind.values), name="cell_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=CellKind.BASIC, host_kind="")
                | Q(kind=CellKind.DEDICATED, host_kind__in=HostKind.values),
                name="cell_host_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(active=False), name="cell_ended_is_off_the_map"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(begins_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="cell_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(lng__gte=-180, lng__lte=180, lat__gte=-90, lat__lte=90), name="cell_point_on_earth"
            ),
        ]
        verbose_name = _("grid")
        verbose_name_plural = _("grids")

    def __str__(self) -> str:
        return self.name


class MapVersion(models.Model):
    """One row, stamped anew by the database whenever a cell changes: what the indexes in memory compare with."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="mapversion_single")]

    def __str__(self) -> str:
        return str(self.stamp)
