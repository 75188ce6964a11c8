"""Saved reports: a question under a name, shared, asked by the clock; each answer is kept as it was."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Max
from django.utils.translation import gettext as _

from assessment.choices import Rhythm
from assessment.events import ReportSaved, SavedReportAnswered, SavedReportEnded
from assessment.models import SavedReport, SavedRun
from assessment.statistics import asking
from assessment.statistics.asking import Question
from assessment.statistics.flat import cells_of
from assessment.statistics.periods import RANGE
from assessment.statistics.rhythms import day_asked_about, last_due
from assessment.statistics.tables import table_of
from assessment.statistics.windows import windows
from assessment.tellings import SAVED_REPORT
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import DomainError, Invalid, Message, NotAllowed
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.permissions import require
from notices.services.telling import tell
from organizations.models import User
from organizations.queries import actor_of, may_anywhere
from organizations.queries.people import people_who_may

log = logging.getLogger(__name__)
MOST_SAVED = 50
KEEP_RUNS = timedelta(days=3 * 366)
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is kept: a name, the question as an address says it, whom it is shared with, and when it is asked."""

    name: str
    query: Mapping[str, str]
    unit_id: int | None = None
    rhythm: str = ""
    hour: int = 8


@deed
def save(*, wanted: Wanted, actor: Actor, at: datetime) -> SavedReport:
    """Keep a question. Raises NotAllowed, Invalid."""
    query = _checked(wanted, actor, at)
    assert actor.user_id is not None  # checked: only people keep reports
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=actor.user_id)  # counted one after another
    if SavedReport.objects.filter(owner_id=actor.user_id, ended_at=None).count() >= MOST_SAVED:
        raise Invalid(_("You keep as many reports as one may; give up one of them."))
    made = SavedReport(id=new_id(at=at), owner_id=actor.user_id, made_at=at, **_columns(wanted, query, at))
    made.save(force_insert=True)
    _record(made, actor, at)
    return made


@deed
def change(*, report_id: Any, wanted: Wanted, actor: Actor, at: datetime, version: int | None = None) -> SavedReport:
    """Change one's own report. Raises Missing, NotAllowed for somebody else's, Invalid, Stale."""
    made: SavedReport = SavedReport.objects.visible_to(actor).locked(report_id, version=version)
    require_own(report=made, actor=actor)
    # What is due already stays due, unless it is to be asked at another time from now on.
    since = made.since if (made.rhythm, made.hour) == (wanted.rhythm, wanted.hour) else at
    for name, value in _columns(wanted, _checked(wanted, actor, at), since).items():
        setattr(made, name, value)
    made.version += 1
    made.save()
    _record(made, actor, at)
    return made


@deed
def end(*, report_id: Any, actor: Actor, at: datetime, version: int | None = None) -> None:
    """Give a report up: it is asked no more, and what was answered stays in the database. Raises as change() does."""
    made: SavedReport = SavedReport.objects.visible_to(actor).locked(report_id, version=version)
    require_own(report=made, actor=actor)
    made.ended_at = at
    made.version += 1
    made.save(update_fields=["ended_at", "version"])
    record(SavedReportEnded(**_identity(made), owner=made.owner_id), actor=actor, at=at)


def ask_due(*, at: datetime) -> int:
    """Answer what is due and was not answered yet; returns how many. Asked twice, the second finds nothing to do."""
    count = 0
    waiting = SavedReport.objects.by_clock().select_related("owner").order_by("pk")
    last = SavedRun.objects.filter(report__in=waiting).order_by().values("report").annotate(last=Max("due_at"))
    answered = dict(last.values_list("report_id", "last"))
    for report in waiting:
        due = last_due(rhythm=report.rhythm, hour=report.hour, at=at)
        done = answered.get(report.pk)
        if due < report.since or (done is not None and done >= due):
            continue
        try:
            count += answer(report=report, due=due, at=at) is not None
        except DomainError as error:  # of its own question: the others are asked all the same
            log.warning("saved report %s cannot be answered: %s", report.pk, error.code)
    return count


def answer(*, report: SavedReport, due: datetime, at: datetime) -> SavedRun | None:
    """Count a report for its owner with the rights that they have now; None where they have none any more."""
    owner = actor_of(report.owner, at=at)
    if not report.owner.is_active or not owner.holds("assessment.view"):
        return None
    question = question_of(report=report, due=due, at=at)
    figures = counted(question=question, actor=owner, at=at)
    return _keep(report_id=report.pk, question=question, figures=figures, due=due, at=at)


def question_of(*, report: SavedReport, due: datetime, at: datetime) -> Question:
    """The question about the period that holds the day before it was due; a period from day to day stays as it is."""
    said = dict(report.query)
    if said.get("period") != RANGE:
        said["on"] = day_asked_about(due=due).isoformat()
    return asking.read(said=said, at=at)


def counted(*, question: Question, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The figures of a question in plain values, as they are kept."""
    rows: list[dict[str, Any]] = orjson.loads(
        orjson.dumps(list(cells_of(table_of(question=question, actor=actor, at=at))))
    )
    return rows


@deed
def _keep(
    *, report_id: UUID, question: Question, figures: list[dict[str, Any]], due: datetime, at: datetime
) -> SavedRun | None:
    report: SavedReport = SavedReport.objects.locked(report_id)
    if report.ended_at is not None or report.runs.filter(due_at=due).exists():
        return None
    said = question.parameters()
    digest = hashlib.sha256(orjson.dumps([said, figures], option=orjson.OPT_SORT_KEYS)).hexdigest()
    run = SavedRun(id=new_id(at=at), report=report, due_at=due, made_at=at, query=said, figures=figures, digest=digest)
    run.save(force_insert=True)
    happened = SavedReportAnswered(
        **_identity(report), run=str(run.pk), due_at=instant(due), cells=len(figures), digest=digest
    )
    record(happened, actor=SYSTEM, at=at)
    tell(
        kind=SAVED_REPORT.code,
        people={report.owner_id, *_sharers(report, at)},
        subject=str(report.pk),
        facts={"due_at": instant(due)},
        once=str(run.pk),
        at=at,
    )
    return run


@deed
def sweep(*, at: datetime) -> int:
    """Forget answers older than three years; returns how many. The log keeps their digests."""
    return SavedRun.objects.filter(made_at__lt=at - KEEP_RUNS).delete()[0]


def _sharers(report: SavedReport, at: datetime) -> list[int]:
    if report.unit_id is None:
        return []
    return people_who_may(capability="assessment.view", unit_ids=[report.unit_id], at=at)


def _checked(wanted: Wanted, actor: Actor, at: datetime) -> dict[str, str]:
    require(may_anywhere(actor, capability="assessment.view"))
    if actor.user_id is None:
        raise NotAllowed(_("Only people keep reports."))
    wrong: dict[str, list[Message]] = {}
    if not 1 <= len(wanted.name.strip()) <= LONGEST_NAME:
        wrong["name"] = [_("A name of at most %d characters.") % LONGEST_NAME]
    if wanted.rhythm and wanted.rhythm not in Rhythm.values:
        wrong["rhythm"] = [_("Not a choice.")]
    if not 0 <= wanted.hour < 24:
        wrong["hour"] = [_("An hour of the day, from 0 to 23.")]
    if wanted.unit_id is not None and wanted.unit_id not in actor.unit_ids:
        wrong["unit"] = [_("You share with a unit that you work for.")]
    if wrong:
        raise Invalid(_("This cannot be kept."), fields=wrong)
    return _query(wanted.query, actor, at)


def _query(asked: Mapping[str, str], actor: Actor, at: datetime) -> dict[str, str]:
    """The question without its day. What has too many parts or cells is refused now, and not each time it is due."""
    question = asking.read(said=asked, at=at)
    windows(question=question, at=at)
    if question.across:
        table_of(question=question, actor=actor, at=at)
    said = question.parameters()
    if said["period"] != RANGE:
        said.pop("on")
    return said


def _columns(wanted: Wanted, query: dict[str, str], since: datetime) -> dict[str, Any]:
    return {
        "name": wanted.name.strip(),
        "query": query,
        "unit_id": wanted.unit_id,
        "rhythm": wanted.rhythm,
        "hour": wanted.hour,
        "since": since,
    }


def require_own(*, report: SavedReport, actor: Actor) -> None:
    """Raise NotAllowed unless it is the actor's."""
    if not actor.is_system and report.owner_id != actor.user_id:
        raise NotAllowed(_("Only its owner may change it."))


def _record(made: SavedReport, actor: Actor, at: datetime) -> None:
    happened = ReportSaved(
        **_identity(made), owner=made.owner_id, unit=made.unit_id, rhythm=made.rhythm, hour=made.hour
    )
    record(happened, actor=actor, at=at)


def _identity(made: SavedReport) -> dict[str, Any]:
    return {"case_id": made.pk, "subject_id": str(made.pk)}
