"""Unread: what changed since one last opened it, by somebody else; and what waits and was never opened."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from desk.models import Reading
from kernel.actors import Actor
from petitions.choices import OPEN_STATES

NEW, CHANGED = "new", "changed"

# Along the chains of the cases shown, from where the person stopped reading: a few entries each, however long they are.
MARKS = """
SELECT shown.id,
       CASE WHEN reading.seq IS NULL THEN 'new'
            WHEN EXISTS (SELECT FROM kernel_event told
                          WHERE told.case_id = shown.id AND told.seq > reading.seq AND told.actor_key <> %(key)s)
            THEN 'changed' ELSE '' END
  FROM unnest(%(cases)s::uuid[]) AS shown (id)
  LEFT JOIN desk_reading reading ON reading.petition_id = shown.id AND reading.user_id = %(user)s
"""
# A lateral join with a limit goes from each case that was opened into its chain, and never through the log.
CHANGED_SINCE = """
SELECT reading.petition_id
  FROM (SELECT petition_id, seq FROM desk_reading WHERE user_id = %(user)s ORDER BY seen_at DESC LIMIT %(last)s) reading
 CROSS JOIN LATERAL (SELECT FROM kernel_event told
                      WHERE told.case_id = reading.petition_id AND told.seq > reading.seq
                        AND told.actor_key <> %(key)s LIMIT 1) AS later
"""
LAST_OPENED = 2000  # what somebody opened longer ago is looked up, not waited for


def marks_of(*, case_ids: Iterable[UUID], actor: Actor) -> dict[UUID, str]:
    """For each case "new" (never opened), "changed" (by somebody else since) or "". One query, none for no case."""
    wanted = list(dict.fromkeys(case_ids))
    if not wanted or actor.user_id is None:
        return dict.fromkeys(wanted, "")
    with connection.cursor() as cursor:
        cursor.execute(MARKS, {"cases": wanted, "user": actor.user_id, "key": actor.key})
        return dict(cursor.fetchall())


def never_opened(*, actor: Actor, prefix: str = "") -> Q:
    """Petitions that the person never opened; `prefix` leads from the rows at hand to their petition."""
    opened = Reading.objects.filter(user_id=actor.user_id or 0, petition_id=OuterRef(f"{prefix}pk"))
    return Q(~Exists(opened))


def changed_ids(*, actor: Actor) -> list[UUID]:
    """The petitions that the person opened and on which somebody else did something since, among those opened last.

    One query, from what was opened: the other way round it would go through the whole log.
    """
    with connection.cursor() as cursor:
        said: dict[str, str | int] = {"user": actor.user_id or 0, "key": actor.key, "last": LAST_OPENED}
        cursor.execute(CHANGED_SINCE, said)
        return [pk for (pk,) in cursor.fetchall()]


def unread(*, actor: Actor) -> Q:
    """The same as a condition on petitions; the query is asked at once."""
    return Q(pk__in=changed_ids(actor=actor))


def with_me(*, actor: Actor, prefix: str = "") -> Q:
    """Open petitions that a unit of the person holds at present."""
    holders = [f"unit:{pk}" for pk in sorted(actor.unit_ids)]
    return Q(**{f"{prefix}state__in": OPEN_STATES, f"{prefix}holder__in": holders})
