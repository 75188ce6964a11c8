"""From a signed-in person to an actor."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor, Seat
from kernel.permissions import Allowed, Denied, Verdict
from organizations.choices import Role
from organizations.models import User
from organizations.places import prefix_of
from organizations.roles import CAPABILITIES, OVER_NOTHING, territory_of

# As text, since it is asked at every request: putting it together through the models takes longer than answering it.
POSTINGS = """
SELECT posting.role, posting.cell_code, posting.unit_id, area.code, area.level
  FROM organizations_posting posting
  JOIN organizations_unit unit ON unit.id = posting.unit_id AND unit.active
  JOIN organizations_area area ON area.code = unit.area_id
 WHERE posting.user_id = %(user)s AND posting.valid_from <= %(at)s
   AND (posting.valid_until IS NULL OR posting.valid_until > %(at)s)
 ORDER BY posting.id
"""

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
    with connection.cursor() as cursor:
        cursor.execute(POSTINGS, {"user": user.pk, "at": at})
        seats = tuple(_seat(*posting) for posting in cursor.fetchall())
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
