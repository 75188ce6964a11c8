"""What waits for whom: one statement over every table of key work, the soonest due first."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value

from kernel.actors import Actor
from projects.choices import REPORTING, MilestoneState, State, TaskState
from projects.models import DateChange, Instruction, Milestone, MonthReport, Project
from projects.policies import CHECK, REPORT, RULE

OWED, CONFIRM, DECIDE, ACCEPT, REPLY, REVIEW = "owed", "confirm", "decide", "accept", "reply", "review"


class Waiting(NamedTuple):
    """One thing that waits: what is to be done, for which project, about what, until when."""

    what: str
    project: UUID
    code: str
    name: str
    due_at: datetime


def waiting(*, actor: Actor, most: int) -> list[Waiting]:
    """What waits for a person in key work; one statement, none for those who have no part in it."""
    found = [*_to_report(actor), *_to_check(actor), *_to_rule(actor)]
    if not found:
        return []
    first, *others = found
    rows: Any = first.union(*others, all=True).order_by("at", "numbered") if others else first.order_by("at")
    return [Waiting(*row) for row in rows[:most]]


def _to_report(actor: Actor) -> list[QuerySet[Any]]:
    units = [seat.unit_id for seat in actor.seats if seat.unit_id and REPORT in seat.capabilities]
    if not units:
        return []
    owed = Q(filed_at=None, project__owner__in=units, project__state__in=REPORTING)
    return [
        _rows(MonthReport.objects.filter(owed), OWED, due="month__due_at"),
        _rows(Instruction.objects.filter(state=TaskState.GIVEN, unit__in=units), REPLY),
    ]


def _to_check(actor: Actor) -> list[QuerySet[Any]]:
    if not actor.holds(CHECK):
        return []
    reported = Q(state=MilestoneState.REPORTED, project__state=State.RUNNING) & ~Q(reported_by__in=actor.persons)
    return [
        _rows(Milestone.objects.visible_to(actor).filter(reported), CONFIRM),
        _rows(Instruction.objects.visible_to(actor).filter(state=TaskState.REPLIED), REVIEW),
        _rows(Project.objects.visible_to(actor).filter(state=State.ASKED), ACCEPT, of=""),
    ]


def _to_rule(actor: Actor) -> list[QuerySet[Any]]:
    if not actor.holds(RULE):
        return []
    asked = DateChange.objects.filter(granted=None).exclude(asked_by__in=actor.persons).values("milestone")
    rows = Milestone.objects.visible_to(actor).filter(pk__in=asked, project__state=State.RUNNING)
    mine = [seat.territory for seat in actor.seats if RULE in seat.capabilities and seat.territory]
    if not mine:  # a county leader: those in his charge
        rows = rows.filter(project__leader=actor.user_id)
    return [_rows(rows, DECIDE)]


def _rows(rows: QuerySet[Any], what: str, *, due: str = "stage_due_at", of: str = "project__") -> QuerySet[Any]:
    """Five columns alike, whatever the table is."""
    said: Any = rows.order_by().annotate(
        waits=Value(what, output_field=CharField()), case=F(f"{of}id"), at=F(due), numbered=F(f"{of}code"),
        named=F(f"{of}name"),
    )  # fmt: skip
    told: QuerySet[Any] = said.values_list("waits", "case", "numbered", "named", "at")
    return told
