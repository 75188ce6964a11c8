"""Areas, units, people and list entries for tests, each made with whatever it needs above it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from organizations.choices import DIGITS, AreaLevel, Duty, LeadRule, Role, UnitKind
from organizations.models import Area, Matter, Posting, ResponsibilityEntry, Unit, User
from organizations.places import area_code

COUNTY = "370404000000"
TOWNSHIP = "370404101000"
VILLAGE = "370404101243"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

_numbers = count(1)


def level_of(code: str) -> AreaLevel:
    """The level that a 12-digit code names."""
    return next(AreaLevel(level) for level, digits in DIGITS.items() if not code[digits:].strip("0"))


def area(code: str = COUNTY, name: str = "") -> Area:
    """The area of a code, with every area around it."""
    level = level_of(code)
    above = list(DIGITS)[: list(DIGITS).index(level)]
    parent = area(area_code(place=code, level=above[-1])) if above else None
    made, _created = Area.objects.get_or_create(
        code=code, defaults={"name": name or f"{level} {code}", "level": level, "parent": parent}
    )
    return made


def unit(kind: str = UnitKind.DEPARTMENT, place: str = COUNTY, **fields: Any) -> Unit:
    """A body of a kind at a place; its level is the place's."""
    home = area(place)
    number = next(_numbers)
    given = {"code": f"U{number}", "name": f"{kind} {number}", "level": home.level} | fields
    return Unit.objects.create(kind=kind, area=home, **given)


def user(**fields: Any) -> User:
    """Somebody who can sign in with the password "a-long-password"."""
    return User.objects.create_user(
        **({"username": f"person-{next(_numbers)}", "password": "a-long-password"} | fields)
    )


def posting(role: str = Role.HANDLER, **fields: Any) -> Posting:
    """A posting in force since long ago."""
    if "unit" not in fields:
        fields["unit"] = unit()
    if "user" not in fields:
        fields["user"] = user()
    return Posting.objects.create(**({"role": role, "valid_from": LONG_AGO} | fields))


def matter(**fields: Any) -> Matter:
    """A matter with a limit of five working days."""
    number = next(_numbers)
    given = {
        "code": f"M{number}",
        "name": f"matter {number}",
        "domain": "城乡建设",
        "petition_kind": "livelihood",
        "limit_value": 5,
        "limit_unit": "workday",
    }
    return Matter.objects.create(**(given | fields))


def entry(duty: str = Duty.LEAD, place: str = COUNTY, **fields: Any) -> ResponsibilityEntry:
    """An entry of the list from 2025 on, for a department of its own unless a unit or a rule is given."""
    area(place)
    given: dict[str, Any] = {"code": f"E{next(_numbers)}", "valid_from": date(2025, 1, 1), "rule": LeadRule.UNIT}
    given |= fields
    if given["rule"] == LeadRule.UNIT and "unit" not in given:
        given["unit"] = unit()
    if "matter" not in given:
        given["matter"] = matter()
    return ResponsibilityEntry.objects.create(duty=duty, area_id=place, **given)
