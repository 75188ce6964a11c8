"""The play blows whistles, and people do with them what people do: to the end, nothing refused, the same each time."""

from __future__ import annotations

from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

import pytest

from governance.demo.simulation.cast import Cast
from governance.demo.simulation.plans import Mind
from governance.demo.simulation.stage import Stage
from governance.demo.simulation.whistling import Whistling
from kernel.calendars import current
from kernel.chains import verify_all
from kernel.models import Event, Timer
from kernel.timers import fire_everything
from organizations.choices import Role, UnitKind, UnitLevel
from organizations.models import Posting, Unit, User
from tests.world import COUNTY, START, at
from whistles.models import CheckIn, Task, Whistle

pytestmark = pytest.mark.django_db
FIRST, LAST = at("2026-08-03 00:00"), at("2026-09-14 00:00")


@pytest.fixture
def district(world):
    """Six more departments, each with a handler and a head, and another township's head."""
    for number in range(6):
        unit = Unit.objects.create(
            code=f"D-{number}",
            name=f"第{number}局",
            kind=UnitKind.DEPARTMENT,
            level=UnitLevel.COUNTY,
            area_id=COUNTY,
            superior=world.units["county"],
        )
        _post(f"handler{number}", unit, Role.HANDLER)
        _post(f"head{number}", unit, Role.DEPARTMENT_HEAD)
    third = Unit.objects.create(
        code="TS-3", name="第三镇", kind=UnitKind.TOWNSHIP, level=UnitLevel.TOWNSHIP, area_id="370404100201"
    )
    _post("third_officer", third, Role.TOWNSHIP_OFFICER)
    return world


def _post(name, unit, role):
    user = User.objects.create_user(username=name, password="grid-demo-1", display_name=name)
    Posting.objects.create(user=user, unit=unit, role=role, valid_from=START)


def whistling(per_day=40):
    return Whistling(Stage(7, Cast(at=FIRST), ()), Mind(7, current(at=FIRST)), per_day)


def play(playing, *, since, until, agenda):
    """Whatever is due first happens first: an act or a clock."""
    order, day = count(), since
    heap = []
    for when, act in agenda:
        heappush(heap, (when, next(order), act))
    while day < until:
        for when, act in playing.planned(day.date()):
            heappush(heap, (when, next(order), act))
        day += timedelta(days=1)
        while True:
            alarm = Timer.objects.filter(state="armed").order_by("due_at").values_list("due_at", flat=True).first()
            coming = heap[0][0] if heap else None
            due = min(one for one in (alarm, coming, day) if one is not None)
            if due >= day:
                break
            if due == alarm:
                fire_everything(at=due)
                continue
            when, _number, act = heappop(heap)
            for following in act(when):
                heappush(heap, (max(following[0], when), next(order), following[1]))


def test_whistles_are_played_to_their_end_and_nothing_is_refused(district):
    play(whistling(), since=FIRST, until=LAST, agenda=[])
    names = set(Event.objects.values_list("name", flat=True))
    assert {
        "whistle.asked", "whistle.declined", "whistle.issued", "whistle.received", "whistle.checked_in",
        "whistle.absent", "whistle.excused", "whistle.recorded", "whistle.task_sent_back", "whistle.unit_scored",
        "whistle.scored", "whistle.closed", "whistle.late",
    } <= names  # fmt: skip
    states = set(Whistle.objects.filter(opened_at__lt=LAST - timedelta(days=21)).values_list("state", flat=True))
    assert states <= {"closed", "declined"}
    assert Whistle.objects.filter(form="joint_meeting").count() == 2
    assert Whistle.objects.get(form="inspection").tasks.exclude(found="").exclude(where="").exists()
    assert Task.objects.filter(late=True).exists()
    assert CheckIn.objects.exists()
    assert not Timer.objects.filter(attempts__gt=0).exists()
    assert all(one.intact for one in verify_all())


def test_an_interrupted_play_goes_on_with_the_whistles_that_are_open(district):
    middle = FIRST + timedelta(days=9)
    play(whistling(), since=FIRST, until=middle, agenda=[])
    half = Whistle.objects.count()
    assert Whistle.objects.open().exists()
    again = whistling()
    play(again, since=middle, until=LAST, agenda=again.resumed(at=middle))
    assert Whistle.objects.count() > half
    early = Whistle.objects.filter(opened_at__lt=middle)
    assert set(early.values_list("state", flat=True)) <= {"closed", "declined"}
    assert early.count() == early.values("opened_at").distinct().count()
