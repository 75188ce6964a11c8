"""An action plan of key work: 14 task groups, 208 projects in three batches, 136 of them done, a year of reports.

Two years of work are not played deed by deed: the rows are made as they stand, in bulk, with the events of their lives,
and what is still open gets its clocks. From then on everything goes the usual way.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from governance.demo import files, keyed_rows
from governance.demo.chance import chance
from governance.demo.keyed_rows import Cast, Made
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.events import record
from kernel.timers import TimerSpec
from organizations.choices import Role, UnitKind
from organizations.models import Posting, Unit, User
from organizations.queries import actor_of
from projects.choices import Span, State
from projects.events import MilestoneConfirmed, ProjectBegun, ProjectDone
from projects.models import ActionPlan, DateChange, Instruction, Milestone, Month, MonthReport, Project, TaskGroup
from projects.services import bulletins, planning
from projects.services.drafting import drafted_event
from projects.workflow import MILESTONES, PROJECTS, TASKS

COUNTY, CENTER = "370404000000", "CC-370404"
NAME = "重点工作三年攻坚行动"  # zh: plans of the district are named so
# Name of the batch, how many days ago it began and ends, projects in it, and how many of them are done: 136 of 208.
BATCHES = (
    ("第一批", -420, -120, 80, 78),  # zh: batches are named so
    ("第二批", -300, 60, 76, 54),  # zh: batches are named so
    ("第三批", -180, 300, 52, 4),  # zh: batches are named so
)
# What those that are not done stand at, in turn; the others run.
OPEN = (State.RUNNING,) * 8 + (State.ASKED, State.DRAFTED, State.RUNNING, State.SUSPENDED)
MONTHS = 12
REMARKS = "总体进展平稳，个别项目受用地和资金影响滞后，请各专班逐项研究、限期赶上。"  # zh: what the bulletin says


def make_keywork(*, seed: int, at: datetime) -> None:
    """The plan as two years of work have left it, and the bulletin of the quarter that is over."""
    director = actor_of(User.objects.get(username="director"), at=at)
    today = at.date()
    plan = planning.found_plan(
        name=NAME, area_code=COUNTY, starts_on=date(today.year - 2, 1, 1), ends_on=date(today.year + 1, 12, 31),
        actor=director, at=at,
    )  # fmt: skip
    cast = _cast(at)
    groups = _groups(plan, cast, director, at)
    made = [one for one in _projects(plan, groups, cast, seed, at)]
    _write(made)
    _note(made)
    _start_clocks(made, at)
    _months(plan, made, cast, seed, at)
    quarter = bulletins.draw(plan_id=plan.pk, span=Span.QUARTER, day=_last_quarter(today), actor=director, at=at)
    bulletins.publish(bulletin_id=quarter.pk, remarks=REMARKS, actor=director, at=at)


def _cast(at: datetime) -> Cast:
    """Who answers for each unit, the leader in charge of it, and who checks."""
    roles = (Role.HANDLER, Role.TOWNSHIP_OFFICER)
    posted = Posting.objects.in_force(at).order_by("-pk")
    return Cast(
        units=dict(Unit.objects.values_list("code", "pk")),
        people=dict(posted.filter(role__in=roles).values_list("unit_id", "user_id")),
        leaders=dict(posted.filter(role=Role.COUNTY_LEADER).values_list("unit_id", "user_id")),
        checker=User.objects.get(username="verifier").pk,
        towns=list(
            Unit.objects.filter(kind=UnitKind.TOWNSHIP).order_by("code").values_list("pk", "area_id", "area__name")
        ),
    )


def _groups(plan: ActionPlan, cast: Cast, director: Actor, at: datetime) -> list[TaskGroup]:
    for name, begins, ends, _number, _done in BATCHES:
        planning.open_batch(
            plan_id=plan.pk, name=name, starts_on=(at + timedelta(days=begins)).date(),
            ends_on=(at + timedelta(days=ends)).date(), actor=director, at=at,
        )  # fmt: skip
    for row in files.rows(files.WORDS / "task_groups.csv"):
        lead = cast.units[f"DP-370404-{row['lead']}"]
        members = [cast.units[f"DP-370404-{name}"] for name in row["owners"].split("|")]
        planning.found_group(
            plan_id=plan.pk, name=row["name"], lead=lead, head=cast.leaders[lead], members=members, actor=director,
            at=at,
        )  # fmt: skip
    return list(plan.groups.order_by("number"))


def _projects(plan: ActionPlan, groups: list[TaskGroup], cast: Cast, seed: int, at: datetime) -> list[Made]:
    """Every project with its milestones, group by group in turn."""
    words = files.rows(files.WORDS / "task_groups.csv")
    made: list[Made] = []
    batches = zip(plan.batches.order_by("number"), BATCHES, strict=True)
    turn = cycle(range(len(groups)))
    for batch, (_name, begins, ends, number, done) in batches:
        first, last = at + timedelta(days=begins), at + timedelta(days=ends)
        for one in range(number):
            place, state = next(turn), State.DONE if one < done else OPEN[(one - done) % len(OPEN)]
            random = chance(seed, "key work", batch.number, one)
            row = keyed_rows.project(
                plan=plan, batch=batch, group=groups[place], words=words[place], cast=cast, number=len(made) + 1,
                state=state, first=first, last=last, random=random, at=at,
            )  # fmt: skip
            made.append(keyed_rows.with_milestones(row, random=random, at=at, checker=cast.checker))
    return made


def _write(made: list[Made]) -> None:
    Project.objects.bulk_create([one.project for one in made])
    through = Project.helpers.through
    through.objects.bulk_create(
        [through(project_id=one.project.pk, unit_id=unit) for one in made for unit in one.helpers]
    )
    Milestone.objects.bulk_create([row for one in made for row in one.milestones], batch_size=500)
    DateChange.objects.bulk_create([row for one in made for row in one.changes])
    Instruction.objects.bulk_create([row for one in made for row in one.tasks])


def _note(made: list[Made]) -> None:
    """The events of their lives, each at its instant, on a chain of each project's own."""
    for one in made:
        project = one.project
        record(drafted_event(project=project, helpers=one.helpers), actor=SYSTEM, at=project.opened_at)
        said: Any = {"case_id": project.pk, "subject_id": str(project.pk)}
        if project.begun_at:
            record(ProjectBegun(**said, milestones=len(one.milestones)), actor=SYSTEM, at=project.begun_at)
        for row in one.milestones:
            if row.checked_at:
                happened = MilestoneConfirmed(
                    case_id=project.pk, subject_id=str(row.pk), milestone=row.number, on_time=not row.late
                )
                record(happened, actor=SYSTEM, at=row.checked_at)
        if project.state == State.DONE and project.ended_at:
            on_time = project.ended_at.date() <= project.ends_on
            record(ProjectDone(**said, on_time=on_time), actor=SYSTEM, at=project.ended_at)


def _start_clocks(made: list[Made], at: datetime) -> None:
    """What is still to come: of what is late already both rungs are behind it."""
    specs = []
    for one in made:
        rows: list[Any] = [(one.project, PROJECTS), *((row, TASKS) for row in one.tasks)]
        rows += [(row, MILESTONES) for row in one.milestones if one.project.state == State.RUNNING]
        for row, flow in rows:
            clock = flow.clocks.get(row.state)
            if clock and row.stage_due_at > at:
                specs.append(
                    TimerSpec(kind=clock, case_id=one.project.pk, subject_id=str(row.pk), due_at=row.stage_due_at)
                )
    timers.start_many(specs, at=at, fresh=True)


def _months(plan: ActionPlan, made: list[Made], cast: Cast, seed: int, at: datetime) -> None:
    """The monthly dispatches of a year, all of them held, with a report of each project that ran then."""
    first = at.date().replace(day=1)
    months: list[Month] = []
    reports: list[MonthReport] = []
    for _ in range(MONTHS):
        last = first - timedelta(days=1)
        month = keyed_rows.month(plan=plan, first=first, month=last.replace(day=1), by=cast.checker, at=at)
        months.append(month)
        for one in made:
            random = chance(seed, "monthly report", one.project.code, month.month.isoformat())
            reports += keyed_rows.report(month=month, made=one, first=first, random=random)
        first = month.month
    Month.objects.bulk_create(months)
    MonthReport.objects.bulk_create(reports, batch_size=500)


def _last_quarter(today: date) -> date:
    """A day of the quarter before that of a day."""
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
