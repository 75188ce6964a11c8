"""Who is responsible for a matter at a place."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from organizations.places import areas_around
from organizations.policies.precedence import Responsibility, decide
from organizations.queries import snapshot


def responsible_for(
    *, matter_id: int, place: str, at: datetime, held: snapshot.Snapshot | None = None
) -> Responsibility:
    """The unit that leads, those that assist, and the entries refused with their reasons.

    `place` is a cell code, an area code or a prefix of one. Areas are walked from the smallest outwards; the first with
    a lead in force on the day of `at` whose unit exists wins. One query while the list does not change, none where the
    caller holds it; one more for a day that is history.
    """
    held = held or snapshot.current()
    on = timezone.localtime(at).date()
    return decide(
        entries=held.entries_of(matter_id=matter_id, on=on),
        areas=areas_around(place=place),
        on=on,
        resolve=lambda entry: held.resolve(entry=entry, place=place),
    )
