"""Whole stories of whistles, with the real relay and a moved clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel.chains import verify_all
from kernel.errors import Conflict
from notices.models import Notice
from tests.journeys.steps import let_time_pass
from tests.whistles import steps
from tests.whistles.steps import TUESDAY
from tests.world import MONDAY, at
from whistles.models import Escalation, Summons, Whistle
from whistles.services import answering, asking, issuing

pytestmark = pytest.mark.django_db
ABSENT_AT = TUESDAY + timedelta(minutes=30)


def told(world, person):
    return list(Notice.objects.filter(user=world.users[person]).order_by("pk").values_list("kind", flat=True))


def test_a_whistle_with_one_absent_unit(world):
    asked = steps.asked(world)
    assert asked.number == ""
    assert steps.armed(asked) == ["whistle.decide"]
    assert told(world, "east_head") == ["whistles.asked"]
    whistle = issuing.issue_asked(
        whistle_id=asked.pk,
        meets_at=TUESDAY,
        units=[world.units["urban"].pk, world.units["water"].pk],
        actor=world.actor("east_head"),
        at=MONDAY,
        version=asked.version,
    )
    assert whistle.number == "〔2026〕哨字第1号"
    assert told(world, "urban_handler") == ["whistles.summoned"]

    steps.received(world, whistle)
    let_time_pass(until=at("2026-11-16 15:00"))  # four working hours: water has not signed
    late = Escalation.objects.get(clock="whistle.receipt")
    assert (late.unit, late.told_unit) == (world.units["water"], world.units["county"])

    steps.here(world, whistle, on=TUESDAY - timedelta(minutes=5), **steps.ON_SITE)
    let_time_pass(until=ABSENT_AT - timedelta(seconds=1))
    assert steps.attendance(whistle) == {"综合执法局": "present", "自来水公司": "awaited"}
    let_time_pass(until=ABSENT_AT)
    let_time_pass(until=ABSENT_AT + timedelta(hours=1))
    assert steps.attendance(whistle) == {"综合执法局": "present", "自来水公司": "absent"}
    assert steps.names(whistle).count("absent") == 1
    whistle.refresh_from_db()
    assert (whistle.state, whistle.held_at) == ("assembled", ABSENT_AT)
    assert told(world, "urban_head").count("whistles.absent") == 0
    assert told(world, "east_head").count("whistles.absent") == 1

    write = TUESDAY + timedelta(hours=2)
    mine, theirs = steps.minuted(
        world, whistle, steps.task(world, "urban", helpers=("water",)), steps.task(world, "water", days=3), on=write
    )
    assert "whistles.task_given" in told(world, "water_handler")
    steps.done(world, mine, on=at("2026-11-18 10:00"))
    steps.confirmed(world, mine, on=at("2026-11-18 11:00"))
    let_time_pass(until=at("2026-11-20 18:00"))  # three working days have passed: water's task is late
    theirs.refresh_from_db()
    assert theirs.late
    steps.done(world, theirs, by="water_handler", on=at("2026-11-23 09:00"))
    steps.confirmed(world, theirs, on=at("2026-11-23 10:00"))

    scoring = at("2026-11-23 11:00")
    steps.scored(world, whistle, unit="urban", by="east_head", on=scoring)
    steps.scored(world, whistle, unit="water", by="east_head", on=scoring)
    steps.scored_back(world, whistle, by="urban_handler", on=scoring)
    whistle.refresh_from_db()
    assert whistle.state == "recorded"
    steps.scored_back(world, whistle, by="water_handler", on=scoring)
    whistle.refresh_from_db()
    assert whistle.state == "closed"
    assert steps.armed(whistle) == []
    assert steps.names(whistle) == [
        "asked", "issued", "received", "late", "checked_in", "absent", "assembled", "recorded", "task_given",
        "task_given", "task_reported", "task_confirmed", "late", "task_reported", "task_confirmed", "unit_scored",
        "unit_scored", "scored", "scored", "closed",
    ]  # fmt: skip
    assert all(one.intact for one in verify_all())


def test_who_comes_after_the_time_is_told_apart_from_who_came_in_time_and_who_did_not(world):
    whistle = steps.issued(world, units=("urban", "water", "west_town"))
    steps.here(world, whistle, on=TUESDAY)
    steps.here(world, whistle, by="water_handler", on=TUESDAY + timedelta(minutes=12))
    let_time_pass(until=ABSENT_AT)
    steps.here(world, whistle, by="west_officer", on=TUESDAY + timedelta(minutes=50))
    assert steps.attendance(whistle) == {"综合执法局": "present", "自来水公司": "late", "古邵镇": "late"}
    recorded = Summons.objects.get(whistle=whistle, unit=world.units["west_town"])
    assert recorded.absent_at == ABSENT_AT  # what was recorded stays
    assert Summons.objects.get(whistle=whistle, unit=world.units["water"]).absent_at is None


def test_an_excused_unit_is_neither_awaited_nor_absent(world):
    whistle = steps.issued(world)
    answering.ask_leave(whistle_id=whistle.pk, reason="防汛值守", actor=world.actor("water_handler"), at=MONDAY)
    assert told(world, "east_head") == ["whistles.leave_asked"]
    answering.excuse(whistle_id=whistle.pk, unit=world.units["water"].pk, actor=world.actor("east_head"), at=MONDAY)
    steps.here(world, whistle)
    let_time_pass(until=ABSENT_AT)
    assert steps.attendance(whistle) == {"综合执法局": "present", "自来水公司": "excused"}
    with pytest.raises(Conflict):
        steps.here(world, whistle, by="water_handler", on=ABSENT_AT)


def test_what_was_asked_for_may_be_declined(world):
    asked = steps.asked(world)
    asking.decline(whistle_id=asked.pk, why="order_enough", actor=world.actor("director"), at=MONDAY)
    asked.refresh_from_db()
    assert (asked.state, asked.number, steps.armed(asked)) == ("declined", "", [])
    assert told(world, "east_officer") == ["whistles.declined"]
    assert told(world, "urban_handler") == []
    assert not Whistle.objects.visible_to(world.actor("urban_handler")).exists()


def test_nobody_keeps_a_whistle_open_by_not_scoring_it(world):
    whistle = steps.issued(world, units=("urban",))
    steps.here(world, whistle)
    let_time_pass(until=ABSENT_AT)
    steps.minuted(world, whistle)
    steps.scored(world, whistle, unit="urban", by="east_head", on=TUESDAY + timedelta(hours=2))
    whistle.refresh_from_db()
    assert whistle.state == "recorded"
    let_time_pass(until=at("2026-11-21 00:00"))  # three working days to score
    whistle.refresh_from_db()
    assert whistle.state == "closed"
    assert not Escalation.objects.filter(clock="whistle.finish").exists()


def test_an_issuer_that_does_not_score_is_told_of_three_times(world):
    whistle = steps.issued(world, units=("urban",))
    steps.here(world, whistle)
    let_time_pass(until=ABSENT_AT)
    steps.minuted(world, whistle)
    for day in range(18, 31):
        let_time_pass(until=at(f"2026-11-{day} 23:59"))
    rungs = Escalation.objects.filter(clock="whistle.finish").order_by("rung").values_list("rung", flat=True)
    assert list(rungs) == [1, 2, 3]
    steps.scored(world, whistle, unit="urban", by="east_head", on=at("2026-12-01 09:00"))
    whistle.refresh_from_db()
    assert whistle.state == "closed"
