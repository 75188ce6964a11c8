"""Days on the clock of the office."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

# Of what people may ask for: nothing of ours is older, and no calendar reaches further.
FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)


def midnight(day: date) -> datetime:
    """The instant at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_in(text: str) -> date | None:
    """The day that an address or a body writes as 2026-01-31; None for anything else, or a day far from ours."""
    try:
        found = date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return None
    plain = found is not None and found.isoformat() == text  # Python reads weeks too, as 2026-W05-6
    return found if found is not None and plain and FIRST <= found <= LAST else None
