"""What happens in the registry: each item, draft and hand-over has a chain of its own. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("registry.item_adopted")
@dataclass(frozen=True, kw_only=True)
class ItemAdopted(DomainEvent):
    """An item enters the registry, at its founding too."""

    item: str
    number: int
    draft: str
    effective: str


@event("registry.item_amended")
@dataclass(frozen=True, kw_only=True)
class ItemAmended(DomainEvent):
    """A new version of an item; `fields` are the columns that differ."""

    item: str
    number: int
    draft: str
    effective: str
    fields: list[str]


@event("registry.item_withdrawn")
@dataclass(frozen=True, kw_only=True)
class ItemWithdrawn(DomainEvent):
    """An item ends on `effective`."""

    item: str
    draft: str
    effective: str


@event("registry.item_handed_over")
@dataclass(frozen=True, kw_only=True)
class ItemHandedOver(DomainEvent):
    """A matter moved from one party to another; both have signed."""

    item: str
    number: int
    hand_over: str
    from_unit: int
    to_unit: int
    effective: str


@event("registry.draft_opened")
@dataclass(frozen=True, kw_only=True)
class DraftOpened(DomainEvent):
    origin: str
    effective: str


@event("registry.draft_submitted")
@dataclass(frozen=True, kw_only=True)
class DraftSubmitted(DomainEvent):
    lines: int


@event("registry.draft_taken_back")
@dataclass(frozen=True, kw_only=True)
class DraftTakenBack(DomainEvent):
    """A submitted draft goes back to whoever prepares it."""


@event("registry.draft_approved")
@dataclass(frozen=True, kw_only=True)
class DraftApproved(DomainEvent):
    """The lines of a draft were made: how many items are new, changed, gone, and how many stood so already."""

    effective: str
    new: int
    changed: int
    gone: int
    same: int


@event("registry.draft_refused")
@dataclass(frozen=True, kw_only=True)
class DraftRefused(DomainEvent):
    """A draft is not made."""


@event("registry.draft_late")
@dataclass(frozen=True, kw_only=True)
class DraftLate(DomainEvent):
    """A submitted draft has waited for a decision for two weeks, or for two weeks more."""


@event("registry.draft_discarded")
@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(DomainEvent):
    """A draft was given up, or nobody went on with it for two months."""


@event("registry.hand_over_proposed")
@dataclass(frozen=True, kw_only=True)
class HandOverProposed(DomainEvent):
    item: str
    from_unit: int
    to_unit: int
    effective: str


@event("registry.hand_over_signed")
@dataclass(frozen=True, kw_only=True)
class HandOverSigned(DomainEvent):
    """One of the two units signed."""

    unit: int


@event("registry.hand_over_withdrawn")
@dataclass(frozen=True, kw_only=True)
class HandOverWithdrawn(DomainEvent):
    """Nothing changes hands: somebody withdrew it, or it was not signed in time."""
