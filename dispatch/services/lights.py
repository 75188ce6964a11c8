"""The shares of a limit at which lights change: each area sets its own, for the orders handed out from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dispatch.events import LightsSet
from dispatch.models import LightRule
from dispatch.models.order import HALF, WARN
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.events import record
from kernel.ids import new_id
from organizations.choices import AreaLevel
from organizations.models import Area
from organizations.places import areas_around

Shares = tuple[Decimal, Decimal]
USUAL: Shares = (HALF, WARN)
MAY_SET = (AreaLevel.CITY, AreaLevel.COUNTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The rules in force at one instant, by area."""

    by_area: dict[str, Shares]

    def of(self, *, place: str) -> Shares:
        """The shares for a place: those of the smallest area around it that has set some."""
        return next((self.by_area[code] for code in areas_around(place=place) if code in self.by_area), USUAL)


def in_force(*, at: datetime) -> InForce:
    """What every area has set last. One query, over a table of a few rows."""
    rows = LightRule.objects.filter(valid_from__lte=at).order_by("valid_from")
    return InForce(by_area={row.area_id: (row.half, row.warn) for row in rows})


def latest(*, at: datetime) -> Sequence[LightRule]:
    """Every rule that was ever set, the newest first: which one is in force is the first of its area."""
    return list(LightRule.objects.filter(valid_from__lte=at).select_related("area", "set_by"))


@deed
def set_lights(*, area_code: str, half: Decimal, warn: Decimal, actor: Actor, at: datetime) -> LightRule:
    """Set the shares of a county or a city for the orders handed out from now on; those that run keep theirs.

    Raises NotAllowed without the right to edit reference data, Invalid for shares out of order or another area.
    """
    if not actor.holds("reference.edit"):
        raise NotAllowed(_("Your role does not include this."))
    area = Area.objects.filter(pk=area_code, level__in=MAY_SET).first()
    if area is None:
        raise Invalid(_("Name a county or a city."), fields={"area": [_("Unknown area.")]})
    if not 0 < half < warn < 1:
        said = _("Blue comes before yellow, and both before the end.")
        raise Invalid(said, fields={"warn": [said]})
    rule = LightRule(id=new_id(at=at), area=area, half=half, warn=warn, valid_from=at, set_by_id=actor.user_id)
    try:
        with transaction.atomic():
            rule.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("Somebody else has set it this instant.")) from error
    said_ = LightsSet(case_id=rule.pk, subject_id=area.pk, area=area.pk, half=str(half), warn=str(warn))
    record(said_, actor=actor, at=at)
    return rule
