"""Short names for what the stories of whistles do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from kernel.models import Event, Timer
from organizations.choices import Role
from organizations.models import Posting, User
from tests.world import EAST, MONDAY, START, World, at
from whistles.models import Rating, Summons, Task, Whistle
from whistles.services import answering, arriving, asking, gathering, issuing, recording, scoring, tasks
from whistles.services.recording import Minutes, Order
from whistles.services.saying import Said

TUESDAY = at("2026-11-17 09:00")
ABSENT_AT = TUESDAY + timedelta(minutes=30)
ON_SITE = {"lng": 117.59, "lat": 34.77}


def said(world: World, *, units: tuple[str, ...] = ("urban", "water"), **changes: Any) -> Said:
    """An enforcement whistle in the east, for nine on Tuesday."""
    given: dict[str, Any] = {
        "kind": "enforcement",
        "matter": "夜市占道联合整治",
        "where": "工农社区北门",
        "area_code": EAST,
        "meets_at": TUESDAY,
        "units": [world.units[key].pk for key in units],
        **changes,
    }
    return Said(**given)


def asked(world: World, *, by: str = "east_officer", on: datetime = MONDAY, **changes: Any) -> Whistle:
    return asking.ask(said=said(world, **changes), actor=world.actor(by, on=on), at=on)


def issued(world: World, *, by: str = "east_head", on: datetime = MONDAY, **changes: Any) -> Whistle:
    return issuing.issue(said=said(world, **changes), actor=world.actor(by, on=on), at=on)


def received(world: World, whistle: Whistle, *, by: str = "urban_handler", on: datetime = MONDAY) -> Summons:
    return answering.receive(whistle_id=whistle.pk, attendees="李队长等2人", actor=world.actor(by, on=on), at=on)


def here(world: World, whistle: Whistle, *, by: str = "urban_handler", on: datetime = TUESDAY, **spot: float) -> Any:
    """Somebody checks in."""
    where = arriving.Spot(**spot)
    return arriving.check_in(whistle_id=whistle.pk, spot=where, actor=world.actor(by, on=on), at=on)


def minuted(
    world: World, whistle: Whistle, *given: Order, on: datetime = TUESDAY + timedelta(hours=1), by: str = "east_head"
) -> list[Task]:
    """The minutes are written, with these tasks."""
    minutes = Minutes(text="会议明确了责任分工。", decisions=["限期清理", "建立巡查机制"], tasks=list(given))
    recording.write(whistle_id=whistle.pk, minutes=minutes, actor=world.actor(by, on=on), at=on)
    return list(whistle.tasks.order_by("number"))


def task(world: World, unit: str = "urban", *, days: int = 2, helpers: tuple[str, ...] = ()) -> Order:
    return Order(
        what="清理北门摊点",
        unit=world.units[unit].pk,
        helpers=[world.units[key].pk for key in helpers],
        limit_value=days,
        limit_unit="workday",
    )


def done(world: World, one: Task, *, by: str = "urban_handler", on: datetime) -> Task:
    return tasks.report(task_id=one.pk, report="已清理完毕。", actor=world.actor(by, on=on), at=on)


def confirmed(world: World, one: Task, *, by: str = "east_head", on: datetime) -> Task:
    return tasks.confirm(task_id=one.pk, actor=world.actor(by, on=on), at=on)


def scored(world: World, whistle: Whistle, *, unit: str, by: str, on: datetime) -> Rating:
    """The issuer scores a unit."""
    unit_id = world.units[unit].pk
    return scoring.rate_unit(
        whistle_id=whistle.pk, unit=unit_id, response=4, result=5, actor=world.actor(by, on=on), at=on
    )


def scored_back(world: World, whistle: Whistle, *, by: str, on: datetime) -> Rating:
    """A unit scores the whistle."""
    return scoring.rate_whistle(whistle_id=whistle.pk, needed=5, prepared=3, actor=world.actor(by, on=on), at=on)


def attendance(whistle: Whistle) -> dict[str, str]:
    """What each unit counts as, by name."""
    return dict(Summons.objects.filter(whistle=whistle).values_list("unit__name", "attendance"))


def names(whistle: Whistle) -> list[str]:
    """What has happened to a whistle, in order."""
    events = Event.objects.filter(case_id=whistle.case_id, name__startswith="whistle.").order_by("seq")
    return [name.removeprefix("whistle.") for name in events.values_list("name", flat=True)]


def armed(whistle: Whistle) -> list[str]:
    """The clocks of whistles that run on its case."""
    timers = Timer.objects.filter(case_id=whistle.case_id, state="armed", kind__startswith="whistle.")
    return sorted(timers.values_list("kind", flat=True))


def colleague(world: World, name: str, *, unit: str, role: Role = Role.HANDLER) -> str:
    """One more person of a unit."""
    user = User.objects.create_user(username=name, password="grid-demo-1", display_name=name)
    Posting.objects.create(user=user, unit=world.units[unit], role=role, valid_from=START)
    world.users[name] = user
    return name


def held(world: World, *, units: tuple[str, ...] = ("urban", "water")) -> Whistle:
    """Everybody came, and it has begun."""
    whistle = issued(world, units=units)
    for unit in units:
        here(world, whistle, by=f"{unit}_handler")
    gathering.gather(whistle_ids=[whistle.pk], at=ABSENT_AT)
    return whistle
