"""A file with grids or outlines that was read: what would become of each of them, until somebody applies it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grids.choices import ImportOf
from grids.querysets import ImportQuerySet

USER = settings.AUTH_USER_MODEL


class MapImport(models.Model):
    """`lines`: of each feature code, verdict, reasons, fields, boundary, and the version of the grid as it was then."""

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    of = models.CharField(_("what is in it"), max_length=8, choices=ImportOf, default=ImportOf.CELLS)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    system = models.CharField(_("coordinate system"), max_length=12)
    lines = models.JSONField()
    gone = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(of__in=ImportOf.values), name="mapimport_of_known")]
        ordering = ["-made_at", "-pk"]
        verbose_name = _("import of grids")
        verbose_name_plural = _("imports of grids")

    def __str__(self) -> str:
        return str(self.pk)
