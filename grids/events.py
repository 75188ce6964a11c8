"""What happens to the map: codes only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from kernel.events import DomainEvent, event


def cell(*, code: str) -> UUID:
    """The case under which everything about one grid is chained."""
    return uuid5(NAMESPACE_URL, f"grids/cell/{code}")


@event("cell.drawn")
@dataclass(frozen=True, kw_only=True)
class CellDrawn(DomainEvent):
    """A grid was drawn, or drawn anew."""

    cell_code: str
    kind: str
    area_m2: int


@event("cell.retired")
@dataclass(frozen=True, kw_only=True)
class CellRetired(DomainEvent):
    """A grid was taken off the map; its code stays in old cases."""

    cell_code: str


@event("cell.split")
@dataclass(frozen=True, kw_only=True)
class CellSplit(DomainEvent):
    """A grid ended, and two others stand on its ground. What is open without a point goes on in `rest`."""

    cell_code: str
    into: list[str]
    rest: str
    ends_on: str


@event("cell.merged")
@dataclass(frozen=True, kw_only=True)
class CellMerged(DomainEvent):
    """A grid ended; with a neighbour it has become the grid `into`."""

    cell_code: str
    into: str
    ends_on: str


@event("cell_plan.made")
@dataclass(frozen=True, kw_only=True)
class CellPlanMade(DomainEvent):
    """These grids are to be split or merged from a day to come."""

    kind: str
    cells: list[str]
    on: str


@event("cell_plan.withdrawn")
@dataclass(frozen=True, kw_only=True)
class CellPlanWithdrawn(DomainEvent):
    """It was taken back before its day."""


@event("cell_plan.done")
@dataclass(frozen=True, kw_only=True)
class CellPlanDone(DomainEvent):
    """Its day came; the grids tell the rest by themselves."""

    change: str


@event("cell_plan.refused")
@dataclass(frozen=True, kw_only=True)
class CellPlanRefused(DomainEvent):
    """Its day came, and the map was no longer the one that it was made for."""

    fault: str


def area_case(*, code: str) -> UUID:
    """The case under which everything about the outline of one area is chained."""
    return uuid5(NAMESPACE_URL, f"grids/outline/{code}")


@event("outline.drawn")
@dataclass(frozen=True, kw_only=True)
class OutlineDrawn(DomainEvent):
    """The outline of a village or a township was drawn, or drawn anew."""

    area_code: str
    area_m2: int


AUDITS = uuid5(NAMESPACE_URL, "grids/audits")  # the chain of all runs


@event("audit.ran")
@dataclass(frozen=True, kw_only=True)
class AuditRan(DomainEvent):
    """The hygiene audit went over the whole map."""

    stood: int
    opened: int
    reopened: int
    closed: int


@event("map_job.asked")
@dataclass(frozen=True, kw_only=True)
class MapJobAsked(DomainEvent):
    """Somebody asked for an audit, or handed in a file to be read; a worker does it."""

    what: str


@event("map_job.stopped")
@dataclass(frozen=True, kw_only=True)
class MapJobStopped(DomainEvent):
    """It came to nothing, for this reason."""

    what: str
    fault: str


@event("finding.seen")
@dataclass(frozen=True, kw_only=True)
class FindingSeen(DomainEvent):
    """The audit found something for the first time, or again after it was gone (`times` > 1)."""

    kind: str
    place: str
    times: int


@event("finding.gone")
@dataclass(frozen=True, kw_only=True)
class FindingGone(DomainEvent):
    """The audit no longer sees it."""

    kind: str
    place: str


@event("finding.assigned")
@dataclass(frozen=True, kw_only=True)
class FindingAssigned(DomainEvent):
    """A unit, or somebody in it, is to put it right by a day."""

    unit: int
    person: int
    due_on: str


@event("finding.withdrawn")
@dataclass(frozen=True, kw_only=True)
class FindingWithdrawn(DomainEvent):
    """It is nobody's any more, or accepted no longer."""


@event("finding.accepted")
@dataclass(frozen=True, kw_only=True)
class FindingAccepted(DomainEvent):
    """It stays as it is; the reason is kept with it."""


@event("finding.commented")
@dataclass(frozen=True, kw_only=True)
class FindingCommented(DomainEvent):
    """Somebody said something about it; the words are kept with it."""


@event("findings.exported")
@dataclass(frozen=True, kw_only=True)
class FindingsExported(DomainEvent):
    """Somebody took the list away."""

    rows: int
    capped: bool


@event("cell.staffed")
@dataclass(frozen=True, kw_only=True)
class CellStaffed(DomainEvent):
    """Somebody without an account serves a grid from a day on, or until a day."""

    cell_code: str
    kind: str
    valid_from: str
    valid_until: str


@event("map.prepared")
@dataclass(frozen=True, kw_only=True)
class MapPrepared(DomainEvent):
    """A file was read, and what it would change is kept to be looked at; nothing changed yet."""

    of: str
    new: int
    changed: int
    faulty: int


@event("map.imported")
@dataclass(frozen=True, kw_only=True)
class MapImported(DomainEvent):
    """Grids of a file were put on the map; each is told of by itself too."""

    new: int
    changed: int


@event("map.exported")
@dataclass(frozen=True, kw_only=True)
class MapExported(DomainEvent):
    """Somebody took the map away."""

    rows: int
