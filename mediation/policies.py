"""Pure decisions about mediation: who may act on a case, and who may not mediate it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict
from mediation.choices import Relation, Side

Sealed = bytes | memoryview

# What any mediator of the committee may do; the rest is for the mediator of the case alone.
BY_COMMITTEE = frozenset({"assign", "replace", "terminate", "party"})


class CaseFacts(Protocol):
    committee_id: int
    mediator_id: int | None


class PartyFacts(Protocol):
    @property
    def side(self) -> str: ...
    @property
    def identity_index(self) -> Sealed: ...
    @property
    def phone_index(self) -> Sealed: ...
    @property
    def refused_at(self) -> datetime | None: ...


def verdict(*, capability: str, move: str, case: CaseFacts, actor: Actor) -> Verdict:
    """Whether the actor may make a move on this case."""
    may = actor.may(capability, units=[case.committee_id])
    if not may or actor.is_system or move in BY_COMMITTEE:
        return may
    if case.mediator_id != actor.user_id:
        return Denied(_("Only the mediator of this case does this."))
    return Allowed()


def conflict(
    *,
    relation: str,
    identity_index: bytes,
    phone_index: bytes,
    parties: Iterable[PartyFacts],
    user_id: int,
    involved_users: Collection[int],
    units: Collection[int],
    order_units: Collection[int],
) -> str | Lazy:
    """Why somebody may not mediate a case; "" where nothing stands against it.

    `involved_users` reported the petition or handled its order; `order_units` are the units that handle it.
    """
    if relation != Relation.NONE:
        return _("Whoever has a relation to a party or to the matter does not mediate it.")
    if user_id in involved_users:
        return _("Whoever reported the petition or handles its order does not mediate it.")
    if set(units) & set(order_units):
        return _("Whoever works for the unit that handles the petition does not mediate it.")
    if any(same_person(party, identity_index, phone_index) for party in parties):
        return _("The mediator is one of the parties.")
    return ""


def same_person(party: PartyFacts, identity_index: Sealed, phone_index: Sealed) -> bool:
    """Equal identity number or equal telephone, compared by their keyed hashes."""
    same_identity = bool(identity_index) and bytes(party.identity_index) == bytes(identity_index)
    same_phone = bool(phone_index) and bytes(party.phone_index) == bytes(phone_index)
    return same_identity or same_phone


def ready_for_session(*, parties: Collection[PartyFacts]) -> Verdict:
    """人民调解法 17: both sides are there, and neither has clearly refused."""
    if any(party.refused_at is not None for party in parties):
        return Denied(_("A party has clearly refused; there is no mediation against anybody's will."))
    sides = {party.side for party in parties}
    if sides != {Side.APPLICANT, Side.RESPONDENT}:
        return Denied(_("A session needs at least one party on each side."))
    return Allowed()
