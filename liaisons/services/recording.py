"""Writing down a visit: what was found, what was solved on the spot, and what is passed on as a petition."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from grids.queries import locate
from kernel.actors import Actor, Seat
from kernel.deeds import deed
from kernel.errors import Invalid, Missing
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from liaisons.choices import Outcome
from liaisons.deadlines import LATEST_RECORD
from liaisons.events import PlaceVisited
from liaisons.models import Assignment, Visit
from liaisons.queries.places import place_of
from liaisons.queries.rights import record_verdict
from petitions.choices import Channel, Nature
from petitions.models import Petition
from petitions.services.filing import ReporterData, file_petition


@dataclass(frozen=True, kw_only=True)
class PassedOn:
    """What becomes a petition, filed by the official for whoever told him of it."""

    title: str
    nature: str = Nature.HELP
    category_code: str = ""
    reporter: ReporterData = field(default_factory=ReporterData)
    confidential: bool = False


@deed
def record_visit(
    *,
    assignment_id: Any,
    visited_at: datetime,
    found: str,
    actor: Actor,
    at: datetime,
    solved: str = "",
    place: str = "",
    spot: str = "",
    lng: float | None = None,
    lat: float | None = None,
    passed_on: PassedOn | None = None,
) -> Visit:
    """Write a visit down; with `passed_on` the petition is filed in the same deed and goes the usual way.

    `place` is a grid inside the assigned place, the assigned place itself unless told; a point says it more exactly.
    Raises Missing, NotAllowed, Invalid naming the field.
    """
    held: Assignment | None = Assignment.objects.visible_to(actor).filter(pk=assignment_id).first()
    if held is None:
        raise Missing(_("This does not exist, or not for you."))
    require(record_verdict(actor=actor, official_id=held.user_id))
    _check(held, visited_at=visited_at, found=found, at=at)
    visit = Visit(
        id=new_id(at=at),
        assignment=held,
        user_id=held.user_id,
        unit_id=held.unit_id,
        place=_where(held, place=place, lng=lng, lat=lat),
        spot=spot.strip(),
        visited_at=visited_at,
        found=found.strip(),
        solved=solved.strip(),
        recorded_at=at,
    )
    if passed_on is not None:
        visit.petition = _file(visit, passed_on, lng=lng, lat=lat, actor=actor, at=at)
    visit.outcome = Outcome.PASSED if passed_on else Outcome.SOLVED if visit.solved else Outcome.NOTED
    visit.save(force_insert=True)
    record(_visited(visit), actor=actor, at=at)
    return visit


def _check(held: Assignment, *, visited_at: datetime, found: str, at: datetime) -> None:
    if visited_at > at:
        raise Invalid.field("visited_at", _("This lies ahead."))
    if at - visited_at > LATEST_RECORD:
        raise Invalid.field("visited_at", _("A visit is written down within a month."))
    if not held.holds(timezone.localtime(visited_at).date()):
        raise Invalid.field("visited_at", _("The official was not assigned to this place on that day."))
    if not found.strip():
        raise Invalid.field("found", _("Required."))


def _where(held: Assignment, *, place: str, lng: float | None, lat: float | None) -> str:
    """The place of a visit, which lies inside the assigned one."""
    if (lng is None) != (lat is None):
        raise Invalid.field("lng", _("A point needs longitude and latitude."))
    if lng is not None and lat is not None:
        if not (-180 <= lng <= 180 and -90 <= lat <= 90):
            raise Invalid.field("lng", _("There is no such point."))
        spotted = locate(lng=lng, lat=lat)
        codes = (spotted.cell_code, *spotted.others) if spotted is not None else ()
        inside = [one for one in codes if one.startswith(held.place)]
        if not inside:
            raise Invalid.field("lng", _("This point lies outside of the assigned place."))
        return inside[0]
    if place and (not place.startswith(held.place) or place_of(code=place) is None):
        raise Invalid.field("place", _("This lies outside of the assigned place."))
    return place or held.place


def _file(
    visit: Visit, said: PassedOn, *, lng: float | None, lat: float | None, actor: Actor, at: datetime
) -> Petition:
    """File what the official passes on. The assignment itself is the seat that he files from, whatever his role."""
    seat = Seat(role="liaison", capabilities=frozenset({"petition.file"}), territory=visit.assignment.place)
    return file_petition(
        actor=Actor(key=actor.key, user_id=actor.user_id, seats=(*actor.seats, seat)),
        at=at,
        nature=said.nature,
        channel=Channel.TOWNSHIP,
        title=said.title,
        description=visit.found,
        category_code=said.category_code,
        address=visit.spot,
        area_code=visit.place,
        lng=lng,
        lat=lat,
        reporter=said.reporter,
        confidential=said.confidential,
    )


def _visited(visit: Visit) -> PlaceVisited:
    return PlaceVisited(
        case_id=visit.assignment_id,
        subject_id=str(visit.pk),
        user_id=visit.user_id,
        place=visit.place,
        outcome=visit.outcome,
        petition=str(visit.petition_id) if visit.petition_id else "",
    )
