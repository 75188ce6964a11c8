"""Figures that need no counting: from the counters kept as things happen, for those whose scope is a matter of places.

They equal what counting finds (tests hold them against each other, `manage.py prove_counters` proves it at any time).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kernel.actors import Actor
from petitions.choices import OPEN_STATES, Measure
from petitions.queries import by_place_alone, counted, per_day, within

KEPT = frozenset({"filed", "accepted", "closed", "recent", "open"})
# Counters go down to the village; a grid is counted.
VILLAGE = 12


@dataclass(frozen=True)
class Kept:
    """By day since some weeks ago, and what is open by township."""

    filed: dict[date, int]
    accepted: dict[date, int]
    closed: dict[date, int]
    open: dict[str, int]

    def totals(self, *, today: date) -> dict[str, int]:
        """The figures of the dashboard that KEPT names."""
        of_today = {"filed": self.filed, "accepted": self.accepted, "closed": self.closed}
        return {
            **{name: sum(n for day, n in days.items() if day >= today) for name, days in of_today.items()},
            "recent": sum(self.filed.values()),
            "open": sum(self.open.values()),
        }

    def townships(self, *, late: dict[str, int]) -> list[tuple[str, int, int]]:
        """Code, open and overdue petitions of each township, the most first."""
        rows = [(code, n, late.get(code, 0)) for code, n in self.open.items()]
        return sorted(rows, key=lambda row: (-row[1], row[0]))


def kept_for(*, actor: Actor, place: str, since: date) -> Kept | None:
    """The counters within a person's scope, narrowed to an area by its digits; None where cases must be counted."""
    reach = by_place_alone(actor)
    if reach is None or len(place) > VILLAGE:
        return None
    reach = reach & within(place) if place else reach
    days = per_day(since=since, reach=reach)
    opened = counted(measure=Measure.STATE, by="township_code", reach=reach, states=OPEN_STATES)
    return Kept(filed=days["filed"], accepted=days["accepted"], closed=days["closed"], open=opened)
