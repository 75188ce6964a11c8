"""The monthly report: built as a draft as often as one likes, published once, and then it stands."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import orjson
from django.utils.translation import gettext as _

from assessment.events import ReportBuilt, ReportPublished
from assessment.indicators import MIN_CASES, SCHEME, TABLE, Indicator
from assessment.models import Report, ReportLine
from assessment.months import month_before, period_of
from assessment.queries import Material, Subject, material, subjects
from assessment.scoring import Tally, ranks, rounded, tally
from assessment.services.facts import catch_up
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing, Stale
from kernel.events import record
from kernel.ids import new_id
from kernel.intervals import wilson
from kernel.permissions import require
from organizations.queries import may_anywhere

BATCH = 500


@deed
def build(*, month: str, actor: Actor, at: datetime) -> Report:
    """Make the draft of a month, or make it anew. Raises Conflict where the report is published, Invalid for a month
    that has not begun, NotAllowed.
    """
    require(may_anywhere(actor, capability="assessment.publish"))
    period = period_of(month=month)
    if period.start > at:
        raise Invalid(_("This month has not begun."), fields={"month": [_("In the future.")]})
    report = Report.objects.select_for_update().filter(month=month).first()
    if report is not None and report.published_at is not None:
        raise Conflict(_("The report of this month is published; it is not changed any more."))
    catch_up(since=period.start, until=period.end)
    if report is None:
        report = Report(id=new_id(at=at), month=month, starts_at=period.start, ends_at=period.end)
    else:
        report.version += 1
        report.lines.all().delete()
    report.scheme, report.least, report.built_at, report.built_by_id = SCHEME, MIN_CASES, at, actor.user_id
    lines = _lines(report)
    report.digest = digest_of(lines)
    report.save()
    ReportLine.objects.bulk_create(lines, batch_size=BATCH)
    built = ReportBuilt(
        case_id=report.pk,
        subject_id=str(report.pk),
        month=month,
        scheme=report.scheme,
        lines=len(lines),
        digest=report.digest,
    )
    record(built, actor=actor, at=at)
    return report


@deed
def publish(*, report_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Report:
    """Publish a draft. From now on neither it nor its lines change: the database refuses. Raises Invalid where the
    month is not over, Conflict where it is published already.
    """
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        raise Missing(_("This does not exist, or not for you."))
    require(may_anywhere(actor, capability="assessment.publish"))
    if version is not None and report.version != version:
        raise Stale(
            _("This was changed in the meantime."),
            details={"current_version": report.version, "your_version": version},
        )
    if report.published_at is not None:
        raise Conflict(_("This report is published already."))
    if at < report.ends_at:
        raise Invalid(_("A month is published when it is over."))
    report.published_at, report.published_by_id = at, actor.user_id
    report.version += 1
    report.save(update_fields=["published_at", "published_by", "version"])
    happened = ReportPublished(case_id=report.pk, subject_id=str(report.pk), month=report.month, digest=report.digest)
    record(happened, actor=actor, at=at)
    return report


def ensure_last_month(*, at: datetime) -> Report | None:
    """Make the draft of the month that is over, unless there is one; so it may be asked as often as one likes."""
    month = month_before(at=at)
    if Report.objects.filter(month=month).exists():
        return None
    return build(month=month, actor=SYSTEM, at=at)


def _lines(report: Report) -> list[ReportLine]:
    month = period_of(month=report.month)
    facts, everybody = material(month=month), list(subjects(month=month))
    lines: list[ReportLine] = []
    for row in TABLE:
        for audience in row.audiences:
            group = [one for one in everybody if one.audience == audience]
            lines += _group(report, row, group, facts)
    return lines


def _group(report: Report, row: Indicator, group: list[Subject], facts: Material) -> list[ReportLine]:
    month = period_of(month=report.month)
    tallies: dict[Subject, Tally] = {}
    for subject in group:
        found = tally(code=row.code, facts=facts.facts(subject=subject, of=row.of), month=month)
        if found.denominator:
            tallies[subject] = found
    ranked = ranks(tallies=tallies, better=row.better, least=report.least)
    return [_line(report, row, subject, found, *ranked[subject]) for subject, found in tallies.items()]


def _line(
    report: Report, row: Indicator, subject: Subject, found: Tally, rank: int | None, unranked: str
) -> ReportLine:
    share = found.share
    assert share is not None  # only subjects with something counted come here
    low, high = wilson(numerator=found.numerator, denominator=found.denominator)
    return ReportLine(
        report=report,
        audience=subject.audience,
        unit_id=subject.unit_id,
        person_id=subject.person_id,
        name=subject.name,
        place=subject.place,
        indicator=row.code,
        numerator=found.numerator,
        denominator=found.denominator,
        rate=rounded(share),
        low=low,
        high=high,
        rank=rank,
        unranked=unranked,
        inputs=list(found.inputs),
        hits=list(found.hits),
    )


def digest_of(lines: list[ReportLine]) -> str:
    """SHA-256 over every figure with everything that it counted: what was published can be proved later."""
    rows = [
        [line.audience, line.unit_id, line.person_id, line.indicator, line.rank, line.inputs, line.hits]
        for line in sorted(
            lines, key=lambda line: (line.audience, line.indicator, line.unit_id or 0, line.person_id or 0)
        )
    ]
    return hashlib.sha256(orjson.dumps(rows)).hexdigest()
