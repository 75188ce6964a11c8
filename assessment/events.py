"""What happens to reports. A report has a chain of its own."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("report.built")
@dataclass(frozen=True, kw_only=True)
class ReportBuilt(DomainEvent):
    month: str
    scheme: str
    lines: int
    digest: str


@event("report.published")
@dataclass(frozen=True, kw_only=True)
class ReportPublished(DomainEvent):
    month: str
    digest: str


@event("statistics.export_asked")
@dataclass(frozen=True, kw_only=True)
class ExportAsked(DomainEvent):
    what: str
    form: str


@event("statistics.exported")
@dataclass(frozen=True, kw_only=True)
class StatisticsExported(DomainEvent):
    """Somebody's file is ready: how many rows leave the system in it, and its digest."""

    what: str
    rows: int
    capped: bool
    digest: str


@event("statistics.export_stopped")
@dataclass(frozen=True, kw_only=True)
class ExportStopped(DomainEvent):
    done: int
    fault: str


@event("statistics.saved")
@dataclass(frozen=True, kw_only=True)
class ReportSaved(DomainEvent):
    """A question is kept, or its rhythm or sharing was changed."""

    owner: int
    unit: int | None
    rhythm: str
    hour: int


@event("statistics.saved_ended")
@dataclass(frozen=True, kw_only=True)
class SavedReportEnded(DomainEvent):
    owner: int


@event("statistics.answered")
@dataclass(frozen=True, kw_only=True)
class SavedReportAnswered(DomainEvent):
    run: str
    due_at: str
    cells: int
    digest: str
