"""How the suggestions fared: what was suggested beside what was decided in the end. Counts, and the cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from dispatch.models import TriageTrial
from kernel.actors import Actor

NEWEST = 20_000
CATEGORY, UNIT = "category", "unit"
COLUMNS = ("categories", "decided_category", "shown", "certain", "units", "decided_unit", "unit_shown")
MISSED = {
    CATEGORY: Q(categories__len__gt=0) & ~Q(categories__0=F("decided_category")),
    UNIT: Q(units__len__gt=0) & ~Q(units__0=F("decided_unit")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fared:
    """Of `of` suggestions the first held `first` times, one of the three `three` times."""

    of: int
    first: int
    three: int

    @property
    def first_percent(self) -> str:
        return _percent(self.first, self.of)

    @property
    def three_percent(self) -> str:
        return _percent(self.three, self.of)


def fared(*, actor: Actor, since: datetime, until: datetime) -> dict[str, Fared]:
    """Categories and units decided in [since, until): all, those that somebody saw, and categories called certain."""
    rows = list(
        TriageTrial.objects.visible_to(actor)
        .filter(decided_at__gte=since, decided_at__lt=until)
        .order_by("-decided_at", "-petition")
        .values_list(*COLUMNS)[:NEWEST]
    )
    categories = [row[:4] for row in rows if row[0] and row[1]]
    units = [row[4:] for row in rows if row[4] and row[5] is not None]
    return {
        "categories": _count([(said, right) for said, right, _, _ in categories]),
        "shown": _count([(said, right) for said, right, shown, _ in categories if shown]),
        "certain": _count([(said, right) for said, right, _, certain in categories if certain]),
        "units": _count([(said, right) for said, right, _ in units]),
        "units_shown": _count([(said, right) for said, right, shown in units if shown]),
    }


def missed(*, actor: Actor, what: str, since: datetime, until: datetime) -> QuerySet[TriageTrial]:
    """The cases in which the first suggestion was not what was decided."""
    seen = TriageTrial.objects.visible_to(actor).filter(decided_at__gte=since, decided_at__lt=until)
    return seen.filter(MISSED[what]).select_related("petition")


def _count(rows: list[tuple[list[Any], Any]]) -> Fared:
    return Fared(
        of=len(rows),
        first=sum(said[0] == right for said, right in rows),
        three=sum(right in said for said, right in rows),
    )


def _percent(part: int, of: int) -> str:
    return f"{100 * part / of:.1f} %" if of else ""
