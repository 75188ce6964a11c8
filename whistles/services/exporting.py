"""A list of whistles, or the findings of a quarter, as a spreadsheet, and a note of who took it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import NotAllowed
from kernel.exporting import Takeaway, first_rows
from kernel.periods import Period
from whistles.events import WhistlesExported
from whistles.models import Task, Whistle
from whistles.quarters import findings_of
from whistles.querysets import VIEW, WhistleQuerySet
from whistles.terms import FINDINGS, state_of

LIST = Takeaway(
    of="whistles", event=WhistlesExported, widths=(22, 14, 14, 14, 40, 24, 17, 20, 20, 10, 10, 10, 10, 10, 17, 17)
)
QUARTER = Takeaway(
    of="findings", event=WhistlesExported, widths=(22, 17, 24, 40, 40, 20, 30, 17, 14, 8, 10, 40, 17, 17)
)


@deed
def export_whistles(*, whistles: WhistleQuerySet, actor: Actor, at: datetime) -> IO[bytes]:
    """The first ten thousand rows of a list that is scoped and ordered already; nobody's name is in it."""
    if not actor.holds(VIEW):
        raise NotAllowed(_("Your role does not include this."))
    return LIST.book(title=_("Whistles"), headings=_headings(), rows=_rows(whistles), actor=actor, at=at)


def _headings() -> list[str]:
    return [
        _("Number"),
        _("State"),
        _("Kind"),
        _("Form"),
        _("Matter"),
        _("Where to meet"),
        _("Time to meet"),
        _("Asked for by"),
        _("Issued by"),
        _("Called"),
        _("Came"),
        _("Absent"),
        _("Tasks"),
        _("Tasks done"),
        _("Opened"),
        _("Ended"),
    ]


def _rows(whistles: WhistleQuerySet) -> Iterator[list[Any]]:
    found = whistles.counted().select_related("asker", "issuer")
    for one in first_rows(found):
        yield _row(one)


def _row(one: Whistle) -> list[Any]:
    counts: Any = one
    return [
        one.number or _("not issued"),
        one.get_state_display(),
        one.get_kind_display(),
        one.get_form_display(),
        one.matter,
        one.where,
        one.meets_at,
        str(one.asker),
        str(one.issuer or ""),
        str(counts.called),
        str(counts.came),
        str(counts.absent),
        str(counts.tasks_given),
        str(counts.tasks_done),
        one.opened_at,
        one.ended_at,
    ]


@deed
def export_findings(*, quarter: Period, actor: Actor, at: datetime) -> IO[bytes]:
    """The findings of the inspections of a quarter that one sees, by inspection and number."""
    if not actor.holds(VIEW):
        raise NotAllowed(_("Your role does not include this."))
    found = findings_of(actor=actor, quarter=quarter).select_related("whistle", "unit").prefetch_related("helpers")
    rows = (_finding(one) for one in first_rows(found.order_by("whistle__meets_at", "whistle", "number")))
    return QUARTER.book(title=str(FINDINGS.many), headings=_finding_headings(), rows=rows, actor=actor, at=at)


def _finding_headings() -> list[str]:
    said = FINDINGS.labels
    return [
        _("Number"),
        _("Time to meet"),
        str(said["where"]),
        str(said["found"]),
        str(said["what"]),
        str(said["unit"]),
        _("Cooperating"),
        _("Due"),
        _("State"),
        pgettext("finding", "Late"),
        pgettext("finding", "Sent back"),
        str(said["report"]),
        _("Reported"),
        _("Ended"),
    ]


def _finding(one: Task) -> list[Any]:
    return [
        one.whistle.number,
        one.whistle.meets_at,
        one.where,
        one.found,
        one.what,
        str(one.unit),
        pgettext("between names", ", ").join(str(unit) for unit in one.helpers.all()),
        one.due_at,
        str(state_of(task=one, form=one.whistle.form)),
        _("yes") if one.late else "",
        str(one.sent_back or ""),
        one.report,
        one.reported_at,
        one.ended_at,
    ]
