"""Enforcement teams of townships (1+X+Y): founded, people posted down to them and recalled, ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Message
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.choices import TeamKind, UnitKind
from organizations.events import PostedDown, Recalled, TeamEnded, TeamFounded
from organizations.models import Matter, Membership, Team, Unit, User
from organizations.queries.teams import homes, manage_verdict, works_for

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,31}\Z")


@deed
def found_team(
    *,
    code: str,
    name: str,
    township_id: int,
    kind: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_until: date | None = None,
    powers: Sequence[str] = (),
) -> Team:
    """Give a township a team from a day on, until another (the first on which it is no more) or for good.

    `powers` are codes of matters that it may act in. Raises NotAllowed, Invalid by field, Conflict where somebody
    founded the same meanwhile.
    """
    township = _township(township_id, actor=actor)
    team = Team(
        id=new_id(at=at),
        code=code.strip(),
        name=name.strip(),
        township=township,
        kind=kind,
        valid_from=valid_from,
        valid_until=valid_until,
        changed_at=at,
    )
    matters = {one.code: one for one in Matter.objects.filter(code__in=powers)}
    _check(team, unknown=sorted(set(powers) - matters.keys()))
    team.save(force_insert=True)
    team.powers.set(matters.values())
    record(_founded(team, powers=sorted(matters)), actor=actor, at=at)
    return team


def _founded(team: Team, *, powers: list[str]) -> TeamFounded:
    return TeamFounded(
        **_identity(team),
        code=team.code,
        kind=team.kind,
        township=team.township_id,
        powers=powers,
        valid_from=team.valid_from.isoformat(),
        valid_until=_day(team.valid_until),
    )


@deed
def post_down(
    *,
    team_id: Any,
    user_id: int,
    home_id: int,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_until: date | None = None,
    version: int | None = None,
) -> Membership:
    """Post somebody of a department down to a team from a day on; without an end, for as long as the team exists.

    Raises Missing, NotAllowed, Stale, Invalid by field: one person is in one team at a time, and works for `home_id`.
    """
    team = _locked(team_id, actor=actor, version=version)
    until = valid_until or team.valid_until
    _check_period(team, valid_from, valid_until)
    # The row of the person is the lock under which memberships are compared.
    person = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    if person is None:
        raise Invalid(_("There is no such person."), fields={"person": [_("There is no such person.")]})
    if not homes().filter(pk=home_id).exists():
        raise Invalid(_("Nobody is posted down from there."), fields={"home": [_("A department or a station.")]})
    if not works_for(user_id=person.pk, unit_id=home_id, at=at):
        why = _("The person does not work for this department.")
        raise Invalid(why, fields={"person": [why]})
    if Membership.objects.filter(user=person).overlapping(start=valid_from, end=until).exists():
        why = _("The person is in a team in that period already.")
        raise Invalid(why, fields={"person": [why]})
    member = Membership(team=team, user=person, home_id=home_id, valid_from=valid_from, valid_until=until)
    member.save(force_insert=True)
    _touch(team, at)
    happened = PostedDown(
        **_identity(team),
        user_id=person.pk,
        home=home_id,
        valid_from=valid_from.isoformat(),
        valid_until=_day(until),
    )
    record(happened, actor=actor, at=at)
    return member


@deed
def recall(
    *, team_id: Any, membership_id: int, on: date, actor: Actor, at: datetime, version: int | None = None
) -> Membership:
    """Send somebody back: from `on` he works in the department again. Raises as post_down(), Conflict if he is back."""
    team = _locked(team_id, actor=actor, version=version)
    held = Membership.objects.select_for_update().filter(team=team, pk=membership_id)
    member: Membership | None = held.first()
    if member is None:
        why = _("Nobody was posted down so.")
        raise Invalid(why, fields={"membership": [why]})
    if member.valid_until is not None and member.valid_until <= on:
        raise Conflict(_("The person is back by that day already."))
    if on <= member.valid_from:
        why = _("After the day of posting down.")
        raise Invalid(why, fields={"on": [why]})
    member.valid_until = on
    member.save(update_fields=["valid_until"])
    _touch(team, at)
    happened = Recalled(**_identity(team), user_id=member.user_id, home=member.home_id, valid_until=on.isoformat())
    record(happened, actor=actor, at=at)
    return member


@deed
def end_team(*, team_id: Any, on: date, actor: Actor, at: datetime, version: int | None = None) -> Team:
    """End a team: from `on` it is no more, and its people are back. Raises as recall() does."""
    team = _locked(team_id, actor=actor, version=version)
    if team.valid_until is not None and team.valid_until <= on:
        raise Conflict(_("The team has ended by that day already."))
    late = Membership.objects.filter(team=team, valid_from__gte=on).exists()
    if on <= team.valid_from or late:
        why = _("After the day on which the team, and everybody in it, began.")
        raise Invalid(why, fields={"on": [why]})
    # First the people, then the team: none outlasts it.
    staying = Membership.objects.filter(team=team).overlapping(start=on, end=None).order_by("pk")
    people = list(staying.select_for_update().values_list("user_id", flat=True))
    staying.update(valid_until=on)
    team.valid_until = on
    _touch(team, at, "valid_until")
    happened = TeamEnded(**_identity(team), valid_until=on.isoformat(), people=people)
    record(happened, actor=actor, at=at)
    return team


def _township(township_id: int, *, actor: Actor) -> Unit:
    """The township, where the actor keeps its teams."""
    require(manage_verdict(actor=actor, township_id=township_id))
    township = Unit.objects.working().filter(pk=township_id, kind=UnitKind.TOWNSHIP).first()
    if township is None:
        raise Invalid(_("There is no such township."), fields={"township": [_("There is no such township.")]})
    return township


def _locked(team_id: Any, *, actor: Actor, version: int | None) -> Team:
    team: Team = Team.objects.locked(team_id, version=version)
    require(manage_verdict(actor=actor, township_id=team.township_id))
    return team


def _touch(team: Team, at: datetime, *columns: str) -> None:
    team.version += 1
    team.changed_at = at
    team.save(update_fields=["version", "changed_at", *columns])


def _check(team: Team, *, unknown: Sequence[str]) -> None:
    fields: dict[str, list[Message]] = {}
    if why := _code_fault(team.code):
        fields["code"] = [why]
    if not team.name:
        fields["name"] = [_("Required.")]
    if team.kind not in TeamKind.values:
        fields["kind"] = [_("There is no such kind of team.")]
    if unknown:
        fields["powers"] = [_("There is no such matter: %s") % ", ".join(unknown)[:200]]
    if team.valid_until is not None and team.valid_until <= team.valid_from:
        fields["valid_until"] = [_("The period ends before it begins.")]
    elif team.kind == TeamKind.SQUAD and _has_squad(team):
        fields["kind"] = [_("The township has its squad in that period already.")]
    if fields:
        raise Invalid(_("This team is not possible."), fields=fields)


def _code_fault(code: str) -> str:
    if not CODE.match(code):
        return _("Capital letters, digits and hyphens, at most 32.")
    return _("Another team has this code.") if Team.objects.filter(code=code).exists() else ""


def _has_squad(team: Team) -> bool:
    squads = Team.objects.filter(township=team.township, kind=TeamKind.SQUAD)
    return squads.overlapping(start=team.valid_from, end=team.valid_until).exists()


def _check_period(team: Team, start: date, end: date | None) -> None:
    fields: dict[str, list[Message]] = {}
    if start < team.valid_from or (team.valid_until is not None and start >= team.valid_until):
        fields["valid_from"] = [_("The team does not exist on that day.")]
    if end is not None and end <= start:
        fields["valid_until"] = [_("The period ends before it begins.")]
    elif end is not None and team.valid_until is not None and end > team.valid_until:
        fields["valid_until"] = [_("The team does not exist for that long.")]
    if fields:
        raise Invalid(_("This period is not possible."), fields=fields)


def _identity(team: Team) -> dict[str, Any]:
    """The fields by which every event names the team; it is a case of its own."""
    return {"case_id": team.pk, "subject_id": str(team.pk)}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
