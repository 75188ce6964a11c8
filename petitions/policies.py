"""Pure decisions about petitions: who may do what to this one, and whose name is kept from whom."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor, Seat
from kernel.permissions import Allowed, Denied, Verdict
from petitions.choices import Channel, Nature

# What a person may do to a petition of their own, without any office.
OWN = frozenset({"petition.supply", "petition.withdraw", "petition.rate", "petition.attach"})
# What only the level that holds it does; a centre's dispatchers do it anywhere in their territory.
RECEPTION = frozenset({"petition.accept", "petition.ask"})
FIELD_ROLES = frozenset({"gridworker", "grid_leader"})
# Moves that happen inside a work order or a plan of steps; they are offered there, with rules of their own.
THROUGH_ORDERS = frozenset({"dispatch", "recall", "handle", "reject", "verify", "plan"})

# A seat that holds none of these has no business with the content of petitions (an administrator's, for one).
READING = frozenset(
    {
        "petition.accept",
        "petition.reply",
        "petition.attach",
        "order.sign",
        "order.progress",
        "order.verify",
        "assessment.view",
        "mediation.manage",
    }
)


class PetitionFacts(Protocol):
    id: UUID
    reporter_user_id: int | None
    registrar_id: int | None
    lead_unit_id: int | None
    center_id: int
    involved: list[int]
    nature: str
    confidential: bool

    @property
    def place(self) -> str: ...


def verdict(*, capability: str, petition: PetitionFacts, actor: Actor) -> Verdict:
    """Whether the actor may use a capability on this petition."""
    if capability == "petition.rate" and petition.lead_unit_id in actor.unit_ids:
        return Denied(_("Whoever handled it does not rate it."))
    # Whoever only took it in, at the hotline or from a file, does not speak for the citizen on how it went.
    speaks = capability != "petition.rate" or actor.user_id == petition.reporter_user_id
    if capability in OWN and speaks and is_own(petition=petition, actor=actor):
        return Allowed()
    if capability in RECEPTION and petition.center_id not in actor.unit_ids and not actor.holds("order.assign"):
        return Denied(_("Another level receives this now."))
    return actor.may(capability, place=petition.place, units=petition.involved)


def usual_channel(*, actor: Actor) -> str:
    """Where a report of this actor comes from unless it is said."""
    if actor.holds("petition.accept") or actor.is_system:
        return Channel.HOTLINE
    if actor.roles & FIELD_ROLES:
        return Channel.GRIDWORKER
    if actor.unit_ids:
        return Channel.TOWNSHIP
    return Channel.APP


def may_use_channel(*, channel: str, actor: Actor) -> Verdict:
    """Who may say that a report came another way than their own: only the centres that take reports in."""
    if channel == usual_channel(actor=actor) or actor.holds("petition.accept"):
        return Allowed()
    return Denied(_("Only a centre takes in what came by another way."))


def is_own(*, petition: PetitionFacts, actor: Actor) -> bool:
    """One's own as citizen, or as the gridworker who reported it."""
    return actor.user_id is not None and actor.user_id in (petition.reporter_user_id, petition.registrar_id)


def identity_withheld(*, petition: PetitionFacts, actor: Actor) -> bool:
    """Reports of wrongdoing and withheld identities are hidden, even masked, from every unit that handles the case.

    信访工作条例 30 and 46: neither the report nor the reporter's identity reaches the body complained about.
    """
    if actor.is_system or is_own(petition=petition, actor=actor):
        return False
    hidden = petition.confidential or petition.nature == Nature.REPORT
    return hidden and not actor.may("petition.reveal", place=petition.place)


def reads_cases(seat: Seat) -> bool:
    """Whether a seat opens the content of cases at all."""
    return bool(seat.capabilities & READING)
