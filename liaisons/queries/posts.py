"""For whom an official works, and until when: an assignment never outlasts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from organizations.models import Posting
from organizations.roles import OVER_NOTHING


def held_postings(*, user_id: int, lock: bool = False) -> list[Posting]:
    """The postings of somebody who has not been switched off, oldest first; locked for a deed that builds on them.

    Seats that work for no unit's cases, as an enterprise's contact has, make no official.
    """
    rows = Posting.objects.filter(user_id=user_id, user__is_active=True, unit__active=True)
    rows = rows.exclude(role__in=OVER_NOTHING).select_related("unit").order_by("valid_from", "pk")
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def in_force(postings: Sequence[Posting], *, at: datetime) -> list[Posting]:
    """Those that are held at an instant."""
    return [one for one in postings if one.valid_from <= at and (one.valid_until is None or at < one.valid_until)]


def works_until(postings: Sequence[Posting], *, unit_id: int) -> date | None:
    """The first day on which a unit's work is over; None while no end is known, the first day of all without any."""
    ends = [one.valid_until for one in postings if one.unit_id == unit_id]
    known = [timezone.localtime(one).date() for one in ends if one is not None]
    return None if len(known) < len(ends) else max(known, default=date.min)
