"""The daily message: once a day, at the hour somebody chose, how much is new and unread."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from kernel.deeds import deed
from notices.choices import Outcome, Outward

DAY = timedelta(days=1)

# Whoever's hour has come and who had none today yet; what is new since the one before, urgent ones left out, since
# they left at once. Nothing new makes no message, but the day is done with.
MAKE = """
WITH due AS MATERIALIZED (
    SELECT user_id, coalesce(digest_at, %(yesterday)s) AS since FROM notices_preference
     WHERE outward = %(daily)s AND digest_hour <= %(hour)s AND (digest_at IS NULL OR digest_at < %(midnight)s)
     ORDER BY user_id FOR UPDATE SKIP LOCKED),
moved AS (
    UPDATE notices_preference wish SET digest_at = %(at)s FROM due WHERE wish.user_id = due.user_id),
fresh AS (
    SELECT due.user_id, count(*) AS amount
      FROM due JOIN notices_notice notice ON notice.user_id = due.user_id
     WHERE notice.read_at IS NULL AND NOT notice.muted AND NOT notice.urgent AND notice.told_at >= due.since
     GROUP BY due.user_id)
INSERT INTO notices_delivery (user_id, day, amount, urgent, outcome, made_at, due_at)
SELECT user_id, %(day)s, amount, false, %(waiting)s, %(at)s, %(at)s FROM fresh
    ON CONFLICT (user_id, day) DO NOTHING
"""


@deed
def make_digests(*, at: datetime) -> int:
    """Make the daily messages that are due; returns how many. A second call on the same day makes none."""
    here = timezone.localtime(at)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        said: dict[str, Any] = {"daily": Outward.DAILY.value, "waiting": Outcome.WAITING.value}
        said |= {"at": at, "hour": here.hour, "day": here.date(), "midnight": midnight, "yesterday": midnight - DAY}
        cursor.execute(MAKE, said)
        return int(cursor.rowcount)
