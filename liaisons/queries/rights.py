"""Who may assign, end and record, for pages and deeds alike."""

from __future__ import annotations

from kernel.actors import Actor
from kernel.permissions import Verdict
from liaisons import policies


def manage_verdict(*, actor: Actor, place: str) -> Verdict:
    """Whether the actor assigns officials to a place and ends it."""
    return policies.manage_verdict(actor=actor, place=place)


def record_verdict(*, actor: Actor, official_id: int) -> Verdict:
    """Whether the actor writes down visits of an official."""
    return policies.record_verdict(actor=actor, official_id=official_id)
