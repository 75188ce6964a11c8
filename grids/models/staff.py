"""People who serve a grid without an account of their own: instructors, police officers, part-time workers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grids.choices import StaffKind
from grids.models.cell import Cell
from grids.querysets import StaffQuerySet


class CellStaff(models.Model):
    """One person on the card of a grid in [valid_from, valid_until). Name and telephone are published by law."""

    cell = models.ForeignKey(Cell, models.PROTECT, related_name="staff", verbose_name=_("grid"))
    kind = models.CharField(_("serves as"), max_length=12, choices=StaffKind)
    name = models.CharField(_("name"), max_length=32)
    phone = models.CharField(_("work telephone"), max_length=32, blank=True)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StaffKind.values), name="cellstaff_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="cellstaff_has_name"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="cellstaff_dates_ordered",
            ),
        ]
        indexes = [models.Index(fields=["cell", "kind"], name="cellstaff_of_cell")]
        verbose_name = _("person serving a grid")
        verbose_name_plural = _("people serving grids")

    def __str__(self) -> str:
        return self.name
