"""The enforcement teams of the seven townships: 140 people of departments and stations posted down (1+X+Y)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kernel.actors import SYSTEM
from organizations.choices import Duty, TeamKind, UnitKind
from organizations.models import ResponsibilityEntry, Unit, User
from organizations.services.teams import found_team, post_down

COUNTY = "370404"


@dataclass(frozen=True, slots=True)
class Part:
    """One team of a township; `homes` says how many come from which department, or from its station there."""

    kind: TeamKind
    name: str
    homes: tuple[tuple[str, int], ...]


# 20 people per township. A home that begins with SA is the department's station in the township.
PARTS = (
    Part(TeamKind.SQUAD, "综合行政执法中队", (("DP-CITYLAW", 9),)),  # zh: teams are named so
    Part(
        TeamKind.STATIONED,
        "派驻执法力量",  # zh: teams are named so
        (("SA-POLICE", 2), ("SA-MARKET", 2), ("SA-NATRES", 2), ("SA-ECO", 1)),
    ),
    Part(
        TeamKind.AUXILIARY,
        "辅助执法力量",  # zh: teams are named so
        (("DP-EMERGENCY", 1), ("DP-HOUSING", 1), ("DP-TRANSPORT", 1), ("DP-AGRI", 1)),
    ),
)


def enforcers() -> Iterator[tuple[str, str]]:
    """Username and code of the home of everybody who is posted down."""
    for township in _townships():
        for part in PARTS:
            yield from _people(township, part)


def make_teams(*, valid_from: date, at: datetime) -> None:
    """Three teams per township, with the enforcement matters of their departments as powers."""
    units = dict(Unit.objects.values_list("code", "pk"))
    users = dict(User.objects.filter(username__startswith="enforcer").values_list("username", "pk"))
    for township in _townships():
        for part in PARTS:
            team = found_team(
                code=f"ET-{township.area_id[:9]}-{part.kind.upper()}",
                name=f"{township.area.name}{part.name}",
                township_id=township.pk,
                kind=part.kind,
                powers=_powers(part),
                valid_from=valid_from,
                actor=SYSTEM,
                at=at,
            )
            for username, home in _people(township, part):
                post_down(
                    team_id=team.pk,
                    user_id=users[username],
                    home_id=units[home],
                    valid_from=valid_from,
                    actor=SYSTEM,
                    at=at,
                )


def _townships() -> list[Unit]:
    return list(Unit.objects.filter(kind=UnitKind.TOWNSHIP).order_by("area_id").select_related("area"))


def _people(township: Unit, part: Part) -> Iterator[tuple[str, str]]:
    place = township.area_id.removeprefix(COUNTY)[:3]
    for home, number in part.homes:
        kind, name = home.split("-")
        code = f"SA-{COUNTY}{place}-{name}" if kind == "SA" else f"DP-{COUNTY}-{name}"
        for one in range(1, number + 1):
            yield f"enforcer{place}.{name.lower()}{one}", code


def _powers(part: Part) -> list[str]:
    """The enforcement matters that the list gives to the departments whose people are in the team."""
    departments = [f"DP-{COUNTY}-{home.split('-')[1]}" for home, _number in part.homes]
    entries = ResponsibilityEntry.objects.filter(
        duty=Duty.LEAD, unit__code__in=departments, matter__petition_kind="enforcement"
    )
    return sorted(set(entries.values_list("matter__code", flat=True)))
