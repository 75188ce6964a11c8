"""Rows of key work as time has left them: a project with its milestones and instructions, a month, a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from kernel.days import midnight
from kernel.ids import new_id
from projects.choices import MilestoneState, MonthState, State, TaskState
from projects.deadlines import RUNGS
from projects.models import (
    ActionPlan,
    Batch,
    DateChange,
    Instruction,
    Milestone,
    Month,
    MonthReport,
    Project,
    TaskGroup,
)
from projects.queries.reading import end_of_day
from projects.services.months import days_of

STEPS = (("前期手续办理", 10), ("招标采购", 20), ("组织实施", 40), ("竣工验收", 30))  # zh: milestones are named so
DONE_MEANS = "完成全部建设内容，验收合格并投入使用"  # zh: what counts as done
EVIDENCE = ("批复文件已归档", "中标通知书已发", "监理月报和现场照片", "竣工验收报告")  # zh: what shows a milestone
WORK = ("完成工程量过半，进度符合计划。", "主体施工按计划推进。", "完成设备采购，正在安装调试。")  # zh: monthly reports
OBSTACLES = ("用地手续办理周期长。", "资金拨付滞后。", "雨季影响施工。")  # zh: what stands in the way
WANTED = "请协调尽快办理相关手续。"  # zh: what is asked for
REASON = "受雨季和管线迁改影响，申请顺延。"  # zh: why another day is asked for
TASK = "协调解决管线迁改问题"  # zh: what an instruction says
HELD = "对滞后项目逐项研究，明确赶工措施和责任人。"  # zh: what is remarked on a month
NOTE = "等待上级规划调整"  # zh: why a project stands still
LATE, MOVED, OVERDUE, MISSING, HINDERED = 0.12, 0.1, 0.25, 0.05, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Whom the plan needs: units by code, who answers for a unit, its leader in charge, who checks, the townships."""

    units: Mapping[str, int]
    people: Mapping[int, int]
    leaders: Mapping[int, int]
    checker: int
    towns: list[Any]


@dataclass(slots=True)
class Made:
    """A project with everything of it."""

    project: Project
    helpers: list[int]
    milestones: list[Milestone] = field(default_factory=list)
    changes: list[DateChange] = field(default_factory=list)
    tasks: list[Instruction] = field(default_factory=list)


def project(
    *,
    plan: ActionPlan,
    batch: Batch,
    group: TaskGroup,
    words: Mapping[str, str],
    cast: Cast,
    number: int,
    state: State,
    first: datetime,
    last: datetime,
    random: Random,
    at: datetime,
) -> Made:
    """One project of a batch, from somewhere near its beginning to somewhere near its end."""
    owner = cast.units[f"DP-370404-{random.choice(words['owners'].split('|'))}"]
    town = random.choice(cast.towns)
    starts = first + timedelta(days=random.randint(0, 30))
    ends = last + timedelta(days=random.randint(-40, 0))
    if state == State.DRAFTED:
        starts, ends = at + timedelta(days=random.randint(5, 40)), at + timedelta(days=random.randint(120, 200))
    elif state != State.DONE:
        ends = max(ends, at + timedelta(days=random.randint(8, 160)))
    row = Project(
        id=new_id(at=starts), plan=plan, batch=batch, group=group, code=f"ZD-{number:03d}",
        name=f"{town[2]}{random.choice(words['subjects'].split('|'))}", kind=words["kind"], place=town[1][:9],
        owner_id=owner, person_id=cast.people[owner], leader_id=cast.leaders[owner], starts_on=starts.date(),
        ends_on=ends.date(), done_means=DONE_MEANS, state=state, opened_at=min(starts, at) - timedelta(days=10),
        changed_at=min(starts, at), stage_due_at=end_of_day(starts.date()),
    )  # fmt: skip
    if state != State.DRAFTED:
        row.begun_at, row.stage_due_at = starts, end_of_day(row.ends_on)
    if state == State.SUSPENDED:
        row.note, row.stage_due_at = NOTE, end_of_day((at + timedelta(days=45)).date())
    return Made(project=row, helpers=[town[0]])


def with_milestones(made: Made, *, random: Random, at: datetime, checker: int) -> Made:
    """Four milestones over its days; those of the past are reached, but for what is late."""
    row = made.project
    whole = (row.ends_on - row.starts_on).days
    finished = row.state in (State.DONE, State.ASKED)
    overdue = row.state == State.RUNNING and random.random() < OVERDUE
    for number, (name, weight) in enumerate(STEPS, start=1):
        due = row.starts_on + timedelta(days=whole * (number * 2) // 9) if number < len(STEPS) else row.ends_on
        past = due < at.date() - timedelta(days=3)
        reached = finished or (past and row.state != State.DRAFTED and not (overdue and _last_past(row, number, at)))
        one = Milestone(
            id=new_id(at=at), project=row, number=number, name=name, weight=weight, first_due=due, due_on=due,
            stage_due_at=end_of_day(due), changed_at=row.opened_at,
            state=MilestoneState.CONFIRMED if reached else MilestoneState.PLANNED,
        )  # fmt: skip
        if reached:
            _reach(one, number, min(due, at.date()), random, checker, row.person_id)
        elif past:
            one.late, one.rung = True, RUNGS
        elif row.state == State.RUNNING and random.random() < MOVED:
            _move(made, one, due, random, at, checker)
        made.milestones.append(one)
    _close(made, at, checker)
    if row.state == State.RUNNING and random.random() < HINDERED:
        made.tasks.append(_task(made, random, at, checker))
    return made


def _last_past(row: Project, number: int, at: datetime) -> bool:
    """Whether the next milestone lies ahead: only the last one of the past is late."""
    whole = (row.ends_on - row.starts_on).days
    following = row.starts_on + timedelta(days=whole * ((number + 1) * 2) // 9) if number < 3 else row.ends_on
    return following >= at.date() - timedelta(days=3)


def _reach(one: Milestone, number: int, due: date, random: Random, checker: int, person: int) -> None:
    late = random.random() < LATE
    day = due - timedelta(days=random.randint(0, 6))
    one.late, one.evidence = late, EVIDENCE[number - 1]
    one.done_on, one.reported_by_id, one.checked_by_id = day, person, checker
    one.reported_at = midnight(day) + timedelta(hours=10)
    one.checked_at = one.changed_at = one.reported_at + timedelta(hours=5)


def _move(made: Made, one: Milestone, due: date, random: Random, at: datetime, checker: int) -> None:
    """It was promised earlier, and another day was granted."""
    one.first_due, one.moved = due - timedelta(days=random.randint(15, 40)), 1
    asked = at - timedelta(days=random.randint(8, 50), hours=3)
    made.changes.append(
        DateChange(
            milestone=one, from_day=one.first_due, to_day=due, reason=REASON, asked_at=asked,
            asked_by_id=made.project.person_id, granted=True, decided_at=asked + timedelta(hours=20),
            decided_by_id=made.project.leader_id,
        )
    )  # fmt: skip


def _close(made: Made, at: datetime, checker: int) -> None:
    """What its owner called done, and what was checked."""
    row = made.project
    if row.state not in (State.DONE, State.ASKED):
        return
    last = max(one.checked_at for one in made.milestones if one.checked_at)
    row.asked_at = min(last + timedelta(days=1), at - timedelta(hours=2))
    row.asked_by_id, row.asked_note = row.person_id, DONE_MEANS
    row.changed_at, row.stage_due_at = row.asked_at, at + timedelta(days=4)
    if row.state == State.DONE:
        row.ended_at, row.ended_by_id = min(row.asked_at + timedelta(days=2), at), checker
        row.changed_at = row.stage_due_at = row.ended_at


def _task(made: Made, random: Random, at: datetime, checker: int) -> Instruction:
    due = (at + timedelta(days=random.randint(2, 20))).date()
    given = at - timedelta(days=random.randint(3, 12))
    return Instruction(
        id=new_id(at=given), project=made.project, number=1, what=TASK, unit_id=made.helpers[0], due_on=due,
        stage_due_at=end_of_day(due), given_at=given, given_by_id=checker, changed_at=given, state=TaskState.GIVEN,
    )  # fmt: skip


def month(*, plan: ActionPlan, first: date, month: date, by: int, at: datetime) -> Month:
    """A month that is over: opened on the day `first` after it, collected, and held a few days later."""
    remind_at, due_at = days_of(first=first)
    opened, held = midnight(first), due_at + timedelta(days=2)
    open_still = held > at
    return Month(
        id=new_id(at=opened), plan=plan, month=month, opened_at=opened, remind_at=remind_at, due_at=due_at,
        changed_at=min(held, at), closed_at=min(due_at, at), remarks="" if open_still else HELD,
        state=MonthState.COLLECTING if open_still else MonthState.HELD,
        held_at=None if open_still else held, held_by_id=None if open_still else by,
    )  # fmt: skip


def report(*, month: Month, made: Made, first: date, random: Random) -> list[MonthReport]:
    """What a project owed for a month, if it ran then: nearly always in time."""
    row = made.project
    opened = midnight(first)
    ran = row.begun_at is not None and row.begun_at < opened and (row.ended_at is None or row.ended_at > opened)
    if not ran or row.state == State.SUSPENDED:
        return []
    assert row.begun_at is not None  # it ran
    place = timedelta(milliseconds=int(row.code.removeprefix("ZD-")))  # the sheet is in the order of the codes
    one = MonthReport(id=new_id(at=opened + place), month=month, project=row)
    filed = opened + timedelta(days=random.randint(0, 3), hours=random.randint(9, 17))
    if random.random() < MISSING or filed > month.changed_at:
        one.missed_at = month.closed_at
        return [one]
    whole = max((row.ends_on - row.starts_on).days, 1)
    one.done, one.filed_at, one.filed_by_id = random.choice(WORK), filed, row.person_id
    one.percent = min(95, max(5, (first - row.starts_on).days * 100 // whole))
    if random.random() < HINDERED:
        one.obstacles, one.wanted, one.wanted_unit_id = random.choice(OBSTACLES), WANTED, made.helpers[0]
    return [one]
