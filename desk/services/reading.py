"""Reading: a mark in one's own desk is no deed on a case, so it leaves no event."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from kernel.actors import Actor
from kernel.deeds import deed

# One statement; two windows of one person never set each other back.
OPENED = """
INSERT INTO desk_reading (user_id, petition_id, seen_at, seq)
SELECT %(user)s, id, %(at)s, %(seq)s
  FROM petitions_petition WHERE id = %(case)s
    ON CONFLICT (user_id, petition_id) DO UPDATE
   SET seen_at = GREATEST(desk_reading.seen_at, EXCLUDED.seen_at), seq = GREATEST(desk_reading.seq, EXCLUDED.seq)
"""


@deed
def mark_opened(*, case_id: UUID, seq: int, actor: Actor, at: datetime) -> None:
    """Note that somebody has a case open; the caller has shown it, so the person may see it. Nothing for nobody.

    `seq` is how long its log was before the case was read: what came in between was not shown, and stays unread.
    """
    if actor.user_id is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(OPENED, {"user": actor.user_id, "case": case_id, "seq": seq, "at": at})
