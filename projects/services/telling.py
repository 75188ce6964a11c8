"""Who is told what of key work, inside the deed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kernel.events import instant
from notices.services.telling import Telling, tell, tell_many
from organizations.choices import AreaLevel, Role
from organizations.queries import center_id_of, people_by_unit, people_posted
from projects import tellings as kinds
from projects.models import Bulletin, Instruction, Month, MonthReport, Project

HEADS = (Role.TOWNSHIP_HEAD, Role.DEPARTMENT_HEAD)
WORKERS = (*HEADS, Role.HANDLER, Role.TOWNSHIP_OFFICER)
CHECKERS = (Role.DISPATCHER, Role.CENTER_DIRECTOR)


def decided(*, project: Project, what: str, once: str, at: datetime) -> None:
    """The person who answers for it, and the head of the owner."""
    people = {project.person_id, *people_posted(unit_ids=[project.owner_id], roles=HEADS, at=at)}
    _tell(kinds.DECIDED.code, people, project, {"unit": project.owner_id, "what": what}, once, at)


def to_check(*, project: Project, what: str, once: str, at: datetime) -> None:
    """Whoever checks at the centre."""
    people = _centre(project, CHECKERS, at)
    _tell(kinds.TO_CHECK.code, people, project, {"unit": project.owner_id, "what": what}, once, at)


def to_rule(*, project: Project, what: str, once: str, at: datetime) -> None:
    """The director of the centre and the county leader in charge."""
    people = {project.leader_id, *_centre(project, (Role.CENTER_DIRECTOR,), at)}
    _tell(kinds.TO_CHECK.code, people, project, {"unit": project.owner_id, "what": what}, once, at)


def instructed(*, task: Instruction, at: datetime) -> None:
    """The people of the unit that is to do it."""
    people = people_posted(unit_ids=[task.unit_id], roles=WORKERS, at=at)
    facts: dict[str, str | int] = {"unit": task.unit_id, "due_at": instant(task.stage_due_at)}
    _tell(kinds.INSTRUCTED.code, people, task.project, facts, f"{task.pk}:{task.sent_back}", at)


def late(*, project: Project, unit: int, rung: int, what: str, once: str, at: datetime) -> None:
    """First the head of the unit that is late and whoever answers for the project, then the leader in charge."""
    if rung > 1:
        people = {project.leader_id}
    else:
        people = set(people_posted(unit_ids=[unit], roles=HEADS, at=at))
        people |= {project.person_id} if unit == project.owner_id else set()
    _tell(kinds.LATE.code, people, project, {"unit": unit, "what": what}, once, at)


def centre_late(*, project: Project, what: str, once: str, at: datetime) -> None:
    """The director of the centre, whose people have not looked."""
    people = _centre(project, (Role.CENTER_DIRECTOR,), at)
    _tell(kinds.LATE.code, people, project, {"unit": project.owner_id, "what": what}, once, at)


def owed(*, month: Month, reports: Iterable[MonthReport], at: datetime) -> None:
    """Whoever answers for each project that has not reported, and the people of its owner."""
    rows = list(reports)
    people = people_by_unit(unit_ids={one.project.owner_id for one in rows}, roles=WORKERS, at=at)
    tell_many(
        [
            Telling(
                kind=kinds.OWED.code,
                people={one.project.person_id, *people.get(one.project.owner_id, ())},
                subject=str(one.project_id),
                facts={"unit": one.project.owner_id, "due_at": instant(month.due_at)},
                once=f"{one.pk}:{instant(at)}",
            )
            for one in rows
        ],
        at=at,
    )


def published(*, bulletin: Bulletin, people: Iterable[int], at: datetime) -> None:
    """Everybody whose work it speaks of."""
    code, subject = kinds.PUBLISHED.code, str(bulletin.pk)
    tell(kind=code, people=people, subject=subject, facts={}, once=subject, at=at)


def _centre(project: Project, roles: Iterable[str], at: datetime) -> set[int]:
    center = center_id_of(place=project.place, level=AreaLevel.COUNTY)
    return set(people_posted(unit_ids=[center] if center else [], roles=roles, at=at))


def _tell(kind: str, people: Iterable[int], project: Project, facts: Any, once: str, at: datetime) -> None:
    tell(kind=kind, people=people, subject=str(project.pk), facts=facts, once=once, at=at)
