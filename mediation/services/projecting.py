"""A new holiday notice and mediations: when a mediator is to be named. Every other date is a calendar day."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from kernel.calendars import numbered
from kernel.deeds import deed
from kernel.events import instant
from kernel.projecting import Step, Turn
from kernel.redating import Dated, Redated, look, redated
from mediation.choices import State
from mediation.deadlines import LIMITS
from mediation.events import MediationReprojected
from mediation.models import MediationCase
from mediation.querysets import CaseQuerySet
from petitions.models import Petition

CLOCK = "mediation.assign"


def count(version: int) -> int:
    """How many cases without a mediator have a date that this version of the calendar puts elsewhere."""
    return len(redated(rows=_dated(_waiting()), calendar=numbered(number=version)))


@deed
def take(*, turn: Turn) -> Step:
    """Look at the cases of a turn that wait for a mediator in time, and move the dates that become others."""
    return look(turn=turn, rows=_waiting(), lock_cases=_lock_cases, dated=_dated, said=lambda one: _said(one, turn))


def _lock_cases(rows: QuerySet[MediationCase]) -> None:
    cases = Petition.objects.filter(pk__in=rows.values_list("petition_id", flat=True))
    list(cases.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _waiting() -> CaseQuerySet:
    waiting: CaseQuerySet = MediationCase.objects.filter(state=State.OPENED, rung=0)
    return waiting


def _dated(rows: Iterable[MediationCase]) -> list[Dated]:
    ends = {"stage_due_at": LIMITS[CLOCK]}
    return [Dated(row=one, case_id=one.petition_id, clock=CLOCK, start=one.opened_at, ends=ends) for one in rows]


def _said(one: Redated, turn: Turn) -> MediationReprojected:
    return MediationReprojected(
        case_id=one.dated.case_id,
        subject_id=str(one.dated.row.pk),
        clock=one.dated.clock,
        from_due=instant(one.before),
        to_due=instant(one.after),
        calendar=turn.calendar.version,
    )
