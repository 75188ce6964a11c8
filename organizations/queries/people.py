"""From a signed-in person to an actor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor, Seat
from kernel.permissions import Allowed, Denied, Verdict
from organizations.choices import Role
from organizations.models import Posting, User
from organizations.places import prefix_of
from organizations.roles import CAPABILITIES, OVER_NOTHING, territory_of

# As text, since it is asked at every request: putting it together through the models takes longer than answering it.
# Besides their own postings people sit in those of whom they stand in for, in the unit of the absence and while they
# work there themselves. The last rows say who stands in for whom, and have no posting.
POSTINGS = """
WITH away AS MATERIALIZED (
    SELECT absence.user_id, absence.unit_id, absence.stand_in_id
      FROM organizations_absence absence JOIN organizations_user person ON person.id = absence.user_id
     WHERE (absence.stand_in_id = ANY(%(users)s) OR absence.user_id = ANY(%(users)s)) AND person.is_active
       AND absence.begins_at <= %(at)s AND absence.ends_at > %(at)s),
sitting AS (
    SELECT id AS sitter, id AS holder, NULL::bigint AS unit_id FROM unnest(%(users)s::bigint[]) AS asked (id)
     UNION ALL
    SELECT stand_in_id, user_id, unit_id FROM away
     WHERE stand_in_id = ANY(%(users)s) AND EXISTS (
           SELECT FROM organizations_posting own
            WHERE own.user_id = away.stand_in_id AND own.unit_id = away.unit_id AND own.valid_from <= %(at)s
              AND (own.valid_until IS NULL OR own.valid_until > %(at)s)))
SELECT sitting.sitter, sitting.holder, posting.id, posting.role, posting.cell_code, posting.unit_id, area.code,
       area.level
  FROM sitting
  JOIN organizations_posting posting
    ON posting.user_id = sitting.holder AND (sitting.unit_id IS NULL OR posting.unit_id = sitting.unit_id)
  JOIN organizations_unit unit ON unit.id = posting.unit_id AND unit.active
  JOIN organizations_area area ON area.code = unit.area_id
 WHERE posting.valid_from <= %(at)s AND (posting.valid_until IS NULL OR posting.valid_until > %(at)s)
 UNION ALL
SELECT user_id, stand_in_id, NULL, '', '', NULL, '', '' FROM away WHERE user_id = ANY(%(users)s)
 ORDER BY 3
"""

CITIZEN = Seat(role=Role.CITIZEN.value, capabilities=CAPABILITIES[Role.CITIZEN])


def actor_of(user: User, *, at: datetime) -> Actor:
    """The actor behind a signed-in user at an instant: one seat per posting in force, in one query.

    Somebody without a posting sits as a citizen; a user who was switched off has no seat at all. A seat names its unit
    beside its territory, because signing for an order is the right of the unit that holds it and not of everyone who
    oversees the place. Who stands in for somebody sits in that person's seats too, marked as such; accounts are managed
    and companies spoken for in one's own name alone.
    """
    return actors_of([user], at=at)[user.pk]


def actors_of(users: Iterable[User], *, at: datetime) -> dict[int, Actor]:
    """The same for many people by their ids, still in one query: for whoever watches over many at once."""
    asked = list(users)
    seats: dict[int, list[Seat]] = defaultdict(list)
    lent: dict[int, list[Seat]] = defaultdict(list)
    stand_ins: dict[int, set[int]] = defaultdict(set)
    if working := [user.pk for user in asked if user.is_active]:
        with connection.cursor() as cursor:
            cursor.execute(POSTINGS, {"users": working, "at": at})
            for sitter, holder, posting_id, role, *posting in cursor.fetchall():
                if posting_id is None:
                    stand_ins[sitter].add(holder)
                elif sitter == holder:
                    seats[sitter].append(_seat(None, role, *posting))
                elif role not in OVER_NOTHING:
                    lent[sitter].append(_seat(holder, role, *posting))
    return {
        user.pk: _actor(user, [*(seats[user.pk] or (CITIZEN,)), *lent[user.pk]], stand_ins[user.pk]) for user in asked
    }


def _actor(user: User, seats: list[Seat], stand_ins: set[int]) -> Actor:
    key = f"user:{user.pk}"
    if not user.is_active:
        return Actor(key=key, user_id=user.pk)
    return Actor(key=key, user_id=user.pk, seats=tuple(seats), stand_ins=frozenset(stand_ins))


def may_anywhere(actor: Actor, *, capability: str) -> Verdict:
    """Whether any seat has the capability: accounts, lists and the map are kept for the whole territory at once."""
    return Allowed() if actor.holds(capability) else Denied(_("Your role does not include this."))


def people_posted(*, unit_ids: Iterable[int], roles: Iterable[str] | None = None, at: datetime) -> list[int]:
    """Ids of the users who work for any of the units at an instant, in any role or in one of `roles`; one query."""
    return sorted(set(chain.from_iterable(people_by_unit(unit_ids=unit_ids, roles=roles, at=at).values())))


def people_by_unit(
    *, unit_ids: Iterable[int], roles: Iterable[str] | None = None, at: datetime
) -> dict[int, list[int]]:
    """The same unit by unit, for deeds that are done to many units at once; one query, none for no unit."""
    wanted = set(unit_ids)
    found: dict[int, list[int]] = defaultdict(list)
    if not wanted:
        return found
    rows = Posting.objects.in_force(at).filter(unit_id__in=wanted, user__is_active=True)
    if roles is not None:
        rows = rows.filter(role__in=list(roles))
    for unit_id, user_id in rows.order_by("unit_id", "user_id").values_list("unit_id", "user_id").distinct():
        found[unit_id].append(user_id)
    return found


def people_who_may(*, capability: str, unit_ids: Iterable[int], at: datetime) -> list[int]:
    """Ids of the users of some units whose role has a capability: those for whom a step waits; one query."""
    roles = [role for role, held in CAPABILITIES.items() if capability in held]
    return people_posted(unit_ids=unit_ids, roles=roles, at=at)


def people_in_roles(*, roles: Iterable[str], at: datetime) -> list[int]:
    """Ids of the users who hold one of the roles at an instant, for whatever unit; one query."""
    rows = Posting.objects.in_force(at).filter(role__in=list(roles), user__is_active=True, unit__active=True)
    return sorted(set(rows.values_list("user_id", flat=True)))


def _seat(stands_for: int | None, role: str, cell_code: str, unit_id: int, area_code: str, area_level: str) -> Seat:
    area_prefix = prefix_of(code=area_code, level=area_level)
    return Seat(
        role=role,
        capabilities=CAPABILITIES[role],
        territory=territory_of(role=role, area_prefix=area_prefix, cell_code=cell_code),
        unit_id=None if role in OVER_NOTHING else unit_id,
        home=unit_id,
        stands_for=stands_for,
    )
