"""What a replay needs to know of a past case: where and when it came in, who had it, and when it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dispatch.models import FirstUnit
from dispatch.queries import PLACE_COLUMNS
from petitions.models import Petition

COLUMNS = (
    "pk",
    "category_id",
    "urgency",
    "condition",
    "county_code",
    "township_code",
    "village_code",
    "cell_code",
    "accepted_at",
    "handled_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCase:
    """An accepted petition. `last_unit` handled it in the end; None where nobody ever had it."""

    petition_id: UUID
    category: str
    urgency: str
    condition: str
    place: str
    accepted_at: datetime
    handled_at: datetime | None
    last_unit: int | None


def count_cases(*, territory: str, since: datetime, until: datetime) -> int:
    """How many cases of a territory, a prefix of the codes of places, were accepted in [since, until)."""
    return _accepted(territory, since, until).count()


def next_cases(*, territory: str, since: datetime, until: datetime, after: UUID | None, size: int) -> list[PastCase]:
    """The next cases after one of them, in the order of their ids. Two queries."""
    rows = _accepted(territory, since, until).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows.values_list(*COLUMNS)[:size])
    last = dict(FirstUnit.objects.filter(pk__in=[row[0] for row in found]).values_list("pk", "last_unit_id"))
    return [_case(row, last) for row in found]


def _accepted(territory: str, since: datetime, until: datetime) -> QuerySet[Petition]:
    inside = {f"{_column(territory)}__startswith": territory}
    return Petition.objects.filter(accepted_at__gte=since, accepted_at__lt=until, **inside)


def _column(territory: str) -> str:
    """The widest code of a place that can say whether it lies in the territory."""
    return next((name for digits, name in PLACE_COLUMNS if digits >= len(territory)), PLACE_COLUMNS[-1][1])


def _case(row: tuple[Any, ...], last: dict[UUID, int]) -> PastCase:
    pk, category, urgency, condition, county, township, village, cell, accepted_at, handled_at = row
    return PastCase(
        petition_id=pk,
        category=category or "",
        urgency=urgency,
        condition=condition,
        place=cell or village or township or county,
        accepted_at=accepted_at,
        handled_at=handled_at,
        last_unit=last.get(pk),
    )
