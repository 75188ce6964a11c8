"""The parties: who is in dispute. Their data is sealed when it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.events import record
from mediation.choices import Side
from mediation.events import PartyAdded
from mediation.models import MediationCase, Party
from mediation.policies import same_person
from mediation.services import cases
from mediation.workflow import WORKFLOW


@dataclass(frozen=True, kw_only=True)
class PartyData:
    """A party in clear. Everything but the name may be empty; none of it is stored unsealed."""

    name: str
    identity: str = ""
    phone: str = ""
    address: str = ""

    def joined(self) -> str:
        return "\x1f".join((self.name, self.identity, self.phone, self.address))


@deed
def add_party(
    *, case_id: Any, side: str, about: PartyData, actor: Actor, at: datetime, version: int | None = None
) -> Party:
    """Add a party. Raises NotAllowed where it is the mediator himself, Conflict where it is a party already."""
    case, _petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="party", actor=actor)
    if side not in Side.values:
        raise Invalid(_("Name the side."), fields={"side": [_("Unknown side.")]})
    WORKFLOW.advance(case, "party", given={"name": about.name.strip(), "side": side})
    party = write_party(case=case, side=side, about=about, actor=actor, at=at)
    cases.save(case=case, at=at)
    return party


def write_party(*, case: MediationCase, side: str, about: PartyData, actor: Actor, at: datetime) -> Party:
    """Seal and store one party, and put it on record. The caller holds the lock and has checked the right."""
    party = Party(
        case=case,
        side=side,
        name=personal.encrypt(about.name.strip(), purpose="party.name"),
        identity=personal.encrypt(about.identity.strip(), purpose="party.identity"),
        phone=personal.encrypt(about.phone.strip(), purpose="party.phone"),
        address=personal.encrypt(about.address.strip(), purpose="party.address"),
        name_masked=personal.mask_name(about.name.strip()),
        identity_masked=personal.mask_identity(about.identity) if about.identity.strip() else "",
        phone_masked=personal.mask_phone(about.phone) if about.phone.strip() else "",
        identity_index=personal.blind_index(about.identity.strip(), purpose="identity"),
        phone_index=personal.blind_index(about.phone.strip(), purpose="phone"),
        salt=personal.new_salt(),
        added_at=at,
    )
    if same_person(party, case.mediator_identity, case.mediator_phone):
        raise NotAllowed(_("The mediator is one of the parties."), code="conflict_of_interest")
    if party.identity_index and case.parties.filter(identity_index=party.identity_index).exists():
        raise Conflict(_("This person is a party already."))
    party.save(force_insert=True)
    added = PartyAdded(
        **cases.identity(case),
        party=party.pk,
        side=side,
        identity=personal.commitment(about.joined(), salt=bytes(party.salt)),
    )
    record(added, actor=actor, at=at)
    return party
