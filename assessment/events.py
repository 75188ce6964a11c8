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
