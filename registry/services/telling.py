"""Who is told of the registry: those who approve, whoever proposed, and the two units of a hand-over."""

from __future__ import annotations

from datetime import datetime

from kernel.actors import Actor
from notices.services.telling import tell
from organizations.choices import Role
from organizations.queries import people_in_roles, people_posted
from registry import tellings
from registry.models import Draft, HandOver

APPROVE = (Role.CENTER_DIRECTOR, Role.LIST_KEEPER)
SIGN = (Role.HANDLER, Role.TOWNSHIP_OFFICER, Role.VILLAGE_OFFICER)


def tell_submitted(*, draft: Draft, lines: int, at: datetime) -> None:
    """Whoever approves drafts, but for who proposed this one: nobody decides on their own."""
    people = [one for one in people_in_roles(roles=APPROVE, at=at) if one != draft.proposed_by_id]
    tell(
        kind=tellings.SUBMITTED.code,
        people=people,
        subject=str(draft.pk),
        facts={"lines": lines},
        once=f"{draft.pk}:{draft.version}",  # a draft may be taken back and handed in again
        at=at,
    )


def tell_decided(*, draft: Draft, how: str, at: datetime) -> None:
    """Whoever proposed it; nobody where the system did."""
    tell(
        kind=tellings.DECIDED.code,
        people=[draft.proposed_by_id] if draft.proposed_by_id is not None else [],
        subject=str(draft.pk),
        facts={"how": how},
        once=f"{draft.pk}:{draft.version}",
        at=at,
    )


def tell_to_sign(*, hand_over: HandOver, item_code: str, actor: Actor, at: datetime) -> None:
    """Whoever signs for one of the two units, but for who proposed it."""
    units = (hand_over.from_unit_id, hand_over.to_unit_id)
    people = people_posted(unit_ids=units, roles=SIGN, at=at)
    tell(
        kind=tellings.TO_SIGN.code,
        people=[one for one in people if one != actor.user_id],
        subject=str(hand_over.pk),
        facts={"item": item_code, "from_unit": units[0], "to_unit": units[1]},
        once=str(hand_over.pk),
        at=at,
    )
