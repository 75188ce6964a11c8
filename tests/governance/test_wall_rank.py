"""The place of a township on its screen: of the month, and of the quarter that the month lies in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from assessment.models import Report, ReportLine
from assessment.months import period_of
from assessment.quarters import quarter_of
from kernel.ids import new_id
from tests.world import World

pytestmark = pytest.mark.django_db


def published(world: World, month: str, figures: dict[str, tuple[int, int]], *, rank: dict[str, int]) -> Report:
    """A month with one figure of some townships, published a day after its end."""
    period = period_of(month=month)
    after = period.end + timedelta(days=1)
    whole: dict[str, Any] = {"starts_at": period.start, "ends_at": period.end, "least": 10, "built_at": after}
    report = Report.objects.create(id=new_id(at=after), month=month, scheme="t", digest="0" * 64, **whole)
    for key, (numerator, denominator) in figures.items():
        unit = world.units[key]
        ReportLine.objects.create(
            report=report, audience="townships", unit=unit, name=unit.name, place=unit.area_id[:9],
            indicator="close_on_time", numerator=numerator, denominator=denominator, rate=numerator / denominator,
            low=0, high=1, rank=rank[key], inputs=[], hits=[],
        )  # fmt: skip
    Report.objects.filter(pk=report.pk).update(published_at=after)
    return report


def test_the_month_and_its_quarter_stand_beside_each_other(world: World) -> None:
    first = {"east_town": 1, "west_town": 2}
    published(world, "2026-06", {"east_town": (0, 90), "west_town": (90, 90)}, rank={"east_town": 2, "west_town": 1})
    published(world, "2026-07", {"east_town": (10, 10), "west_town": (2, 10)}, rank=first)
    published(world, "2026-08", {"east_town": (8, 10), "west_town": (9, 10)}, rank={"east_town": 2, "west_town": 1})
    client = Client()
    client.force_login(world.users["east_officer"])
    panel = client.get("/wall/").context["scenes"][1].right[0]
    (row,) = panel.rows
    assert (row["month"].rank, row["month"].numerator, row["month"].denominator) == (2, 8, 10)
    quarter = row["quarter"]
    assert (quarter.rank, quarter.numerator, quarter.denominator) == (1, 18, 20), "July and August, not June"
    assert "2026-08" in panel.note


def test_too_few_in_a_quarter_have_no_rank(world: World) -> None:
    published(world, "2026-08", {"east_town": (8, 9), "west_town": (9, 10)}, rank={"east_town": 2, "west_town": 1})
    client = Client()
    client.force_login(world.users["east_officer"])
    (row,) = client.get("/wall/").context["scenes"][1].right[0].rows
    assert row["quarter"].rank is None


def test_quarters_begin_in_january() -> None:
    assert quarter_of(month="2026-01") == (1, ("2026-01", "2026-02", "2026-03"))
    assert quarter_of(month="2026-12") == (4, ("2026-10", "2026-11", "2026-12"))
