"""The kinds of documents: each app declares its own in `letters.py`, and this one prints, numbers and keeps account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from documents.paper import Paper
from kernel.actors import Actor
from kernel.errors import Missing
from kernel.permissions import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a document is about, as its app has found it for this person."""

    case_id: UUID
    issuer_id: int
    row: Any
    verdict: Verdict


class Compose(Protocol):
    def __call__(self, *, row: Any, language: str, opened: Mapping[str, str]) -> Paper:
        """The paper in the language that is active; `opened`: personal data in full, by field, empty for masked."""


class Reveal(Protocol):
    def __call__(self, *, row: Any, purpose: str, actor: Actor, at: datetime) -> Mapping[str, str]:
        """The personal data in full. Records the look; raises NotAllowed, Invalid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One row of the table. The paper must follow from stored rows alone, so that a reprint gives the same bytes.

    `found` answers with the subject or raises Missing; `seen_by` are the ids of all subjects that a person sees;
    `number` is the form of its number, with {year} and {serial}; `purposes` are what one may open personal data for,
    read at the time of asking.
    """

    code: str
    label: str | Promise
    number: str
    found: Callable[[UUID, Actor], Subject]
    seen_by: Callable[[Actor], QuerySet[Any]]
    compose: Compose
    reveal: Reveal
    purposes: Callable[[], list[tuple[str, str]]]


KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Make a kind known; a code may be taken once."""
    if kind.code in KINDS:
        raise ValueError(f"document {kind.code} is declared twice")
    KINDS[kind.code] = kind
    return kind


def kind_of(code: str) -> Kind:
    """The kind of a code. Raises Missing."""
    found = KINDS.get(code)
    if found is None:
        raise Missing(_("There is no such document."))
    return found
