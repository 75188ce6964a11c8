"""Setting how much time may be given: a whole rule for an area and a kind of unit, from an instant on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dispatch.events import TimeRuleSet
from dispatch.models import TimeRule
from dispatch.times import EXTENSIONS, FIGURES, MOST_EXTENSION, MOST_PAUSE, PAUSES, usual_figures
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.events import instant, record
from kernel.ids import new_id
from organizations.choices import AreaLevel, UnitKind
from organizations.models import Area
from organizations.places import prefix_of

MAY_SET = (AreaLevel.CITY, AreaLevel.COUNTY)
CAPABILITY = "time.rules"
MOST_ORDERS = 1000
STATUTORY = "国家规定的通用标准"  # zh: the grounds of the rule that stands in the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A rule as somebody says it: for which area ("" everywhere) and kind ("" every kind), and from when on."""

    figures: Mapping[str, Any]
    grounds: str
    valid_from: datetime
    area_code: str = ""
    unit_kind: str = ""


@deed
def set_time_rule(*, said: Said, actor: Actor, at: datetime) -> TimeRule:
    """Put a rule in force from an instant on; the one that held for the same area and kind until then ends.

    What was granted stays. Raises NotAllowed without the right over the area, Invalid for another area or figures that
    no rule may have, Conflict where a later rule is set already.
    """
    area = _area(said.area_code)
    _permitted(area, actor)
    _check(said, at)
    return _put(said, area, actor, at)


@deed
def load_time_rule(*, at: datetime) -> bool:
    """Put the rule of the file in force everywhere where none was ever; returns whether it did."""
    if TimeRule.objects.filter(area__isnull=True, unit_kind="").exists():
        return False
    _put(Said(figures=usual_figures(), grounds=STATUTORY, valid_from=at), None, SYSTEM, at)
    return True


def _area(code: str) -> Area | None:
    if not code:
        return None
    area = Area.objects.filter(pk=code, level__in=MAY_SET).first()
    if area is None:
        raise Invalid(_("Name a county or a city."), fields={"area": [_("Unknown area.")]})
    return area


def _permitted(area: Area | None, actor: Actor) -> None:
    """Whoever oversees an area sets what holds in it; what holds everywhere is for those who keep the lists of all."""
    if not actor.holds(CAPABILITY):
        raise NotAllowed(_("Your role does not include this."))
    if not may_set_for(actor=actor, area=area):
        raise NotAllowed(_("This is outside the area and the units that you work for."))


def may_set_for(*, actor: Actor, area: Area | None) -> bool:
    """Whether somebody sets what holds in an area; None is everywhere."""
    prefix = prefix_of(code=area.code, level=area.level) if area else ""
    seats = [seat for seat in actor.seats if CAPABILITY in seat.capabilities]
    return any(not seat.territory or prefix.startswith(seat.territory) for seat in seats)


def _check(said: Said, at: datetime) -> None:
    wrong: dict[str, list[Any]] = {}
    for name in FIGURES:
        least, most = bounds_of(name)
        if not least <= Decimal(said.figures[name]) <= most:
            wrong[name] = [_("From %(least)s to %(most)s.") % {"least": least, "most": most}]
    if said.unit_kind and said.unit_kind not in UnitKind.values:
        wrong["unit_kind"] = [pgettext("unit", "Unknown kind.")]
    if not said.grounds.strip():
        wrong["grounds"] = [_("Required.")]
    if said.valid_from < at:
        wrong["valid_from"] = [_("A rule holds from now on or later, never backwards.")]
    if wrong:
        raise Invalid(_("Some figures are not possible."), fields=wrong)


def bounds_of(name: str) -> tuple[int, int]:
    """The least and the most that a figure may be."""
    if name in EXTENSIONS.values():
        return 0, MOST_EXTENSION
    if name in PAUSES.values():
        return 0, MOST_PAUSE
    return 0, MOST_ORDERS if name == "quota_number" else 1


def _put(said: Said, area: Area | None, actor: Actor, at: datetime) -> TimeRule:
    same = TimeRule.objects.select_for_update(of=("self",)).filter(area=area, unit_kind=said.unit_kind)
    if same.filter(valid_from__gte=said.valid_from).exists():
        raise Conflict(_("A rule that begins then or later is set already."), code="later_rule")
    same.filter(valid_until__isnull=True).update(valid_until=said.valid_from)
    rule = TimeRule(
        id=new_id(at=at),
        area=area,
        unit_kind=said.unit_kind,
        grounds=said.grounds.strip(),
        valid_from=said.valid_from,
        set_by_id=actor.user_id,
        set_at=at,
        **{name: said.figures[name] for name in FIGURES},
    )
    try:
        with transaction.atomic():
            rule.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("Somebody else has set it this instant.")) from error
    record(_happened(rule), actor=actor, at=at)
    return rule


def _happened(rule: TimeRule) -> TimeRuleSet:
    return TimeRuleSet(
        case_id=rule.pk,
        subject_id=rule.area_id or "everywhere",
        area=rule.area_id or "",
        unit_kind=rule.unit_kind,
        extension=[int(rule.figures[name]) for name in EXTENSIONS.values()],
        pause=[int(rule.figures[name]) for name in PAUSES.values()],
        quota=[str(rule.quota_number), str(rule.quota_share)],
        valid_from=instant(rule.valid_from),
    )
