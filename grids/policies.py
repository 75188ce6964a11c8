"""Pure decisions about findings: who may do what with one, by its place."""

from __future__ import annotations

from typing import Protocol

from kernel.actors import Actor
from kernel.permissions import Allowed, Verdict

VIEW, RUN, ASSIGN, ACCEPT, KEEP = (
    "finding.view", "finding.run", "finding.assign", "finding.accept", "reference.edit"
)  # fmt: skip


class FindingFacts(Protocol):
    place: str
    unit_id: int | None


def finding_verdict(*, capability: str, finding: FindingFacts, actor: Actor) -> Verdict:
    """Over one's own area; whoever keeps the whole map, over all of it."""
    if actor.holds(KEEP) and actor.holds(capability):
        return Allowed()
    return actor.may(capability, place=finding.place)
