"""What visits came to, counted over the very rows that the list behind each figure shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Left

from kernel.actors import Actor
from kernel.periods import MONTH, period_of
from liaisons.choices import Outcome
from liaisons.models import Visit
from liaisons.querysets import VisitQuerySet
from organizations.places import WIDTH
from petitions.choices import OPEN_STATES
from petitions.models import Petition

STILL_OPEN = Q(petition__state__in=OPEN_STATES)


@dataclass(frozen=True, slots=True)
class Tally:
    """Visits, and of them: solved on the spot, passed on, passed on and still open."""

    visits: int = 0
    solved: int = 0
    passed: int = 0
    open: int = 0


# In the order of a tally; under names that no column has.
COUNTS = {
    "all_of_them": Count("pk"),
    "of_them_solved": Count("pk", filter=Q(outcome=Outcome.SOLVED)),
    "of_them_passed": Count("pk", filter=Q(outcome=Outcome.PASSED)),
    "of_them_open": Count("pk", filter=STILL_OPEN),
}


def tallies(visits: VisitQuerySet, *, by: str) -> dict[Any, Tally]:
    """One tally for each value of `by`: "community", or a column such as "place", "user_id". One query."""
    key = Left("place", WIDTH) if by == "community" else F(by)
    rows = visits.order_by().annotate(key=key).values("key").annotate(**COUNTS).values_list("key", *COUNTS)
    return {one: Tally(*numbers) for one, *numbers in rows}


def tally(visits: VisitQuerySet) -> Tally:
    """The tally of all of them. One query."""
    counted = visits.order_by().aggregate(**COUNTS)
    return Tally(*(counted[name] for name in COUNTS))


def month_of(text: str, *, today: date) -> date:
    """The first day of the month written as 2026-11; of the present one for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def in_month(visits: VisitQuerySet, *, first: date) -> VisitQuerySet:
    """The visits of a month."""
    return visits.filter(period_of(day=first, months=MONTH).holds("visited_at"))


def seen_petitions(visits: list[Visit], *, actor: Actor) -> set[Any]:
    """Ids of those petitions of the visits that the actor may open; the others stay without number or link."""
    wanted = [one.petition_id for one in visits if one.petition_id]
    return (
        set(Petition.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    )
