"""Areas: the national statistical division code, 12 digits, five levels."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Left
from django.utils.translation import gettext_lazy as _

from organizations.choices import DIGITS, AreaLevel
from organizations.places import WIDTH, prefix_of
from organizations.querysets import AreaQuerySet

ABOVE: dict[str, str] = {
    AreaLevel.CITY: AreaLevel.PROVINCE,
    AreaLevel.COUNTY: AreaLevel.CITY,
    AreaLevel.TOWNSHIP: AreaLevel.COUNTY,
    AreaLevel.VILLAGE: AreaLevel.TOWNSHIP,
}


def _code_fits_level() -> Q:
    fits = Q()
    for level, digits in DIGITS.items():
        around = DIGITS[ABOVE[level]] if level in ABOVE else 0
        own = digits - around
        # Its own digits are not all zeros: those of the levels below are.
        pattern = rf"^[0-9]{{{around}}}(?!0{{{own}}})[0-9]{{{own}}}0{{{WIDTH - digits}}}$"
        fits |= Q(level=level, code__regex=pattern)
    return fits


def _parent_is_around() -> Q:
    fits = Q(parent__isnull=True)
    for level, above in ABOVE.items():
        digits = DIGITS[above]
        fits |= Q(level=level, parent=Concat(Left("code", digits), Value("0" * (WIDTH - digits))))
    return fits


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
            models.CheckConstraint(condition=_code_fits_level(), name="area_code_fits_level"),
            models.CheckConstraint(condition=_parent_is_around(), name="area_parent_is_around"),
        ]
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The leading digits shared by every place inside: "370404" for a county."""
        return prefix_of(code=self.code, level=self.level)
