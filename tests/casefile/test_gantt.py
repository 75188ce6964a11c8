"""The drawing of the clocks: its bars are the turns of the ledger, to the minute, and nothing overlaps."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from governance.web.casefile.gantt import BAR, ROW, THINNEST, gantt_of
from governance.web.casefile.rests import rests_between
from kernel import clock
from kernel.ledger import ledger
from kernel.models import Event
from kernel.worktime import WorkCalendar, working_minutes
from tests.journeys.steps import dispatched, let_time_pass
from tests.world import MONDAY, World

CALENDAR = WorkCalendar(version=1, announced_until=(MONDAY + timedelta(days=400)).date())


def happened(*changes: tuple[float, str], name: str = "petition.dispatched") -> list[Event]:
    return [Event(name=name, occurred_at=MONDAY + timedelta(minutes=after), holder=who) for after, who in changes]


def drawn(events: list[Event], *, minutes: float, **said: Any) -> Any:
    given = {"running": True, "limits": (), "calendar": CALENDAR, "unit_name": lambda key: f"unit {key}"}
    return gantt_of(events=events, until=MONDAY + timedelta(minutes=minutes), **(given | said))


def test_the_bars_are_the_turns_of_the_ledger_to_the_minute() -> None:
    chance = random.Random(5)
    for _case in range(60):
        after, changes = 0, []  # in seconds
        for _turn in range(chance.randrange(1, 30)):
            changes.append((after / 60, chance.choice(["unit:1", "unit:2", "citizen", "pause:appraisal", "unit:3"])))
            after += chance.choice([18, 60, 450, 28_800, 600_000])
        events, end = happened(*changes), MONDAY + timedelta(seconds=after + 60)
        picture = drawn(events, minutes=(after + 60) / 60)
        turns = ledger(changes=[(e.occurred_at, e.holder) for e in events], until=end, calendar=CALENDAR)
        assert [bar.segment for bar in picture.bars] == turns
        assert sum(bar.segment.minutes for bar in picture.bars) == picture.minutes == (after + 60) // 60
        for one, following in pairwise(picture.bars):
            assert one.left <= following.left
            assert abs(one.left + one.width - following.left) < THINNEST + 0.001
        assert picture.bars[0].left == 0
        assert picture.height > picture.rows[-1].top + ROW


def test_a_pause_is_hatched_in_the_row_of_whoever_had_it_before() -> None:
    picture = drawn(happened((0, "unit:1"), (60, "pause:appraisal"), (120, "unit:1"), (180, "unit:2")), minutes=240)
    assert [row.name for row in picture.rows] == ["unit 1", "unit 2"]
    assert [bar.paused for bar in picture.rows[0].bars] == [False, True, False]
    assert [bar.width for bar in picture.rows[0].bars] == [25, 25, 25]
    assert picture.rows[1].bars[0].left == 75
    assert {bar.top for bar in picture.rows[0].bars} == {picture.rows[0].top + (ROW - BAR) // 2}


def test_a_promise_beyond_now_widens_the_picture_and_one_that_passed_is_red() -> None:
    limits = [(MONDAY + timedelta(minutes=30), "sign"), (MONDAY + timedelta(minutes=200), "promised"), (None, "none")]
    picture = drawn(happened((0, "unit:1")), minutes=100, limits=limits)
    assert [(one.label, one.left, one.colour) for one in picture.limits] == [
        ("sign", 15, "red"),
        ("promised", 100, "green"),
    ]
    assert picture.rows[0].bars[0].width == 50
    assert picture.now.left == 50
    assert drawn(happened((0, "unit:1")), minutes=100, running=False).now is None


def test_rests_and_working_time_make_up_the_whole() -> None:
    for days in (1, 6, 20):
        since, until = MONDAY - timedelta(hours=3), MONDAY + timedelta(days=days, hours=5)
        rests = rests_between(since=since, until=until, calendar=CALENDAR)
        resting = sum((one.until - one.since).total_seconds() for one in rests) / 60
        worked = working_minutes(start=since, end=until, calendar=CALENDAR)
        assert resting + worked == (until - since).total_seconds() / 60
        assert all(one.until < two.since for one, two in pairwise(rests))
    long = rests_between(since=MONDAY, until=MONDAY + timedelta(days=60), calendar=CALENDAR)
    assert {one.since.weekday() for one in long} == {5}  # week ends alone
    assert rests_between(since=MONDAY, until=MONDAY + timedelta(days=400), calendar=CALENDAR) == []


def test_nobody_has_had_it_yet() -> None:
    assert drawn(happened((0, "nobody")), minutes=10) is None
    assert drawn([], minutes=10) is None


def test_the_page_draws_the_same_minutes_as_its_ledger(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    order = dispatched(world, at=MONDAY)
    at = MONDAY + timedelta(days=3)
    let_time_pass(until=at)  # nobody signs: rungs are climbed
    monkeypatch.setattr(clock, "now", lambda: at)
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["dispatcher"])
    answer = client.get(f"/cases/{order.petition_id}/")
    page = answer.content.decode()
    bars = [int(one) for one in re.findall(r'data-minutes="(\d+)"', page)]
    assert sum(bars) == answer.context["ledger"].minutes == 3 * 24 * 60
    assert page.count('class="gantt-mark"') == len(answer.context["gantt"].marks) > 0
    assert "style=" not in page
    citizen = Client()
    citizen.force_login(world.users["citizen"])
    assert citizen.get(f"/cases/{order.petition_id}/").status_code == 404
