"""From a signed-in person to an actor."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor, Seat
from kernel.permissions import Allowed, Denied, Verdict
from organizations.choices import Role
from organizations.models import Posting, User
from organizations.places import prefix_of
from organizations.roles import CAPABILITIES, OVER_NOTHING, territory_of

CITIZEN = Seat(role=Role.CITIZEN.value, capabilities=CAPABILITIES[Role.CITIZEN])


def actor_of(user: User, *, at: datetime) -> Actor:
    """The actor behind a signed-in user at an instant: one seat per posting in force, in one query.

    Somebody without a posting sits as a citizen; a user who was switched off has no seat at all. A seat names its unit
    beside its territory, because signing for an order is the right of the unit that holds it and not of everyone who
    oversees the place.
    """
    key = f"user:{user.pk}"
    if not user.is_active:
        return Actor(key=key, user_id=user.pk)
    postings = (
        Posting.objects.in_force(at)
        .filter(user_id=user.pk, unit__active=True)
        .order_by("id")
        .values_list("role", "cell_code", "unit_id", "unit__area__code", "unit__area__level")
    )
    seats = tuple(_seat(*posting) for posting in postings)
    return Actor(key=key, user_id=user.pk, seats=seats or (CITIZEN,))


def may_anywhere(actor: Actor, *, capability: str) -> Verdict:
    """Whether any seat has the capability: accounts, lists and the map are kept for the whole territory at once."""
    return Allowed() if actor.holds(capability) else Denied(_("Your role does not include this."))


def _seat(role: str, cell_code: str, unit_id: int, area_code: str, area_level: str) -> Seat:
    area_prefix = prefix_of(code=area_code, level=area_level)
    return Seat(
        role=role,
        capabilities=CAPABILITIES[role],
        territory=territory_of(role=role, area_prefix=area_prefix, cell_code=cell_code),
        unit_id=None if role in OVER_NOTHING else unit_id,
    )
