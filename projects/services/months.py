"""The monthly dispatch 月调度: opened by itself, reports collected, missing ones recorded by themselves, then held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.days import midnight
from kernel.deeds import deed
from kernel.events import instant, record, record_many
from kernel.ids import new_id
from kernel.periods import MONTH, period_of
from kernel.permissions import require
from kernel.timers import TimerSpec
from petitions.services.stages import end_of
from projects.choices import REPORTING, Told
from projects.deadlines import LIMITS, RUNGS, TOLD_AGAIN
from projects.events import MonthHeld, MonthOpened, ReportMissing
from projects.models import ActionPlan, Month, MonthReport, Project
from projects.queries.moves import month_verdict
from projects.queries.reading import today
from projects.services import telling
from projects.services.ladder import Late, climb
from projects.services.rows import save
from projects.workflow import MONTHS

OPENING, REMIND, DUE, MISSING = "project.month", "project.remind", "project.due", "project.missing"
A_DAY = timedelta(days=1)
A_MILLISECOND = timedelta(milliseconds=1)


def first_of_next(day: date) -> date:
    """The first day of the month after that of a day."""
    return period_of(day=day, months=MONTH).after


def plan_months(*, plan: ActionPlan, at: datetime) -> None:
    """Arm the opening of the first month of a plan: the first day after the month in which it begins, or this one."""
    first = first_of_next(max(plan.starts_on, today(at=at)))
    timers.start(kind=OPENING, case_id=plan.pk, subject_id=str(plan.pk), due_at=midnight(first), at=at)


@deed
def open_months(*, due: Sequence[tuple[UUID, datetime]], at: datetime) -> int:
    """Open the month that is over of each plan, and plan the next; returns how many were opened."""
    count = 0
    for plan_id, due_at in sorted(due):
        plan = ActionPlan.objects.select_for_update().get(pk=plan_id)
        first = today(at=due_at)
        month = (first - A_DAY).replace(day=1)
        if first <= first_of_next(plan.ends_on):
            following = midnight(first_of_next(first))
            timers.start(kind=OPENING, case_id=plan.pk, subject_id=str(plan.pk), due_at=following, at=at)
        if not Month.objects.filter(plan=plan, month=month).exists():
            _open(plan, month, first, at)
            count += 1
    return count


def days_of(*, first: date) -> tuple[datetime, datetime]:
    """When those who owe are reminded and when the reports are due, by the working days of the month that begins."""
    before = midnight(first) - timedelta(minutes=1)  # so that the first day of the month counts
    return end_of(limit=LIMITS[REMIND], at=before), end_of(limit=LIMITS[DUE], at=before)


def _open(plan: ActionPlan, month: date, first: date, at: datetime) -> Month:
    remind_at, due_at = days_of(first=first)
    opened = Month.objects.create(
        id=new_id(at=at), plan=plan, month=month, opened_at=at, remind_at=remind_at, due_at=due_at, changed_at=at
    )
    running = Project.objects.filter(plan=plan).reporting().order_by("code")
    reports = [  # their ids sort as their codes do, so that the sheet is paged by them
        MonthReport(id=new_id(at=at + number * A_MILLISECOND), month=opened, project=project)
        for number, project in enumerate(running)
    ]
    MonthReport.objects.bulk_create(reports, batch_size=500)
    timers.start_many(
        [
            TimerSpec(kind=kind, case_id=plan.pk, subject_id=str(opened.pk), due_at=when)
            for kind, when in ((REMIND, remind_at), (DUE, due_at))
        ],
        at=at,
    )
    happened = MonthOpened(
        case_id=plan.pk, subject_id=str(opened.pk), month=month.isoformat(), owed=len(reports), due_at=instant(due_at)
    )
    record(happened, actor=SYSTEM, at=at)
    return opened


@deed
def remind(*, month_ids: Sequence[UUID], at: datetime) -> int:
    """Remind those who have not reported yet; returns of how many projects."""
    count = 0
    for month in Month.objects.filter(pk__in=month_ids, closed_at=None).order_by("pk"):
        rows = list(_owed(month))
        telling.owed(month=month, reports=rows, at=at)
        count += len(rows)
    return count


@deed
def close(*, month_ids: Sequence[UUID], at: datetime) -> int:
    """The day is over: what is not there is missing, which stays with it, and the heads are told; returns how many."""
    count = 0
    for month in Month.objects.select_for_update(of=("self",)).filter(pk__in=month_ids, closed_at=None).order_by("pk"):
        if month.due_at > at:
            continue  # a new holiday notice has laid it anew
        owing = list(_owed(month))
        projects = Project.objects.select_for_update(of=("self",)).filter(pk__in=[one.project_id for one in owing])
        standing = {one.pk: one for one in projects.filter(state__in=REPORTING).order_by("pk")}
        waiting = MonthReport.objects.filter(month=month, project__in=list(standing)).open()
        missing = list(waiting.select_for_update(of=("self",)).order_by("pk"))
        MonthReport.objects.filter(pk__in=[one.pk for one in missing]).update(missed_at=at)
        _missed(month, [(one, standing[one.project_id]) for one in missing], at)
        month.closed_at = at
        save(row=month, at=at, columns=("closed_at",))
        count += len(missing)
    return count


def _missed(month: Month, rows: list[tuple[MonthReport, Project]], at: datetime) -> None:
    name = month.month.isoformat()
    record_many(
        [ReportMissing(case_id=project.pk, subject_id=str(one.pk), month=name) for one, project in rows],
        actor=SYSTEM,
        at=at,
    )
    for one, project in rows:
        climb(late=_late(one, project, rung=1), at=at)
    again = end_of(limit=TOLD_AGAIN, at=at)
    timers.start_many(
        [TimerSpec(kind=MISSING, case_id=project.pk, subject_id=str(one.pk), due_at=again) for one, project in rows],
        at=at,
    )


@deed
def still_missing(*, report_ids: Sequence[UUID], at: datetime) -> int:
    """A report has been missing for so long that the county leader in charge is told; returns how many."""
    count = 0
    known = MonthReport.objects.filter(pk__in=report_ids).values_list("project_id", flat=True)
    projects = Project.objects.select_for_update(of=("self",)).filter(pk__in=list(known), state__in=REPORTING)
    standing = {one.pk: one for one in projects.order_by("pk")}
    for one in MonthReport.objects.filter(pk__in=report_ids, project__in=list(standing)).open().order_by("pk"):
        count += climb(late=_late(one, standing[one.project_id], rung=RUNGS), at=at)
    return count


def _late(report: MonthReport, project: Project, *, rung: int) -> Late:
    return Late(
        project=project, subject=report.pk, clock=MISSING, rung=rung, unit=project.owner_id, what=Told.REPORT_MISSING
    )


@deed
def hold(*, month_id: Any, remarks: str, actor: Actor, at: datetime, version: int | None = None) -> Month:
    """The centre has held the monthly dispatch: what was remarked on the whole stands from now on."""
    found = Month.objects.locked(month_id, version=version)
    month: Month = found
    require(month_verdict(month=month, actor=actor))
    MONTHS.advance(month, "hold", given={"remarks": remarks.strip()})
    month.remarks, month.held_at, month.held_by_id = remarks.strip(), at, actor.user_id
    save(row=month, at=at, columns=("remarks", "held_at", "held_by_id"))
    filed = month.reports.exclude(filed_at=None).count()
    happened = MonthHeld(case_id=month.plan_id, subject_id=str(month.pk), filed=filed, owed=month.reports.count())
    record(happened, actor=actor, at=at)
    return month


def _owed(month: Month) -> Any:
    rows = MonthReport.objects.filter(month=month, project__state__in=REPORTING).open()
    return rows.select_related("project").order_by("pk")
