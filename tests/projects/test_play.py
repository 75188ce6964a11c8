"""The play reports on key work and holds its months: everything at its instant, nothing refused, the same each time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from governance.demo.simulation.cast import Cast
from governance.demo.simulation.keying import Keying
from governance.demo.simulation.plans import Mind
from governance.demo.simulation.stage import Stage
from kernel.calendars import current
from kernel.days import midnight
from kernel.timers import fire_everything
from projects.models import Month, MonthReport
from tests.projects import steps
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
FIRST = at("2026-12-01 00:00")


def keying(per_day=40):
    return Keying(Stage(7, Cast(at=MONDAY), ()), Mind(7, current(at=FIRST)), per_day)


def test_owners_report_and_the_centre_holds(world):
    of = steps.ready(world)
    for number in range(5):
        steps.running(world, date(2027, 3, 1), of=of, code=f"P-{number}")
    playing = keying()
    fire_everything(at=FIRST + timedelta(minutes=1))
    assert MonthReport.objects.open().count() == 5
    day = FIRST.date()
    planned = playing.planned(day)
    assert [moment for moment, _act in planned] == [moment for moment, _act in playing.planned(day)]
    for _ in range(14):
        for moment, act in sorted(playing.planned(day), key=lambda one: one[0]):
            fire_everything(at=moment)
            act(moment)
        day += timedelta(days=1)
        fire_everything(at=midnight(day))
    assert MonthReport.objects.open().count() == 0
    assert Month.objects.get().state == "held"
    assert keying(per_day=0).planned(day) == []
