"""Short names for what the stories of key work do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from kernel.models import Event, Timer
from notices.models import Notice
from projects.models import ActionPlan, Batch, Instruction, Milestone, Month, MonthReport, Project, TaskGroup
from projects.services import drafting, ending, milestones, months, moving, planning, reporting, tasks
from projects.services.drafting import Said
from projects.services.reporting import Account
from tests.world import COUNTY, MONDAY, World

NEXT = date(2026, 12, 1)
AREA = COUNTY
DAY = timedelta(days=1)


def plan(world: World, *, on: datetime = MONDAY, name: str = "三年行动计划") -> ActionPlan:
    return planning.found_plan(
        name=name, area_code=COUNTY, starts_on=date(2026, 1, 1), ends_on=date(2099, 12, 31),
        actor=world.actor("director", on=on), at=on,
    )  # fmt: skip


def batch(world: World, of: ActionPlan, *, name: str = "第一批", on: datetime = MONDAY) -> Batch:
    return planning.open_batch(
        plan_id=of.pk, name=name, starts_on=date(2026, 1, 1), ends_on=date(2098, 12, 31),
        actor=world.actor("director", on=on), at=on,
    )  # fmt: skip


def group(world: World, of: ActionPlan, *, name: str = "产业专班", on: datetime = MONDAY) -> TaskGroup:
    return planning.found_group(
        plan_id=of.pk, name=name, lead=world.units["county"].pk, head=world.users["leader"].pk,
        members=[world.units["urban"].pk], actor=world.actor("director", on=on), at=on,
    )  # fmt: skip


def said(world: World, of: ActionPlan, **changes: Any) -> Said:
    """A project of the department, under the county leader in charge of it."""
    given: dict[str, Any] = {
        "code": "A-001",
        "name": "老旧小区改造",
        "kind": "livelihood",
        "batch": of.batches.get(number=1).pk,
        "group": of.groups.get(number=1).pk,
        "owner": world.units["urban"].pk,
        "person": world.users["urban_handler"].pk,
        "leader": world.users["leader"].pk,
        "starts_on": date(2026, 11, 1),
        "ends_on": date(2027, 6, 30),
        "done_means": "竣工验收合格并交付使用",
        "helpers": [world.units["east_town"].pk],
        **changes,
    }
    return Said(**given)


def drafted(
    world: World, of: ActionPlan | None = None, *, on: datetime = MONDAY, by: str = "dispatcher", **changes: Any
) -> Project:
    if of is None:
        of = ready(world, on=on)
    return drafting.draft(plan_id=of.pk, said=said(world, of, **changes), actor=world.actor(by, on=on), at=on)


def ready(world: World, *, on: datetime = MONDAY) -> ActionPlan:
    """A plan with one batch and one group."""
    of = ActionPlan.objects.first() or plan(world, on=on)
    if not of.batches.exists():
        batch(world, of, on=on)
        group(world, of, on=on)
    return of


def promised(
    world: World, project: Project, *, due: date, on: datetime = MONDAY, name: str = "完成招标", weight: int = 10
) -> Milestone:
    return drafting.add_milestone(
        project_id=project.pk, name=name, due_on=due, weight=weight, actor=world.actor("dispatcher", on=on), at=on
    )


def running(world: World, *days: date, of: ActionPlan | None = None, on: datetime = MONDAY, **changes: Any) -> Project:
    """A project that has begun, with milestones on these days, or on 20 November."""
    project = drafted(world, of, on=on, **changes)
    for number, due in enumerate(days or (date(2026, 11, 20),), start=1):
        promised(world, project, due=due, on=on, name=f"节点{number}")
    return drafting.begin(project_id=project.pk, actor=world.actor("dispatcher", on=on), at=on)


def reached(world: World, one: Milestone, *, by: str = "urban_handler", on: datetime, since: date | None = None) -> Any:
    return milestones.report(
        milestone_id=one.pk,
        evidence="中标通知书2026-15号",
        done_on=since or localdate(on),
        actor=world.actor(by, on=on),
        at=on,
    )


def confirmed(world: World, one: Milestone, *, by: str = "dispatcher", on: datetime) -> Milestone:
    return milestones.confirm(milestone_id=one.pk, actor=world.actor(by, on=on), at=on)


def asked_move(world: World, one: Milestone, *, to: date, on: datetime, by: str = "urban_handler") -> Any:
    actor = world.actor(by, on=on)
    return moving.ask_move(milestone_id=one.pk, to_day=to, reason="雨季停工", actor=actor, at=on)


def granted(world: World, one: Milestone, *, on: datetime, by: str = "director") -> Milestone:
    return moving.grant(milestone_id=one.pk, actor=world.actor(by, on=on), at=on)


def done(world: World, project: Project, *, on: datetime) -> Project:
    """All milestones reached and confirmed, reported done, checked."""
    for one in project.milestones.exclude(state="confirmed"):
        if one.state == "planned":
            reached(world, one, on=on)
        confirmed(world, one, on=on)
    ending.ask_done(project_id=project.pk, note="已竣工。", actor=world.actor("urban_handler", on=on), at=on)
    return ending.accept(project_id=project.pk, actor=world.actor("dispatcher", on=on), at=on)


def opened(of: ActionPlan, *, on: datetime) -> Month:
    """The month that is over on this day is opened."""
    months.open_months(due=[(of.pk, on)], at=on)
    return Month.objects.filter(plan=of).latest("month")


def account(**changes: Any) -> Account:
    return Account(**{"done": "完成基础施工。", "percent": 40, **changes})


def filed(world: World, report: MonthReport, *, on: datetime, by: str = "urban_handler", **changes: Any) -> Any:
    return reporting.file(report_id=report.pk, account=account(**changes), actor=world.actor(by, on=on), at=on)


def instructed(
    world: World, project: Project, *, on: datetime, due: date, unit: str = "east_town", by: str = "dispatcher"
) -> Instruction:
    return tasks.instruct(
        project_id=project.pk, what="完成征地补偿", unit=world.units[unit].pk, due_on=due, actor=world.actor(by, on=on),
        at=on,
    )  # fmt: skip


def names(case: Any) -> list[str]:
    """What has happened to a project, in order."""
    events = Event.objects.filter(case_id=case, name__startswith="project.").order_by("seq")
    return [name.removeprefix("project.") for name in events.values_list("name", flat=True)]


def armed(case: Any) -> list[str]:
    """The clocks that run for a project."""
    timers = Timer.objects.filter(case_id=case, state="armed").order_by("kind")
    return list(timers.values_list("kind", flat=True))


def told(world: World, name: str) -> list[str]:
    """The kinds of notices that somebody was told."""
    rows = Notice.objects.filter(user=world.users[name], kind__startswith="projects.").order_by("told_at", "pk")
    return [kind.removeprefix("projects.") for kind in rows.values_list("kind", flat=True)]
