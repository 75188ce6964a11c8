"""Who somebody was at a time, for histories: roles and units, never names of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from organizations.models import Posting, Unit


class Post(NamedTuple):
    """One posting of one person; `until` is None while it lasts."""

    role: str
    unit_name: str
    since: datetime
    until: datetime | None


def posts_of(*, user_ids: Iterable[int | None]) -> dict[int, list[Post]]:
    """All postings of these users, past ones too, oldest first. One query, none for nobody."""
    wanted = {one for one in user_ids if one is not None}
    found: dict[int, list[Post]] = defaultdict(list)
    if not wanted:
        return found
    rows = Posting.objects.filter(user_id__in=wanted).order_by("valid_from", "pk")
    for user_id, role, unit_name, since, until in rows.values_list(
        "user_id", "role", "unit__short_name", "valid_from", "valid_until"
    ):
        found[user_id].append(Post(role, unit_name, since, until))
    return found


def unit_names(*, unit_ids: Iterable[int]) -> dict[int, str]:
    """The short names of units, or their full ones. One query, none for nobody."""
    wanted = set(unit_ids)
    if not wanted:
        return {}
    rows = Unit.objects.filter(pk__in=wanted).values_list("pk", "short_name", "name")
    return {pk: short or name for pk, short, name in rows}
