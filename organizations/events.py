"""What happens to people's postings and to the lists: ids and codes, never names."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from kernel.events import DomainEvent, event

# The list and each person have a chain of their own: "cases" without a petition.
LIST = uuid5(NAMESPACE_URL, "organizations/responsibility-list")
CATALOGUE = uuid5(NAMESPACE_URL, "organizations/matters")
STRUCTURE = uuid5(NAMESPACE_URL, "organizations/units")


def person(*, user_id: int) -> UUID:
    """The case under which everything about one person's postings is chained."""
    return uuid5(NAMESPACE_URL, f"organizations/user/{user_id}")


@event("list.published")
@dataclass(frozen=True, kw_only=True)
class ListPublished(DomainEvent):
    """A new version of the responsibility list; codes of the entries that begin, change or end on `effective`."""

    effective: str
    added: list[str]
    changed: list[str]
    gone: list[str]


@event("matters.loaded")
@dataclass(frozen=True, kw_only=True)
class MattersLoaded(DomainEvent):
    """The catalogue of matters was brought in line with its file."""

    added: list[str]
    changed: list[str]


@event("posting.appointed")
@dataclass(frozen=True, kw_only=True)
class Appointed(DomainEvent):
    """Somebody took up a posting."""

    user_id: int
    unit_id: int
    role: str
    cell_code: str
    valid_from: str
    valid_until: str


@event("posting.ended")
@dataclass(frozen=True, kw_only=True)
class PostingEnded(DomainEvent):
    """A posting ends at `valid_until`."""

    user_id: int
    posting_id: int
    valid_until: str


@event("units.loaded")
@dataclass(frozen=True, kw_only=True)
class UnitsLoaded(DomainEvent):
    """Units were brought in line with a file."""

    added: list[str]
    changed: list[str]


@event("conditions.amended")
@dataclass(frozen=True, kw_only=True)
class ConditionsAmended(DomainEvent):
    """Filing conditions begin, change or end on `effective`; their codes."""

    effective: str
    conditions: list[str]


@event("team.founded")
@dataclass(frozen=True, kw_only=True)
class TeamFounded(DomainEvent):
    """A township has an enforcement team from a day on; its powers are codes of matters."""

    code: str
    kind: str
    township: int
    powers: list[str]
    valid_from: str
    valid_until: str


@event("team.posted")
@dataclass(frozen=True, kw_only=True)
class PostedDown(DomainEvent):
    """Somebody of a department is posted down to a team."""

    user_id: int
    home: int
    valid_from: str
    valid_until: str


@event("team.recalled")
@dataclass(frozen=True, kw_only=True)
class Recalled(DomainEvent):
    """Somebody is back in the department from a day on."""

    user_id: int
    home: int
    valid_until: str


@event("team.ended")
@dataclass(frozen=True, kw_only=True)
class TeamEnded(DomainEvent):
    """A team is no more from a day on; its people go back on that day."""

    valid_until: str
    people: list[int]


@event("absence.entered")
@dataclass(frozen=True, kw_only=True)
class AbsenceEntered(DomainEvent):
    """Somebody is away from one instant until another, and somebody of the same unit stands in."""

    user_id: int
    stand_in: int
    unit: int
    begins_at: str
    ends_at: str


@event("absence.ended")
@dataclass(frozen=True, kw_only=True)
class AbsenceEnded(DomainEvent):
    """Somebody is back earlier, or does not leave at all where it ends as it begins."""

    user_id: int
    stand_in: int
    unit: int
    ends_at: str
