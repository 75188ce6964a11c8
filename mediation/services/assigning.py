"""Naming the mediator, who must stand apart from the parties and from the matter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, NotAllowed
from kernel.events import instant, record
from mediation.choices import Relation
from mediation.deadlines import CONCLUDE_WARNING_DAYS, LIMITS
from mediation.events import MediatorAssigned, MediatorReplaced
from mediation.models import MediationCase
from mediation.policies import conflict
from mediation.queries import involved_users, mediators_of, order_units
from mediation.services import cases
from mediation.workflow import WORKFLOW
from organizations.models import User
from organizations.queries import actor_of
from petitions.models import Petition
from petitions.services.stages import end_of

MEDIATOR = ("mediator_id", "relation", "mediator_identity", "mediator_phone")


@deed
def assign(
    *,
    case_id: Any,
    mediator_id: int,
    relation: str,
    actor: Actor,
    at: datetime,
    identity: str = "",
    version: int | None = None,
) -> MediationCase:
    """Name the mediator, with the relation that he or she declares; the 30 days begin.

    `identity` is the mediator's own number: only its keyed hash is kept, to compare it with the parties'. Raises
    Invalid for somebody who is no mediator of the committee, NotAllowed (conflict_of_interest) with the reason.
    """
    case, petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="assign", actor=actor)
    WORKFLOW.advance(case, "assign", given={"mediator": mediator_id, "relation": relation})
    _name(case, petition, mediator_id, relation, identity, at)
    due = end_of(limit=LIMITS["mediation.conclude"], at=at)
    case.accepted_at, case.conclude_by, case.stage_due_at, case.rung = at, due, due, 0
    cases.save(case=case, at=at, columns=(*MEDIATOR, "accepted_at", "conclude_by", "stage_due_at", "rung"))
    cases.stop_clocks(case=case, at=at, kinds=("mediation.assign",))
    conclude_clocks(case=case, at=at)
    record(
        MediatorAssigned(**cases.identity(case), mediator=mediator_id, relation=relation, conclude_by=instant(due)),
        actor=actor,
        at=at,
    )
    return case


@deed
def replace(
    *,
    case_id: Any,
    mediator_id: int,
    relation: str,
    reason: str,
    actor: Actor,
    at: datetime,
    identity: str = "",
    version: int | None = None,
) -> MediationCase:
    """Name another mediator: the parties may choose (人民调解法 19), and whoever has an interest withdraws."""
    case, petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="replace", actor=actor)
    given = {"mediator": mediator_id, "relation": relation, "reason": reason.strip()}
    before = case.mediator_id or 0
    if before == mediator_id:
        raise Invalid(_("This is the mediator already."), fields={"mediator": [_("The same person.")]})
    WORKFLOW.advance(case, "replace", given=given)
    _name(case, petition, mediator_id, relation, identity, at)
    cases.save(case=case, at=at, columns=MEDIATOR)
    happened = MediatorReplaced(**cases.identity(case), before=before, mediator=mediator_id, relation=relation)
    record(happened, actor=actor, at=at)
    return case


def _name(
    case: MediationCase, petition: Petition, mediator_id: int, relation: str, identity: str, at: datetime
) -> None:
    if relation not in Relation.values:
        raise Invalid(_("Declare the relation."), fields={"relation": [_("Unknown relation.")]})
    person = mediators_of(committee_id=case.committee_id, at=at).filter(pk=mediator_id).first()
    if person is None:
        raise Invalid(_("This is no mediator of the committee."), fields={"mediator": [_("Unknown mediator.")]})
    identity_index = personal.blind_index(identity.strip(), purpose="identity")
    phone_index = personal.blind_index(person.work_phone, purpose="phone")
    against = conflict(
        relation=relation,
        identity_index=identity_index,
        phone_index=phone_index,
        parties=list(case.parties.all()),
        user_id=person.pk,
        involved_users=involved_users(petition=petition),
        units=_units(person, at),
        order_units=order_units(petition=petition),
    )
    if against:
        raise NotAllowed(against, code="conflict_of_interest")
    case.mediator, case.relation = person, relation
    case.mediator_identity, case.mediator_phone = identity_index, phone_index


def _units(person: User, at: datetime) -> frozenset[int]:
    return actor_of(person, at=at).unit_ids


def conclude_clocks(*, case: MediationCase, at: datetime) -> None:
    """Start the clock of the mediation, and the reminder before its end."""
    assert case.conclude_by is not None  # a case with a mediator has an end
    cases.clock(case=case, kind="mediation.conclude", due_at=case.conclude_by, at=at)
    warn_at = case.conclude_by - timedelta(days=CONCLUDE_WARNING_DAYS)
    if warn_at > at:
        cases.clock(case=case, kind="mediation.warn", due_at=warn_at, at=at)
