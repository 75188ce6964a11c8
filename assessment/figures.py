"""A report as it is read: indicator by indicator, with its formula, its ranking and a chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.choices import Audience, Better
from assessment.indicators import TABLE, Indicator
from assessment.models import ReportLine

CHARTED = 12
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Section:
    """One indicator of one group, best first, those without a rank after the ranked."""

    indicator: Indicator
    audience: Audience
    lines: list[ReportLine]
    picture: dict[str, Any] | None

    @property
    def key(self) -> str:
        return f"{self.audience}-{self.indicator.code}"

    @property
    def chart(self) -> str:
        """The id of the chart's figures on the page: another one than the section's own."""
        return f"chart-{self.key}"

    @property
    def plain(self) -> bool:
        """True where there is a number and no share."""
        return self.indicator.better == Better.NEITHER

    @property
    def direction(self) -> str:
        """Which way is the good one."""
        return direction(self.indicator)


def sections_of(*, lines: Iterable[ReportLine], audience: str) -> list[Section]:
    """The indicators of one group in the order of the table; those without figures are left out."""
    by_code: dict[str, list[ReportLine]] = {}
    for line in lines:
        by_code.setdefault(line.indicator, []).append(line)
    found = []
    for row in TABLE:
        if Audience(audience) in row.audiences and row.code in by_code:
            ordered = sorted(by_code[row.code], key=_order)
            found.append(Section(row, Audience(audience), ordered, _picture(row, ordered)))
    return found


def _order(line: ReportLine) -> tuple[bool, int, int, str]:
    return (line.rank is None, line.rank or 0, -line.denominator, line.name)


def percent(rate: Decimal) -> Decimal:
    """A share as per cent with two decimals, cut and not rounded: 99.996 is 99.99, because it is not all of them."""
    return (rate * PERCENT).quantize(Decimal("0.01"), ROUND_DOWN)


def _picture(row: Indicator, lines: list[ReportLine]) -> dict[str, Any] | None:
    """Bars of the first lines; each leads to its cases."""
    shown = lines[:CHARTED]
    if len(shown) < 2:
        return None
    plain = row.better == Better.NEITHER
    data = [line.denominator if plain else float(percent(line.rate)) for line in shown]
    name = str(row.name) if plain else f"{row.name} (%)"
    return {
        "kind": "rank",
        "x": [line.name for line in shown],
        "series": [{"name": name, "data": data, "colour": "teal" if row.better != Better.DOWN else "yellow"}],
        "links": [reverse("assessment:cases", args=[line.pk]) for line in shown],
    }


def direction(row: Indicator) -> str:
    """Which way is the good one, in words."""
    return {Better.UP: _("more is better"), Better.DOWN: _("less is better")}.get(row.better, _("not ranked"))
