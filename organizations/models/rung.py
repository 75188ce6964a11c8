"""What every table of climbed rungs holds: about what, which rung, whose lateness, and which unit was told when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models.unit import Unit


class ClimbedRung(models.Model):
    """A lateness that was told once. An app adds its case, its clocks and the key that makes each happen only once."""

    subject = models.UUIDField()
    rung = models.PositiveSmallIntegerField(_("rung"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    told_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("told"))
    told_at = models.DateTimeField(_("when"))

    class Meta:
        abstract = True
