"""Everybody who works in the district, with names made of families' and given names, each with a posting or several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password

from governance.demo import developing, files, teamed
from governance.demo.chance import chance
from grids.choices import CellKind
from grids.models import Cell
from kernel.actors import SYSTEM
from kernel.events import instant, record_many
from organizations.choices import Role, UnitKind
from organizations.events import Appointed, person
from organizations.models import Posting, Unit, User

CITIZENS = 20
LEADERS = 4
# Who gets many orders has two people for them.
BUSY = ("DP-370404-CITYLAW", "DP-370404-HOUSING", "DP-370404-MARKET", "DP-370404-POLICE", "UT-370404-POWER")
HANDLING = (UnitKind.DEPARTMENT, UnitKind.STATIONED_AGENCY, UnitKind.ENTERPRISE, UnitKind.UTILITY)


@dataclass(frozen=True, slots=True)
class Job:
    """One person to be: account, and the postings as unit code, role and grid."""

    username: str
    postings: tuple[tuple[str, str, str], ...]
    phone: str = ""


def make_people(*, seed: int, valid_from: datetime, at: datetime) -> None:
    """Accounts with the one demo password, and postings with their events."""
    jobs = [*_centre(), *_bodies(), *_leaders(), *_villages(), *_grids(), *_citizens(), *_enforcers(), *_companies()]
    random = chance(seed, "names")
    password = make_password(settings.DEMO_PASSWORD)
    users = User.objects.bulk_create(_user(job, password, random, at) for job in jobs)
    units = dict(Unit.objects.values_list("code", "id"))
    postings = Posting.objects.bulk_create(
        Posting(user=user, unit_id=units[unit], role=role, cell_code=cell, valid_from=valid_from)
        for user, job in zip(users, jobs, strict=True)
        for unit, role, cell in job.postings
    )
    record_many([_appointed(posting) for posting in postings], actor=SYSTEM, at=at)


def _centre() -> Iterator[Job]:
    here = "CC-370404"
    for username, role in (
        ("dispatcher", Role.DISPATCHER),
        ("dispatcher2", Role.DISPATCHER),
        ("verifier", Role.VERIFIER),
        ("verifier2", Role.VERIFIER),
        ("director", Role.CENTER_DIRECTOR),
        ("supervisor", Role.SUPERVISOR),
        ("administrator", Role.ADMINISTRATOR),
    ):
        yield Job(username, ((here, role, ""),))
    yield Job("keeper", (("DP-370404-POST", Role.LIST_KEEPER, ""),))
    yield Job("citydispatcher", (("CC-3704", Role.DISPATCHER, ""),))


def _bodies() -> Iterator[Job]:
    """Of each body outside of the centre and the villages, whoever works on its orders."""
    for unit in Unit.objects.order_by("id").select_related("area"):
        _kind, area, *name = unit.code.lower().split("-")
        place = area.removeprefix("370404")
        if unit.kind in HANDLING:
            username = f"{name[0]}{place}"
            yield Job(username, ((unit.code, Role.HANDLER, ""),))
            if unit.kind == UnitKind.DEPARTMENT:
                yield Job(f"head.{username}", ((unit.code, Role.DEPARTMENT_HEAD, ""),))
            if unit.code in BUSY:
                yield Job(f"{username}.2", ((unit.code, Role.HANDLER, ""),))
        elif unit.kind == UnitKind.MEDIATION_COMMITTEE:
            yield Job(f"mediator{place}", ((unit.code, Role.MEDIATOR, ""),))
        elif unit.kind == UnitKind.TOWNSHIP:
            yield Job(f"officer{place}", ((unit.code, Role.TOWNSHIP_OFFICER, ""),))
            yield Job(f"mayor{place}", ((unit.code, Role.TOWNSHIP_HEAD, ""),))
        elif unit.kind == UnitKind.COMMAND_CENTER and place and place != "3704":
            yield Job(f"dispatcher{place}", ((unit.code, Role.DISPATCHER, ""),))


def _leaders() -> Iterator[Job]:
    """County leaders, each in charge of some departments: what these leave unanswered comes to him."""
    departments = Unit.objects.filter(kind=UnitKind.DEPARTMENT, area_id="370404000000").order_by("id")
    codes = list(departments.values_list("code", flat=True))
    for number in range(LEADERS):
        yield Job(f"leader{number + 1}", tuple((code, Role.COUNTY_LEADER, "") for code in codes[number::LEADERS]))


def _villages() -> Iterator[Job]:
    """The officer of a village works its orders, and accepts what comes to the centre's workstation there."""
    for code in Unit.objects.filter(kind=UnitKind.VILLAGE).order_by("code").values_list("code", flat=True):
        yield Job(f"village{code[-6:]}", ((code, Role.VILLAGE_OFFICER, ""),))


def _grids() -> Iterator[Job]:
    """A gridworker per grid, a leader per village with all of its basic grids. No real number begins with a nought."""
    led: dict[str, list[str]] = {}
    for code, kind in Cell.objects.order_by("code").values_list("code", "kind"):
        unit = f"VL-{code[:12]}"
        yield Job(f"grid{code[-9:]}", ((unit, Role.GRIDWORKER, code),), phone=f"0632-0{code[-6:]}")
        if kind == CellKind.BASIC:
            led.setdefault(unit, []).append(code)
    for unit, cells in led.items():
        yield Job(f"leader{unit[-6:]}", tuple((unit, Role.GRID_LEADER, cell) for cell in cells))


def _citizens() -> Iterator[Job]:
    yield Job("citizen", ())
    for number in range(2, CITIZENS + 1):
        yield Job(f"citizen{number}", ())


def _enforcers() -> Iterator[Job]:
    """Those whom departments have posted down to townships; last, so that everybody else keeps the name they had."""
    for username, home in teamed.enforcers():
        yield Job(username, ((home, Role.ENFORCER, ""),))


def _companies() -> Iterator[Job]:
    """The contact of each company of the register; after everybody else."""
    for unit, _key_project, _green, username in developing.COMPANIES:
        yield Job(username, ((unit, Role.ENTERPRISE, ""),))


def _user(job: Job, password: str, random: Random, at: datetime) -> User:
    administers = any(role == Role.ADMINISTRATOR for _unit, role, _cell in job.postings)
    return User(
        username=job.username,
        password=password,
        display_name=full_name(random),
        work_phone=job.phone,
        is_staff=administers,
        is_superuser=administers,
        date_joined=at,
    )


def full_name(random: Random) -> str:
    """A family name and a given name of one or two characters. The first families of the list are the commonest."""
    families = files.words("family_names", column="name")
    family = families[min(int(random.expovariate(6 / len(families))), len(families) - 1)]
    given = files.words("given_names", column="name")
    first = random.choice(given)
    second = random.choice(given) if len(first) == 1 and random.random() < 0.6 else ""
    return family + first + second


def _appointed(posting: Posting) -> Appointed:
    return Appointed(
        case_id=person(user_id=posting.user_id),
        subject_id=f"posting:{posting.pk}",
        user_id=posting.user_id,
        unit_id=posting.unit_id,
        role=posting.role,
        cell_code=posting.cell_code,
        valid_from=instant(posting.valid_from),
        valid_until="",
    )
