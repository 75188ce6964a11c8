"""Questions about calls: what may be done, who would lead by the list, who comes, what stands against a refusal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from calls.choices import OWED_PARTS, Kind
from calls.models import Call, Part
from calls.policies import FILE, part_verdict, verdict
from calls.workflow import BY_ITSELF, CALLS, PARTS
from dispatch.queries import imagined, route_of
from kernel.actors import Actor
from kernel.permissions import Verdict
from kernel.workflow import Move
from organizations.choices import UnitKind
from organizations.models import Membership, Posting, ResponsibilityEntry, Team, Unit, User
from petitions.choices import Urgency
from petitions.models import Category, Petition

# Centres hand out, villages are told by their township, committees mediate, and an enterprise is no office.
NEVER_CALLED = (UnitKind.COMMAND_CENTER, UnitKind.MEDIATION_COMMITTEE, UnitKind.VILLAGE, UnitKind.ENTERPRISE)
WITH_PART = ("unit", "person", "refusal_entry")


def move_verdict(*, move: str, call: Call, actor: Actor) -> Verdict:
    """Whether the actor may make a move of the table now."""
    capability = next(row.capability for row in CALLS.table if row.move == move)
    return verdict(capability=capability, move=move, call=call, actor=actor, serves=serves(call=call, actor=actor))


def moves_of(*, call: Call, actor: Actor) -> list[Move]:
    """What the actor may do with a call now, and why not where not."""
    of_team = serves(call=call, actor=actor)
    offered = CALLS.moves(
        state=call.state,
        verdict=lambda row: verdict(capability=row.capability, move=row.move, call=call, actor=actor, serves=of_team),
    )
    return [one for one in offered if one.move not in BY_ITSELF]


def people_sent(*, call: Call) -> list[int]:
    """The people of the own team that was sent: whoever was in it on that day, or came to it since."""
    if call.team_id is None:
        return []
    members = Membership.objects.filter(team_id=call.team_id)
    return list(
        members.overlapping(start=timezone.localdate(call.filed_at), end=None).values_list("user_id", flat=True)
    )


def serves(*, call: Call, actor: Actor) -> bool:
    """Whether the actor is one of the own team that was sent. One query, none where no team was."""
    return actor.user_id is not None and actor.user_id in people_sent(call=call)


def teams_to_send(*, actor: Actor, township_id: int, on: date) -> QuerySet[Team]:
    """The teams of a township that exist on a day and have somebody in them, for those who may send one."""
    if not actor.may(FILE, units=[township_id]):
        return Team.objects.none()
    here = Membership.objects.in_force(on).filter(team=OuterRef("pk"))
    found: QuerySet[Team] = Team.objects.in_force(on).filter(Exists(here), township_id=township_id)
    return found.order_by("code")


def part_move_verdict(*, move: str, part: Part, actor: Actor) -> Verdict:
    """Whether the actor may make a move of a cooperating unit now."""
    capability = next(row.capability for row in PARTS.table if row.move == move)
    return part_verdict(capability=capability, move=move, part=part, center_id=part.call.center_id, actor=actor)


def part_moves(*, part: Part, actor: Actor) -> list[Move]:
    """What the actor may do about a cooperating unit now."""
    center = part.call.center_id
    offered = PARTS.moves(
        state=part.state,
        verdict=lambda row: part_verdict(
            capability=row.capability, move=row.move, part=part, center_id=center, actor=actor
        ),
    )
    return [one for one in offered if one.move not in BY_ITSELF]


def parts_of(*, call: Call) -> QuerySet[Part]:
    """The cooperating units of the round that a call is in."""
    return Part.objects.filter(call=call, round=call.round).select_related("call", *WITH_PART).order_by("pk")


def owes(*, call: Call, actor: Actor) -> bool:
    """Whether a unit of the actor still owes its part of a call."""
    return call.parts.filter(unit_id__in=actor.unit_ids, state__in=OWED_PARTS).exists()


def imagined_for(*, category: Category | None, place: str, kind: str) -> Petition:
    """The question that a call puts to the list, as a petition that nobody filed. It is never stored."""
    urgency = Urgency.CRITICAL if kind == Kind.EMERGENCY else Urgency.ORDINARY
    if category is not None:
        return imagined(category=category, place=place, urgency=urgency)
    codes = {"county_code": place[:6], "township_code": place[:9], "village_code": place[:12]}
    return Petition(urgency=urgency, **codes)


def listed_for(*, call: Call, at: datetime) -> Any:
    """What the list says about a call now: dispatch's own decision with each step, or why there is none."""
    return route_of(petition=imagined_for(category=call.category, place=call.place, kind=call.kind), at=at)


def callable_units(*, call: Call) -> QuerySet[Unit]:
    """The units that may be called: those of the caller's county, but not the caller itself."""
    near = Unit.objects.working().filter(area__code__startswith=call.place[:6])
    return near.exclude(kind__in=NEVER_CALLED).exclude(pk=call.caller_id).order_by("name")


def colleagues(*, unit_id: int, at: datetime, team_id: UUID | None = None) -> QuerySet[User]:
    """Who may be named as the one who comes: whoever is posted in the unit, or in the own team that was sent."""
    posted: QuerySet[Any, Any] = Posting.objects.in_force(at).filter(unit_id=unit_id)
    if team_id is not None:
        posted = Membership.objects.in_force(timezone.localdate(at)).filter(team_id=team_id)
    posted = posted.values("user_id")
    return User.objects.filter(pk__in=posted, is_active=True).order_by("display_name", "pk")


def rows_for_refusal(*, call: Call, unit_id: int, on: Any) -> QuerySet[ResponsibilityEntry]:
    """The rows of the list on which a called unit may rest a refusal: those of the matter, else those of its own."""
    rows = ResponsibilityEntry.objects.in_force(on).select_related("matter", "unit")
    matter = call.category.matter_id if call.category else None
    if matter is not None:
        return rows.filter(matter_id=matter).order_by("code")
    return rows.filter(unit_id=unit_id).order_by("code")


def sees_petition(*, call: Call, actor: Actor) -> bool:
    """Whether the actor sees the petition that a call rests on; a unit that was only called does not (F17)."""
    return bool(call.petition_id and Petition.objects.visible_to(actor).filter(pk=call.petition_id).exists())


def seen_petitions(*, petition_ids: set[UUID], actor: Actor) -> set[UUID]:
    """Those among the petitions that the actor sees. One query, none for none."""
    if not petition_ids:
        return set()
    return set(Petition.objects.visible_to(actor).filter(pk__in=petition_ids).values_list("pk", flat=True))


def calls_of(*, case_id: UUID, actor: Actor) -> QuerySet[Call]:
    """The calls of a case that the actor sees, the newest first."""
    found: QuerySet[Call] = Call.objects.visible_to(actor).filter(case_id=case_id)
    return found.select_related("lead", "caller", "team", "person").order_by("-filed_at")
