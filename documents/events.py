"""What happens to documents. Ids and codes only; the words of a document are never in the log."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("document.issued")
@dataclass(frozen=True, kw_only=True)
class DocumentIssued(DomainEvent):
    """A document of a case went out under a number; `full` where it holds personal data unmasked."""

    kind: str
    year: int
    serial: int
    language: str
    full: bool
    sha256: str
