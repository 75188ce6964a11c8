"""Areas: the national statistical division code, 12 digits, five levels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.choices import AreaLevel
from organizations.models.area_codes import code_fits_level, parent_is_around
from organizations.places import WIDTH, prefix_of
from organizations.querysets import AreaQuerySet


class Area(models.Model):
    """A division of the territory. Whoever oversees it oversees every code that begins with its prefix."""

    code = models.CharField(_("code"), max_length=WIDTH, primary_key=True, db_collation="C")
    name = models.CharField(_("name"), max_length=64)
    level = models.CharField(_("level"), max_length=16, choices=AreaLevel)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=code_fits_level(), name="area_code_fits_level"),
            models.CheckConstraint(condition=parent_is_around(), name="area_parent_is_around"),
        ]
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The leading digits shared by every place inside: "370404" for a county."""
        return prefix_of(code=self.code, level=self.level)
