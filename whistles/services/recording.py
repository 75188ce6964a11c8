"""Minutes: what was said, what was decided, and the tasks that come out of it, each with lead, helpers and limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import personal, timers
from kernel.actors import Actor
from kernel.choices import LimitUnit
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Message
from kernel.events import instant, record, record_many
from kernel.ids import new_id
from kernel.timers import TimerSpec
from kernel.worktime import Limit
from petitions.services.stages import end_of
from whistles.choices import Attendance, Form
from whistles.events import MinutesRecorded, TaskGiven
from whistles.models import Decision, Summons, Task, Whistle
from whistles.services import closing, tellings, whistles
from whistles.services.gathering import over_at
from whistles.services.saying import reporter_named
from whistles.workflow import WHISTLES

MOST = 30
LONGEST_DECISION = 500
TASK_UNITS = (LimitUnit.NATURAL_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORKDAY)
LARGEST_LIMIT = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One task as the minutes give it; of an inspection also what was found and where."""

    what: str
    unit: int
    helpers: Sequence[int] = ()
    limit_value: int
    limit_unit: str = LimitUnit.WORKDAY
    found: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What is written down at the end."""

    text: str
    decisions: Sequence[str] = ()
    tasks: Sequence[Order] = field(default_factory=tuple)


@deed
def write(*, whistle_id: Any, minutes: Minutes, actor: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Write the minutes, once. Not while somebody may still come in time; Invalid names what is wrong."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    whistles.permitted(whistle=whistle, move="record", actor=actor)
    WHISTLES.advance(whistle, "record", given={"minutes": minutes.text.strip()})
    _refuse_awaited(whistle, at)
    decisions = [one.strip() for one in minutes.decisions if one.strip()]
    whistle.finish_by = whistles.end_of_step(clock="whistle.finish", whistle=whistle, at=at)
    due = _check(whistle, minutes, decisions, at)
    whistle.minutes, whistle.minutes_at, whistle.minutes_by_id = minutes.text.strip(), at, actor.user_id
    whistles.enter(whistle=whistle, due_at=whistle.finish_by)  # of the whole; each task has a clock of its own
    whistles.save(whistle=whistle, at=at, columns=("minutes", "minutes_at", "minutes_by_id", "finish_by"))
    whistles.start_clock(whistle=whistle, at=at)
    Decision.objects.bulk_create(
        Decision(whistle=whistle, number=number, text=text) for number, text in enumerate(decisions, start=1)
    )
    happened = MinutesRecorded(
        **whistles.identity(whistle),
        decisions=len(decisions),
        tasks=len(minutes.tasks),
        finish_by=instant(whistle.finish_by),
        content=personal.commitment("\x1f".join([whistle.minutes, *decisions]), salt=bytes(whistle.salt)),
    )
    record(happened, actor=actor, at=at)
    _give(whistle, minutes.tasks, due, actor=actor, at=at)
    return whistle


def _refuse_awaited(whistle: Whistle, at: datetime) -> None:
    awaited = Summons.objects.filter(whistle=whistle, attendance=Attendance.AWAITED).exists()
    if awaited and at < over_at(whistle):
        when = f"{timezone.localtime(over_at(whistle)):%H:%M}"
        raise Conflict(_("Somebody may still come until %(when)s.") % {"when": when}, code="still_awaited")


def _check(whistle: Whistle, minutes: Minutes, decisions: Sequence[str], at: datetime) -> list[datetime]:
    """The ends of the tasks. Raises Invalid naming everything that is wrong."""
    fields: dict[str, list[Message]] = {}
    if len(decisions) > MOST or any(len(one) > LONGEST_DECISION for one in decisions):
        fields["decisions"] = [_("Too long.")]
    ends: list[datetime] = []
    wrong: list[Message] = [_("Too many.")] if len(minutes.tasks) > MOST else []
    among = _units_of(whistle)
    for number, task in enumerate(minutes.tasks, start=1):
        said = _wrong(task, among, findings=whistle.form == Form.INSPECTION)
        if not said:
            ends.append(end_of(limit=Limit(task.limit_value, task.limit_unit), at=at))
            assert whistle.finish_by is not None  # write() has set it
            said = _("it ends after the last day of this kind") if ends[-1] > whistle.finish_by else ""
        if said:
            wrong.append(_("Task %(number)s: %(wrong)s.") % {"number": number, "wrong": said})
    if wrong:
        fields["tasks"] = wrong
    texts = {"minutes": minutes.text, "decisions": "\n".join(decisions)}
    texts["tasks"] = "\n".join("\n".join((task.what, task.found, task.where)) for task in minutes.tasks)
    if fields := {**reporter_named(petition=whistle.petition, texts=texts), **fields}:
        raise Invalid(_("The minutes are not complete."), fields=fields)
    return ends


def _units_of(whistle: Whistle) -> set[int]:
    """Who may be given a task: whoever is called, whoever called, whoever asked for it."""
    called = set(Summons.objects.filter(whistle=whistle).values_list("unit_id", flat=True))
    return called | {whistle.asker_id} | ({whistle.issuer_id} if whistle.issuer_id else set())


def _wrong(task: Order, among: set[int], *, findings: bool) -> str:
    if not task.what.strip():
        return _("it does not say what is to be done")
    if wrong := _found_wrong(task, findings=findings):
        return wrong
    if task.unit not in among or not set(task.helpers) <= among:
        return _("a unit of it is not called")
    if task.unit in task.helpers:
        return _("its lead cooperates with itself")
    if task.limit_unit not in TASK_UNITS or not 0 < task.limit_value <= LARGEST_LIMIT:
        return _("it has no limit")
    return ""


def _found_wrong(task: Order, *, findings: bool) -> str:
    said = [bool(text.strip()) for text in (task.found, task.where)]
    if findings and not all(said):
        return _("it does not say what was found and where")
    return _("only an inspection has findings") if any(said) and not findings else ""


def _give(whistle: Whistle, given: Sequence[Order], due: Sequence[datetime], *, actor: Actor, at: datetime) -> None:
    """Write the tasks, arm their clocks and tell their units."""
    if not given:
        closing.settle(whistle=whistle, actor=actor, at=at)
        return
    tasks = Task.objects.bulk_create(
        Task(
            id=new_id(at=at),
            whistle=whistle,
            number=number,
            what=one.what.strip(),
            found=one.found.strip(),
            where=one.where.strip(),
            unit_id=one.unit,
            limit_value=one.limit_value,
            limit_unit=one.limit_unit,
            given_at=at,
            due_at=end,
            stage_from=at,
            stage_due_at=end,
            changed_at=at,
        )
        for number, (one, end) in enumerate(zip(given, due, strict=True), start=1)
    )
    through = Task.helpers.through
    helping = [(task, unit) for task, one in zip(tasks, given, strict=True) for unit in dict.fromkeys(one.helpers)]
    through.objects.bulk_create(through(task_id=task.pk, unit_id=unit) for task, unit in helping)
    specs = [
        TimerSpec(kind="whistle.do", case_id=whistle.case_id, subject_id=str(task.pk), due_at=task.due_at)
        for task in tasks
    ]
    timers.start_many(specs, at=at, fresh=True)
    record_many([_said(whistle, *both) for both in zip(tasks, given, strict=True)], actor=actor, at=at)
    tellings.tasks_given(
        whistle=whistle, tasks=[(task, one.helpers) for task, one in zip(tasks, given, strict=True)], at=at
    )


def _said(whistle: Whistle, task: Task, given: Order) -> TaskGiven:
    return TaskGiven(
        **whistles.identity(whistle),
        task=task.number,
        unit=task.unit_id,
        helpers=sorted(set(given.helpers)),
        due_at=instant(task.due_at),
    )
