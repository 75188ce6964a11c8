"""What a big screen counts beyond the figures of the dashboard: by the same words, over the same cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Count, Q

from governance.web.figures import FRESH_SECONDS, RATE_DAYS, Cases, asked, cases_in, midnight, scope_of
from kernel.actors import Actor

OF_OPEN, OF_CLOSED = ("open", "overdue"), ("timed", "on_time", "rated", "content")
# Fewer closed cases than these say nothing about a body: it stands below those that can be compared.
LEAST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """How a part of the ground, or a unit, stands: its open work, and what it kept of what it closed in thirty days."""

    key: str
    name: str = ""
    href: str = ""
    open: int = 0
    overdue: int = 0
    timed: int = 0
    on_time: int = 0
    rated: int = 0
    content: int = 0

    @property
    def share(self) -> float | None:
        """Closed on time, of 1; None where there is nothing to divide."""
        return self.on_time / self.timed if self.timed else None

    @property
    def ranked(self) -> bool:
        """Whether there are enough cases to compare it with others."""
        return self.timed >= LEAST

    def named(self, *, name: str, href: str) -> Standing:
        """The same with its name and the address of what it counts."""
        return replace(self, name=name, href=href)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted for one ground."""

    channels: list[tuple[str, int]]
    parts: dict[str, Standing]
    units: dict[str, Standing]


def counts(*, actor: Actor, at: datetime, place: str, column: str) -> Counts:
    """The counts, at most a few seconds old; `column` divides the ground into its parts."""
    key = f"wall:{scope_of(actor)}:{place}:{column}"
    return cast(
        Counts, cache.get_or_set(key, lambda: _count(cases_in(actor=actor, place=place), at, column), FRESH_SECONDS)
    )


def _count(cases: Cases, at: datetime, column: str) -> Counts:
    recent = cases.filter(asked(at=at)["recent"]).order_by().values("channel").annotate(n=Count("pk"))
    return Counts(
        channels=[(one, n) for one, n in recent.order_by("-n", "channel").values_list("channel", "n")],
        parts=_standings(cases, at, column),
        units=_standings(cases.filter(lead_unit__isnull=False), at, "lead_unit_id"),
    )


def _standings(cases: Cases, at: datetime, column: str) -> dict[str, Standing]:
    """By the value of a column, as text. What is open and what was closed are read by an index each: asked together,
    PostgreSQL reads every case there ever was.
    """
    words: dict[str, Any] = asked(at=at)
    since = midnight(at=at) - timedelta(days=RATE_DAYS)
    found: dict[str, dict[str, Any]] = {}
    for names, which in ((OF_OPEN, words["open"]), (OF_CLOSED, Q(closed_at__gte=since))):
        counts = {f"n_{name}": Count("pk", filter=words[name]) for name in names}
        for row in cases.filter(which).order_by().values(column).annotate(**counts):
            found.setdefault(str(row[column]), {}).update({name: row[f"n_{name}"] for name in names})
    return {key: Standing(key=key, **said) for key, said in found.items()}


def ranking(rows: list[Standing]) -> list[tuple[int | None, Standing]]:
    """The best kept promise first, equal shares equal in rank; those with too few cases after them, without a rank."""
    ranked = sorted((one for one in rows if one.ranked), key=lambda one: (-(one.share or 0), -one.timed, one.key))
    places: list[tuple[int | None, Standing]] = []
    for number, one in enumerate(ranked, start=1):
        same = places and places[-1][1].share == one.share
        places.append((places[-1][0] if same else number, one))
    rest = sorted((one for one in rows if not one.ranked), key=lambda one: (-one.overdue, -one.open, one.key))
    return [*places, *((None, one) for one in rest)]
