"""Pure decisions about petitions: who may do what to this one, and whose name is kept from whom."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict
from petitions.choices import Nature

# What a person may do to a petition of their own, without any office.
OWN = frozenset({"petition.supply", "petition.withdraw", "petition.rate", "petition.attach"})
# Moves that happen inside a work order; they are offered there, with the order's own rules.
THROUGH_ORDERS = frozenset({"dispatch", "recall", "handle", "reject", "verify"})


class PetitionFacts(Protocol):
    id: UUID
    reporter_user_id: int | None
    registrar_id: int | None
    lead_unit_id: int | None
    involved: list[int]
    nature: str
    confidential: bool

    @property
    def place(self) -> str: ...


def verdict(*, capability: str, petition: PetitionFacts, actor: Actor) -> Verdict:
    """Whether the actor may use a capability on this petition."""
    if capability in OWN and is_own(petition=petition, actor=actor):
        return Allowed()
    if capability == "petition.rate" and petition.lead_unit_id in actor.unit_ids:
        return Denied(_("Whoever handled it does not rate it."))
    return actor.may(capability, place=petition.place, units=petition.involved)


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
