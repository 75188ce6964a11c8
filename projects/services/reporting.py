"""The report of a month: filed by the owner, once; remarked on by the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Message, Missing
from kernel.events import record
from kernel.permissions import require
from organizations.models import Unit
from projects.choices import MonthState
from projects.events import ProjectReported, ReportRemarked
from projects.models import MonthReport, Project
from projects.queries.moves import month_verdict, report_verdict

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a report says. `wanted` is asked of `wanted_unit`; both or neither."""

    done: str
    percent: int
    obstacles: str = ""
    wanted: str = ""
    wanted_unit: int | None = None


@deed
def file(*, report_id: Any, account: Account, actor: Actor, at: datetime) -> MonthReport:
    """File the report that is owed for a month, in time or not. Raises Conflict where it is filed already."""
    report = _locked(report_id)
    require(report_verdict(report=report, actor=actor))
    if report.filed_at is not None:
        raise Conflict(_("This report is filed already."), code="filed")
    _check(account)
    report.done, report.percent, report.obstacles = account.done.strip(), account.percent, account.obstacles.strip()
    report.wanted, report.wanted_unit_id = account.wanted.strip(), account.wanted_unit
    report.filed_at, report.filed_by_id = at, actor.user_id
    report.save(update_fields=["done", "percent", "obstacles", "wanted", "wanted_unit", "filed_at", "filed_by"])
    timers.cancel(subject_id=str(report.pk), at=at)
    on_time = report.missed_at is None and at <= report.month.due_at
    happened = ProjectReported(
        case_id=report.project_id, subject_id=str(report.pk), month=report.month.month.isoformat(),
        percent=account.percent, on_time=on_time, wanted=account.wanted_unit or 0,
    )  # fmt: skip
    record(happened, actor=actor, at=at)
    return report


@deed
def remark(*, report_id: Any, remark: str, actor: Actor, at: datetime) -> MonthReport:
    """Say something on one report while the dispatch is not held yet."""
    report = _locked(report_id)
    require(month_verdict(month=report.month, actor=actor))
    if report.month.state != MonthState.COLLECTING:
        raise Conflict(_("This monthly dispatch is held."), code="held")
    if not remark.strip():
        raise Invalid(_("Say something."), fields={"remark": [_("Required.")]})
    report.remark = remark.strip()
    report.save(update_fields=["remark"])
    happened = ReportRemarked(
        case_id=report.project_id, subject_id=str(report.pk), month=report.month.month.isoformat()
    )
    record(happened, actor=actor, at=at)
    return report


def _locked(report_id: Any) -> MonthReport:
    """The report, its project locked before it."""
    project_id = MonthReport.objects.filter(pk=report_id).values_list("project_id", flat=True).first()
    if project_id is None:
        raise Missing(_("This does not exist, or not for you."))
    project = Project.objects.locked(project_id)
    rows = MonthReport.objects.select_related("month__plan").select_for_update(of=("self",))
    report: MonthReport = rows.get(pk=report_id)
    report.project = project
    return report


def _check(account: Account) -> None:
    fields: dict[str, list[Message]] = {}
    if not account.done.strip():
        fields["done"] = [_("Required.")]
    if not 0 <= account.percent <= WHOLE:
        fields["percent"] = [_("Between 0 and 100.")]
    if bool(account.wanted.strip()) != (account.wanted_unit is not None):
        fields["wanted_unit"] = [_("Say what is asked for, and of whom.")]
    elif account.wanted_unit and not Unit.objects.working().filter(pk=account.wanted_unit).exists():
        fields["wanted_unit"] = [_("There is no such unit.")]
    if fields:
        raise Invalid(_("The report is not complete."), fields=fields)
