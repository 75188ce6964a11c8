"""Telling people: called by the service whose deed they should know of, inside its transaction.

So a notice is there the moment the deed is, whatever Celery or Redis do. A telling is no event: the log has the deed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import connection, transaction

from kernel import lanes
from notices.choices import Outcome, Outward
from notices.kinds import KINDS
from organizations.roles import OVER_NOTHING

# One statement whatever the number of people: the notices, and what leaves the product because of them. A kind that a
# person muted is noted down but neither counted nor sent; a person who was switched off is not told. Rows go in in one
# order, so that two transactions that tell the same do not wait for each other crosswise.
# What is said to somebody who is away is said to whoever stands in too, unless it is the person's own affair. A notice
# does not say for which seat of that person it is: so it goes to who sits in all of them by now.
TELL = """
WITH asked AS MATERIALIZED (
    SELECT user_id, kind, subject, facts::jsonb AS facts, once, urgent, own
      FROM unnest(%(users)s::bigint[], %(kinds)s::text[], %(subjects)s::text[], %(facts)s::text[], %(onces)s::text[],
                  %(urgents)s::boolean[], %(owns)s::boolean[])
           AS asked (user_id, kind, subject, facts, once, urgent, own)),
heard AS (
    SELECT DISTINCT ON (kind, once, user_id) user_id, kind, subject, facts, once, urgent
      FROM (SELECT user_id, kind, subject, facts, once, urgent, FALSE AS passed_on FROM asked
             UNION ALL
            SELECT absence.stand_in_id, kind, subject, facts || jsonb_build_object('stands_for', asked.user_id), once,
                   urgent, TRUE
              FROM asked JOIN organizations_absence absence ON absence.user_id = asked.user_id
             WHERE NOT asked.own AND absence.begins_at <= %(at)s AND absence.ends_at > %(at)s
               AND (SELECT bool_and(seat.role <> ALL(%(unlent)s) AND EXISTS (
                           SELECT FROM organizations_absence lent
                             JOIN organizations_posting own
                               ON own.user_id = lent.stand_in_id AND own.unit_id = lent.unit_id
                              AND own.valid_from <= %(at)s AND (own.valid_until IS NULL OR own.valid_until > %(at)s)
                            WHERE lent.user_id = seat.user_id AND lent.unit_id = seat.unit_id
                              AND lent.stand_in_id = absence.stand_in_id
                              AND lent.begins_at <= %(at)s AND lent.ends_at > %(at)s))
                      FROM organizations_posting seat
                     WHERE seat.user_id = asked.user_id AND seat.valid_from <= %(at)s
                       AND (seat.valid_until IS NULL OR seat.valid_until > %(at)s))) AS everybody
     ORDER BY kind, once, user_id, passed_on),
said AS MATERIALIZED (
    SELECT person.id AS user_id, heard.kind, heard.subject, heard.facts, heard.once, heard.urgent,
           NOT heard.urgent AND EXISTS (
               SELECT FROM notices_mute mute WHERE mute.user_id = person.id AND mute.kind = heard.kind) AS muted
      FROM heard JOIN organizations_user person ON person.id = heard.user_id AND person.is_active),
told AS (
    INSERT INTO notices_notice (user_id, kind, subject, facts, once, urgent, muted, told_at)
    SELECT user_id, kind, subject, facts, once, urgent, muted, %(at)s FROM said
     ORDER BY kind, once, user_id
        ON CONFLICT (kind, once, user_id) DO NOTHING
 RETURNING id, user_id, urgent, muted),
owed AS (
    INSERT INTO notices_delivery (user_id, notice_id, urgent, outcome, made_at, due_at)
    SELECT told.user_id, told.id, told.urgent, %(waiting)s, %(at)s, %(at)s
      FROM told LEFT JOIN notices_preference wish ON wish.user_id = told.user_id
     WHERE %(outward)s AND NOT told.muted AND (told.urgent OR wish.outward = %(each)s))
SELECT count(*) FROM told
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One happening, for the people who should know; see tell()."""

    kind: str
    people: Iterable[int]
    subject: str
    facts: Mapping[str, str | int]
    once: str


def tell(
    *, kind: str, people: Iterable[int], subject: str, facts: Mapping[str, str | int], once: str, at: datetime
) -> int:
    """Tell some people of a happening; returns how many had not been told of it yet.

    `kind` is a registered code, `people` are ids of users, `subject` is what the kind's link takes, `facts` are ids and
    codes (ASCII, at most 64 characters) that the kind's title names, `once` names the happening: of one kind and one
    `once` a person is told one time. One statement, none for nobody. Raises KeyError for a kind that nobody registered,
    ValueError for prose, RuntimeError outside of a transaction.
    """
    return tell_many([Telling(kind=kind, people=people, subject=subject, facts=facts, once=once)], at=at)


def tell_many(tellings: Sequence[Telling], *, at: datetime) -> int:
    """The same for many happenings at once, in one statement; for deeds that are done to many subjects in bulk."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("people are told inside the transaction of the deed")
    rows = [row for telling in tellings for row in _rows(telling)]
    if not rows:
        return 0
    names = ("users", "kinds", "subjects", "facts", "onces", "urgents", "owns")
    columns: dict[str, Any] = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    columns |= {"at": at, "unlent": sorted(OVER_NOTHING), "waiting": Outcome.WAITING.value, "each": Outward.EACH.value}
    with connection.cursor() as cursor:
        # Nobody is called at home for what a played history says.
        cursor.execute(TELL, columns | {"outward": lanes.current() == lanes.LIVE})
        (told,) = cursor.fetchone()
    return int(told)


def _rows(telling: Telling) -> list[tuple[int, str, str, str, str, bool, bool]]:
    kind = KINDS[telling.kind]
    for value in (telling.subject, telling.once, *telling.facts.values()):
        _refuse_prose(kind.code, value)
    facts = orjson.dumps(dict(telling.facts)).decode()
    return [
        (user_id, kind.code, telling.subject, facts, telling.once, kind.urgent, kind.own)
        for user_id in sorted(set(telling.people))
    ]


def _refuse_prose(kind: str, value: str | int) -> None:
    """Raise ValueError for anything but ids and codes, as the log of events does: names never enter a notice."""
    if isinstance(value, str) and (len(value) > 64 or not value.isascii()):
        raise ValueError(f"{kind}: a notice holds ids and codes only")
