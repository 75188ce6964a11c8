"""What the monthly report counts of supervision: per unit that leads, and never against one that cooperates."""

from __future__ import annotations

import pytest

from assessment.models import OrderFact, ReportLine
from assessment.queries import drill
from assessment.services import reporting
from kernel.relay import deliver_everything
from supervision.services import ending
from supervision.services.issuing import issue
from supervision.services.urging import urge
from tests.supervision.steps import SAID, TUESDAY, in_hand, issued
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
DECEMBER = at("2026-12-01 09:00")


def report(world):
    deliver_everything(at=DECEMBER)
    return reporting.build(month="2026-11", actor=world.actor("supervisor", on=DECEMBER), at=DECEMBER)


def line(world, unit, indicator):
    return ReportLine.objects.get(report=report(world), unit=world.units[unit], indicator=indicator)


def test_urged_and_supervised_orders_are_counted_for_their_unit(world):
    urged, supervised, _calm = in_hand(world), in_hand(world), in_hand(world)
    for hour in ("10:00", "15:00"):
        urge(petition_id=urged.petition_id, actor=world.actor("dispatcher"), at=at(f"2026-11-16 {hour}"))
    issued(world, supervised)
    found = report(world)
    figures = {
        one.indicator: (one.numerator, one.denominator)
        for one in found.lines.filter(unit=world.units["urban"], indicator__in=("urged", "supervised", "listed"))
    }
    assert figures == {"urged": (1, 3), "supervised": (1, 3), "listed": (0, 3)}


def test_the_figure_leads_to_its_cases(world):
    urged = in_hand(world)
    in_hand(world)
    urge(petition_id=urged.petition_id, actor=world.actor("dispatcher"), at=MONDAY)
    shown, hidden = drill(line=line(world, "urban", "urged"), actor=world.actor("supervisor"))
    assert hidden == 0
    assert {one.petition.pk for one in shown if one.hit} == {urged.petition_id}


def test_a_withdrawn_order_does_not_count(world):
    made = issued(world, in_hand(world))
    ending.withdraw(order_id=made.pk, note="误发。", actor=world.actor("supervisor"), at=TUESDAY)
    assert line(world, "urban", "supervised").numerator == 0


def test_an_order_to_a_unit_that_cooperates_counts_for_nobody(world):
    work = in_hand(world)
    town = world.units["east_town"]
    issue(petition_id=work.petition_id, unit_id=town.pk, said=SAID, actor=world.actor("supervisor"), at=TUESDAY)
    found = report(world)
    assert not found.lines.filter(unit=town, indicator="supervised").exists()
    assert found.lines.get(unit=world.units["urban"], indicator="supervised").numerator == 0


def test_what_was_not_delivered_yet_is_caught_up_with(world):
    work = in_hand(world)
    deliver_everything(at=MONDAY)
    urge(petition_id=work.petition_id, actor=world.actor("dispatcher"), at=at("2026-11-16 10:00"))
    reporting.build(month="2026-11", actor=world.actor("supervisor", on=DECEMBER), at=DECEMBER)
    assert OrderFact.objects.get(pk=work.pk).urged_at == [at("2026-11-16 10:00")]
