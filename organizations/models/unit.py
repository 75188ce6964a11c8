"""Units: every body that can be responsible, from the city's centre to a village committee or a water company."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.choices import UnitKind, UnitLevel
from organizations.models.area import Area
from organizations.querysets import UnitQuerySet

# Of these there is one per area, so that "the township of the place" is never a choice.
ONE_PER_AREA = (UnitKind.COMMAND_CENTER, UnitKind.TOWNSHIP, UnitKind.VILLAGE)


class Unit(models.Model):
    """A body with users, list entries and clocks of its own.

    `superior` is who is told when the unit does not answer; the chain is what escalation climbs: village (its committee
    is the centre's workstation) → township sub-centre → county centre → city centre. A township government and a
    department stand under the county centre. A stationed agency stands under the sub-centre of its township and, by
    `second_superior`, under its department.
    """

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=64)
    short_name = models.CharField(_("short name"), max_length=32, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=UnitKind)
    level = models.CharField(_("level"), max_length=16, choices=UnitLevel)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units", verbose_name=_("area"))
    superior = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("superior")
    )
    second_superior = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second superior")
    )
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    active = models.BooleanField(_("active"), default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(condition=Q(level__in=UnitLevel.values), name="unit_level_known"),
            models.CheckConstraint(condition=~Q(superior=F("id")), name="unit_superior_is_another"),
            models.CheckConstraint(
                condition=Q(second_superior__isnull=True) | Q(kind=UnitKind.STATIONED_AGENCY),
                name="unit_second_superior_of_agency",
            ),
            models.UniqueConstraint(
                fields=["area", "kind"], condition=Q(active=True, kind__in=ONE_PER_AREA), name="unit_one_per_area"
            ),
        ]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.short_name or self.name
