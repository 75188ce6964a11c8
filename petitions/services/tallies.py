"""Changes of the tally folded together, so that reading it stays short."""

from __future__ import annotations

from django.db import connection, transaction

from petitions.tallying import COLUMNS, FOUND

# Each of these takes a few milliseconds; what is beyond comes at the next turn.
BATCH = 20_000
LOCK = 0x7A11
# In one statement, and so in one piece: a count is never in both tables, nor in neither.
FOLD = f"""
WITH taken AS (
    DELETE FROM petitions_tallydelta WHERE id IN (
        SELECT id FROM petitions_tallydelta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING {COLUMNS}, n),
folded AS (
    INSERT INTO petitions_tally AS kept ({COLUMNS}, n)
    SELECT {COLUMNS}, sum(n) FROM taken GROUP BY {COLUMNS} HAVING sum(n) <> 0 ORDER BY {COLUMNS}
    ON CONFLICT ON CONSTRAINT petitions_tally_once DO UPDATE SET n = kept.n + excluded.n)
SELECT count(*) FROM taken
"""  # noqa: S608  (its parts are above)


def fold(*, limit: int = BATCH) -> int:
    """Fold the oldest changes into the tally and return how many; 0 while somebody else is at it.

    It changes no count, only where it is kept, and so is no deed: it may run never, once or five times.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(FOLD, [limit])
        return int(cursor.fetchone()[0])


def recount() -> None:
    """Throw the counters away and count anew. Whoever files waits until it is done; readers do not."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE petitions_petition IN SHARE MODE")
        cursor.execute("DELETE FROM petitions_tallydelta")
        cursor.execute("DELETE FROM petitions_tally")
        cursor.execute(f"INSERT INTO petitions_tally ({COLUMNS}, n) {FOUND}")
