"""Questions about mediation: which committee, what may be done, and the sealed texts for those who may read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dispatch.models import Progress, WorkOrder
from kernel import personal
from kernel.actors import Actor
from kernel.permissions import Denied, Verdict
from kernel.workflow import Move
from mediation.choices import State
from mediation.models import Agreement, MediationCase, Party
from mediation.policies import ready_for_session, verdict
from mediation.workflow import BY_ITSELF, MANAGE, WORKFLOW
from organizations.choices import Role, UnitKind
from organizations.models import Posting, Unit, User
from petitions.models import Petition

TOWNSHIP, COUNTY, FULL = 9, 6, 12
EXTENDED_ONCE = _("The mediation was extended already; it is extended once.")


def committees_of(*, place: str) -> list[Unit]:
    """The working committees around a place, the township's before the county's. One query."""
    codes = [place[:digits].ljust(FULL, "0") for digits in (TOWNSHIP, COUNTY) if len(place) >= digits]
    found = Unit.objects.working().filter(kind=UnitKind.MEDIATION_COMMITTEE, area_id__in=codes).order_by("id")
    return sorted(found, key=lambda unit: codes.index(unit.area_id))


def mediators_of(*, committee_id: int, at: datetime) -> QuerySet[User]:
    """People posted to a committee as mediators at an instant."""
    posted = Posting.objects.in_force(at).filter(unit_id=committee_id, role=Role.MEDIATOR)
    return User.objects.filter(pk__in=posted.values("user_id"), is_active=True).order_by("display_name", "pk")


def involved_users(*, petition: Petition) -> set[int]:
    """Who reported the petition, or signed, reported on or completed one of its orders."""
    orders = WorkOrder.objects.filter(petition=petition).values_list("signed_by_id", "completed_by_id")
    people: set[int | None] = {person for row in orders for person in row}
    people |= set(Progress.objects.filter(order__petition=petition).values_list("reported_by_id", flat=True))
    people |= {petition.reporter_user_id, petition.registrar_id if petition.channel == "gridworker" else None}
    return {person for person in people if person is not None}


def order_units(*, petition: Petition) -> set[int]:
    """The units that lead an order of the petition."""
    return set(WorkOrder.objects.filter(petition=petition).values_list("unit_id", flat=True))


def move_verdict(*, move: str, case: MediationCase, actor: Actor, parties: Iterable[Party] | None = None) -> Verdict:
    """Whether the actor may make a move now; for a session both sides must be there and willing."""
    said = verdict(capability=MANAGE, move=move, case=case, actor=actor)
    if said and move == "hold":
        return ready_for_session(parties=list(case.parties.all() if parties is None else parties))
    if said and move == "extend" and case.extended_from is not None:
        return Denied(EXTENDED_ONCE)
    return said


def moves_of(*, case: MediationCase, actor: Actor, parties: Iterable[Party] | None = None) -> list[Move]:
    """What the actor may do with a case now, and why not where not."""
    known = list(case.parties.all() if parties is None else parties)
    offered = WORKFLOW.moves(
        state=case.state, verdict=lambda row: move_verdict(move=row.move, case=case, actor=actor, parties=known)
    )
    return [move for move in offered if move.move not in BY_ITSELF]


def reads_texts(*, case: MediationCase, actor: Actor) -> bool:
    """Sealed texts and full names are for the committee; whoever oversees the territory sees how the case stands."""
    return bool(actor.may(MANAGE, units=[case.committee_id]))


def agreement_of(*, case: MediationCase) -> Agreement | None:
    """The agreement that is drawn up or in force; None where there is none or its draft was withdrawn."""
    return case.agreements.filter(dropped_at=None).prefetch_related("signatures", "promises__party").first()


def cases_of(*, petition_id: Any, actor: Actor) -> QuerySet[MediationCase]:
    """The mediation cases of a petition that the actor may see, newest first."""
    found: QuerySet[MediationCase] = MediationCase.objects.visible_to(actor).filter(petition_id=petition_id)
    return found.order_by("-opened_at")


def waits_for(actor: Actor) -> Q:
    """What waits for somebody: one's own cases, and those of one's committee without a mediator."""
    return Q(mediator_id=actor.user_id) | Q(state=State.OPENED, committee_id__in=actor.unit_ids)


def due_now(*, actor: Actor) -> QuerySet[MediationCase]:
    """What waits for the actor among the open cases, soonest due first."""
    found: QuerySet[MediationCase] = MediationCase.objects.visible_to(actor).open().filter(waits_for(actor))
    return found.order_by("stage_due_at", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenParty:
    """A party with the seal off: for the agreement and for nobody outside of the committee."""

    id: int
    side: str
    name: str
    identity: str
    phone: str
    address: str


def open_party(*, party: Party) -> OpenParty:
    """Take the seal off one party's data."""
    return OpenParty(
        id=party.pk,
        side=party.side,
        name=personal.decrypt(party.name, purpose="party.name"),
        identity=personal.decrypt(party.identity, purpose="party.identity"),
        phone=personal.decrypt(party.phone, purpose="party.phone"),
        address=personal.decrypt(party.address, purpose="party.address"),
    )


def opened_text(*, blob: bytes | memoryview, purpose: str) -> str:
    """Take the seal off a text of the case: "agreement.facts", "session.record", "promise.what" and so on."""
    return personal.decrypt(blob, purpose=purpose)
