"""The directory of colleagues: name, unit and role of whoever works here, as it hangs beside an office door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from kernel.actors import Actor
from organizations.choices import Role
from organizations.models import Posting

# Who asks for something here is not a colleague.
OUTSIDE = (Role.ENTERPRISE,)


def colleagues(*, words: Iterable[str], actor: Actor, at: datetime) -> QuerySet[Posting]:
    """Postings in force whose person has all of the words in the name shown; none for those who hold no posting here.

    Telephone numbers and user names are no part of it.
    """
    if not any(seat.home is not None and seat.role not in OUTSIDE for seat in actor.seats):
        return Posting.objects.none()
    found = Posting.objects.in_force(at).filter(user__is_active=True, unit__active=True).exclude(role__in=OUTSIDE)
    for word in words:
        found = found.filter(user__display_name__icontains=word)
    return found.select_related("user", "unit").order_by("user__display_name", "user_id", "pk")
