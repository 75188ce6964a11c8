"""A unit's place in a quarter: the published months of the quarter taken together, and ranked as a month is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum

from assessment.indicators import BY_CODE, MIN_CASES
from assessment.models import Report, ReportLine
from assessment.queries import GROUPS
from assessment.scoring import ranks
from kernel.actors import Actor
from organizations.models import Unit

MONTHS = 3


@dataclass(frozen=True, slots=True)
class Together:
    """So many of so many in all published months of a quarter; `rank` is None where too few were counted."""

    numerator: int
    denominator: int
    rank: int | None = None

    @property
    def share(self) -> Fraction | None:
        """Exact; None where nothing was counted."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Quarter:
    """The quarter of a month, its published months, and a unit's figures in it by indicator."""

    number: int
    months: tuple[str, ...]
    figures: dict[str, Together]


def quarter_of(*, month: str) -> tuple[int, tuple[str, ...]]:
    """The quarter that a month lies in, 1 to 4, and its months."""
    year, number = month.split("-")
    before = (int(number) - 1) // MONTHS
    return before + 1, tuple(f"{year}-{before * MONTHS + one:02d}" for one in range(1, MONTHS + 1))


def place_in_quarter(*, unit: Unit, month: str, actor: Actor) -> Quarter:
    """How a unit stands among its kind in the quarter of a month, from what is published. Two statements."""
    number, wanted = quarter_of(month=month)
    reports = Report.objects.visible_to(actor).exclude(published_at=None).filter(month__in=wanted)
    months = dict(reports.order_by("month").values_list("month", "pk"))
    lines = ReportLine.objects.visible_to(actor).filter(report__in=months.values(), audience=GROUPS[unit.kind])
    sums = lines.order_by().values_list("indicator", "unit_id").annotate(Sum("numerator"), Sum("denominator"))
    found: defaultdict[str, dict[int, Together]] = defaultdict(dict)
    for indicator, unit_id, numerator, denominator in sums:
        found[indicator][unit_id] = Together(numerator, denominator)
    figures = {code: _ranked(code, rows, unit.pk) for code, rows in found.items() if unit.pk in rows}
    return Quarter(number, tuple(months), figures)


def _ranked(code: str, rows: dict[int, Together], unit_id: int) -> Together:
    rank, _why = ranks(tallies=rows, better=BY_CODE[code].better, least=MIN_CASES)[unit_id]
    return Together(rows[unit_id].numerator, rows[unit_id].denominator, rank)
