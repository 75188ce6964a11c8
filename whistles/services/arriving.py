"""Checking in: by person, with time and, where it is known, place. Who comes after the time named is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.distance import metres_apart
from kernel.errors import Conflict, Invalid
from kernel.events import record
from whistles.choices import Attendance
from whistles.deadlines import CHECK_IN_BEFORE
from whistles.events import CheckedIn
from whistles.models import CheckIn, Summons, Whistle
from whistles.services import whistles
from whistles.services.answering import RECEIPT
from whistles.services.own import own_summons, summons_of
from whistles.workflow import WHISTLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a telephone says it is, in degrees; nothing where it does not say."""

    lng: float | None = None
    lat: float | None = None


NOWHERE = Spot()


@deed
def check_in(
    *, whistle_id: Any, actor: Actor, at: datetime, spot: Spot = NOWHERE, unit_id: int | None = None
) -> CheckIn:
    """Say "I am here" for one's unit. Raises Conflict a second time, too early, or for a unit that is excused."""
    whistle = whistles.locked(whistle_id=whistle_id)
    summons = own_summons(whistle=whistle, move="check_in", actor=actor, unit_id=unit_id)
    if CheckIn.objects.filter(summons=summons, user=actor.user_id).exists():
        raise Conflict(_("You have checked in already."), code="checked_in_already")
    _refuse_early(whistle, at)
    WHISTLES.advance(whistle, "check_in")
    return _arrive(whistle, summons, CheckIn(user_id=actor.user_id), spot, actor=actor, at=at)


@deed
def call_roll(
    *, whistle_id: Any, unit: int, name: str, actor: Actor, at: datetime, version: int | None = None
) -> CheckIn:
    """Whoever writes the minutes checks in somebody who has no telephone at hand, by name."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    summons = summons_of(whistle=whistle, move="call_roll", unit_id=unit, actor=actor)
    WHISTLES.advance(whistle, "call_roll", given={"unit": unit, "name": name.strip()})
    _refuse_early(whistle, at)
    if summons.attendance == Attendance.EXCUSED:
        raise Conflict(_("This unit is excused."), code="excused")
    if CheckIn.objects.filter(summons=summons, name=name.strip()).exists():
        raise Conflict(_("This person is checked in already."), code="checked_in_already")
    return _arrive(whistle, summons, CheckIn(name=name.strip()), NOWHERE, actor=actor, at=at)


def _arrive(whistle: Whistle, summons: Summons, person: CheckIn, spot: Spot, *, actor: Actor, at: datetime) -> CheckIn:
    """Write the person down; the first of a unit decides what the unit counts as."""
    person.summons, person.checked_at, person.recorded_by_id = summons, at, actor.user_id
    person.lng, person.lat = checked(spot)
    person.metres = metres_between(whistle=whistle, spot=spot)
    person.save(force_insert=True)
    if summons.arrived_at is None:
        late = at > whistle.meets_at or summons.absent_at is not None
        summons.attendance, summons.arrived_at = Attendance.LATE if late else Attendance.PRESENT, at
        summons.save(update_fields=["attendance", "arrived_at"])
        timers.cancel(subject_id=str(summons.pk), kinds=[RECEIPT], at=at)
    happened = CheckedIn(
        **whistles.identity(whistle),
        unit=summons.unit_id,
        check_in=person.pk,
        attendance=summons.attendance,
        metres=-1 if person.metres is None else person.metres,
    )
    record(happened, actor=actor, at=at)
    return person


def checked(spot: Spot) -> tuple[float | None, float | None]:
    """The point. Raises Invalid for half of one, or one that does not exist."""
    if (spot.lng is None) != (spot.lat is None):
        raise Invalid(_("A point needs longitude and latitude."), fields={"lng": [_("Both or neither.")]})
    if spot.lng is not None and spot.lat is not None and not (-180 <= spot.lng <= 180 and -90 <= spot.lat <= 90):
        raise Invalid(_("There is no such point."), fields={"lng": [_("Out of range.")]})
    return spot.lng, spot.lat


def metres_between(*, whistle: Whistle, spot: Spot) -> int | None:
    """How far a point is from where to meet; None where one of the two is not known."""
    if whistle.lng is None or whistle.lat is None or spot.lng is None or spot.lat is None:
        return None
    return metres_apart(lng=whistle.lng, lat=whistle.lat, other_lng=spot.lng, other_lat=spot.lat)


def _refuse_early(whistle: Whistle, at: datetime) -> None:
    opens = whistle.meets_at - CHECK_IN_BEFORE
    if at < opens:
        when = f"{timezone.localtime(opens):%Y-%m-%d %H:%M}"
        raise Conflict(_("Checking in is possible from %(when)s.") % {"when": when}, code="too_early")
