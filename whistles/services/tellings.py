"""Who is told what of a whistle, inside the deed: the people of the units, their heads, and whoever called them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from kernel.events import instant
from notices.services.telling import Telling, tell, tell_many
from organizations.choices import AreaLevel, Role
from organizations.queries import center_id_of
from organizations.queries.people import people_by_unit, people_posted
from whistles import tellings as kinds
from whistles.choices import Attendance, Kind
from whistles.models import Summons, Task, Whistle

Facts = Mapping[str, str | int]
HEADS = (Role.TOWNSHIP_HEAD, Role.DEPARTMENT_HEAD)
# Whoever may sign, check in and report for a unit.
WORKERS = (*HEADS, Role.HANDLER, Role.TOWNSHIP_OFFICER, Role.VILLAGE_OFFICER)
WRITERS = (Role.TOWNSHIP_HEAD, Role.CENTER_DIRECTOR, Role.DISPATCHER)


def asked(*, whistle: Whistle, at: datetime) -> None:
    """Whoever may sign it: the head of the township, and for a department the director of the county's centre."""
    people = people_posted(unit_ids=[whistle.asker_id], roles=[Role.TOWNSHIP_HEAD], at=at)
    if not people:
        center = center_id_of(place=whistle.place, level=AreaLevel.COUNTY)
        people = people_posted(unit_ids=[center] if center else [], roles=[Role.CENTER_DIRECTOR], at=at)
    facts: Facts = {"unit": whistle.asker_id, "due_at": instant(whistle.stage_due_at)}
    tell(kind=kinds.ASKED.code, people=people, subject=str(whistle.pk), facts=facts, once=str(whistle.pk), at=at)


def declined(*, whistle: Whistle, at: datetime) -> None:
    """Whoever asked."""
    people = [whistle.asked_by_id] if whistle.asked_by_id else []
    facts: Facts = {"why": whistle.end_note}
    tell(kind=kinds.DECLINED.code, people=people, subject=str(whistle.pk), facts=facts, once=str(whistle.pk), at=at)


def summoned(*, whistle: Whistle, units: Iterable[int], at: datetime) -> None:
    """The people of the units that are called."""
    kind = kinds.SUMMONED_NOW if whistle.kind == Kind.EMERGENCY else kinds.SUMMONED
    _to_units(whistle, kind.code, units, once=str(whistle.pk), at=at)


def moved(*, whistle: Whistle, at: datetime) -> None:
    """The people of the units that are still awaited: another time or place."""
    _to_units(whistle, kinds.MOVED.code, _awaited(whistle), once=f"{whistle.pk}:{whistle.moved}", at=at)


def called_off(*, whistle: Whistle, at: datetime) -> None:
    """The people of the units that are still awaited."""
    _to_units(whistle, kinds.CALLED_OFF.code, _awaited(whistle), once=str(whistle.pk), at=at)


def leave_asked(*, whistle: Whistle, unit: int, at: datetime) -> None:
    """Whoever called."""
    once = f"{whistle.pk}:{unit}"
    people = _writers(whistle, at)
    tell(kind=kinds.LEAVE_ASKED.code, people=people, subject=str(whistle.pk), facts={"unit": unit}, once=once, at=at)


def excused(*, whistle: Whistle, unit: int, at: datetime) -> None:
    """The unit."""
    _to_units(whistle, kinds.EXCUSED.code, [unit], once=f"{whistle.pk}:{unit}", at=at)


def absent(*, whistle: Whistle, units: Sequence[int], at: datetime) -> None:
    """The heads of the units that did not come, and whoever called them."""
    heads, writers = people_by_unit(unit_ids=units, roles=HEADS, at=at), _writers(whistle, at)
    tell_many(
        [
            Telling(
                kind=kinds.ABSENT.code,
                people={*heads.get(unit, ()), *writers},
                subject=str(whistle.pk),
                facts={"unit": unit, "meets_at": instant(whistle.meets_at)},
                once=f"{whistle.pk}:{unit}",
            )
            for unit in units
        ],
        at=at,
    )


def not_signed(*, whistle: Whistle, unit: int, at: datetime) -> None:
    """The head of the unit that has not signed in time, and whoever called it."""
    people = {*people_posted(unit_ids=[unit], roles=HEADS, at=at), *_writers(whistle, at)}
    facts: Facts = {"unit": unit, "meets_at": instant(whistle.meets_at)}
    once = f"{whistle.pk}:{unit}"
    tell(kind=kinds.NOT_SIGNED.code, people=people, subject=str(whistle.pk), facts=facts, once=once, at=at)


def tasks_given(*, whistle: Whistle, tasks: Sequence[tuple[Task, Sequence[int]]], at: datetime) -> None:
    """The people of the lead and of those who cooperate."""
    units = {unit for task, helpers in tasks for unit in (task.unit_id, *helpers)}
    people = people_by_unit(unit_ids=units, roles=WORKERS, at=at)
    tell_many(
        [
            _of_task(kinds.TASK_GIVEN.code, whistle, task, _of(people, [task.unit_id, *helpers]))
            for task, helpers in tasks
        ],
        at=at,
    )


def task_reported(*, whistle: Whistle, task: Task, at: datetime) -> None:
    """Whoever is to look at it."""
    tell_many([_of_task(kinds.TASK_REPORTED.code, whistle, task, _writers(whistle, at))], at=at)


def task_sent_back(*, whistle: Whistle, task: Task, at: datetime) -> None:
    """The people of the lead."""
    people = people_posted(unit_ids=[task.unit_id], roles=WORKERS, at=at)
    tell_many([_of_task(kinds.TASK_SENT_BACK.code, whistle, task, people)], at=at)


def task_late(*, whistle: Whistle, task: Task, at: datetime) -> None:
    """The people of the lead with its head, and whoever called."""
    people = {*people_posted(unit_ids=[task.unit_id], roles=WORKERS, at=at), *_writers(whistle, at)}
    tell_many([_of_task(kinds.TASK_LATE.code, whistle, task, people)], at=at)


def to_score(*, whistle: Whistle, at: datetime) -> None:
    """Both sides: the units that were called and not excused, and whoever called."""
    called = Summons.objects.filter(whistle=whistle).exclude(attendance=Attendance.EXCUSED)
    units = list(called.values_list("unit_id", flat=True))
    people = {*people_posted(unit_ids=units, roles=WORKERS, at=at), *_writers(whistle, at)}
    facts: Facts = {"due_at": instant(whistle.stage_due_at)}
    tell(kind=kinds.TO_SCORE.code, people=people, subject=str(whistle.pk), facts=facts, once=str(whistle.pk), at=at)


def _writers(whistle: Whistle, at: datetime) -> set[int]:
    """Whoever writes the minutes for the body that called."""
    body = whistle.issuer_id or whistle.asker_id
    return set(people_posted(unit_ids=[body], roles=WRITERS, at=at))


def _awaited(whistle: Whistle) -> list[int]:
    rows = Summons.objects.filter(whistle=whistle, attendance=Attendance.AWAITED)
    return list(rows.values_list("unit_id", flat=True))


def _to_units(whistle: Whistle, kind: str, units: Iterable[int], *, once: str, at: datetime) -> None:
    people = people_posted(unit_ids=units, roles=WORKERS, at=at)
    facts: Facts = {"unit": whistle.issuer_id or whistle.asker_id, "meets_at": instant(whistle.meets_at)}
    tell(kind=kind, people=people, subject=str(whistle.pk), facts=facts, once=once, at=at)


def _of(people: dict[int, list[int]], units: Iterable[int]) -> set[int]:
    return {person for unit in units for person in people.get(unit, ())}


def _of_task(kind: str, whistle: Whistle, task: Task, people: Iterable[int]) -> Telling:
    return Telling(
        kind=kind,
        people=people,
        subject=str(whistle.pk),
        facts={"unit": task.unit_id, "task": task.number, "due_at": instant(task.stage_due_at)},
        once=f"{task.pk}:{task.sent_back}",
    )
