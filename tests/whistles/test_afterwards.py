"""What comes after it: minutes, tasks that somebody else confirms, scores of both sides, the band."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel.errors import Conflict, Invalid, NotAllowed, Stale, WrongState
from tests.journeys.steps import let_time_pass
from tests.whistles import steps
from tests.whistles.steps import ABSENT_AT, TUESDAY, held
from tests.world import at
from whistles.band import Rate
from whistles.choices import Reading
from whistles.services import gathering, scoring, tasks

pytestmark = pytest.mark.django_db


def test_minutes_wait_for_who_may_still_come_and_name_what_is_wrong(world):
    whistle = steps.issued(world)
    steps.here(world, whistle)
    gathering.hold(whistle_id=whistle.pk, actor=world.actor("east_head"), at=TUESDAY)
    with pytest.raises(Conflict):
        steps.minuted(world, whistle, on=TUESDAY + timedelta(minutes=5))
    let_time_pass(until=ABSENT_AT)
    for wrong in (
        steps.task(world, "west_town"),  # not called
        steps.task(world, "urban", helpers=("urban",)),
        steps.task(world, "urban", days=30),  # beyond the last day of an enforcement whistle
        steps.task(world, "urban", days=0),
    ):
        with pytest.raises(Invalid) as refused:
            steps.minuted(world, whistle, wrong)
        assert list(refused.value.fields) == ["tasks"]
    steps.minuted(world, whistle, steps.task(world, "east_town"))  # who called may take a task itself
    with pytest.raises(WrongState):
        steps.minuted(world, whistle)


def test_a_task_is_confirmed_by_somebody_else_and_sent_back_with_its_lateness(world):
    whistle = held(world)
    given, other = steps.minuted(world, whistle, steps.task(world), steps.task(world, "water"))
    with pytest.raises(NotAllowed):
        steps.done(world, given, by="water_handler", on=TUESDAY + timedelta(hours=2))
    late = at("2026-11-20 09:00")
    let_time_pass(until=late)
    assert steps.done(world, given, on=late).late
    with pytest.raises(NotAllowed):
        steps.confirmed(world, given, by="urban_handler", on=late)
    tasks.send_back(task_id=given.pk, note="北侧未清理", actor=world.actor("east_head"), at=late, version=2)
    with pytest.raises(Stale):
        tasks.drop(task_id=given.pk, note="x", actor=world.actor("east_head"), at=late, version=2)
    given.refresh_from_db()
    assert (given.state, given.sent_back, given.late) == ("given", 1, True)
    assert given.stage_due_at > late
    tasks.drop(task_id=other.pk, note="已由街道处理", actor=world.actor("east_head"), at=late)
    with pytest.raises(WrongState):
        steps.done(world, other, by="water_handler", on=late)


def test_scores_wait_for_the_tasks_are_given_once_and_never_to_oneself(world):
    whistle = held(world)
    given, _other = steps.minuted(world, whistle, steps.task(world), steps.task(world, "water"))
    later = at("2026-11-18 09:00")
    with pytest.raises(Conflict):
        steps.scored(world, whistle, unit="urban", by="east_head", on=later)
    steps.done(world, given, on=later)
    steps.confirmed(world, given, on=later)
    steps.scored(world, whistle, unit="urban", by="east_head", on=later)
    with pytest.raises(Conflict):
        steps.scored(world, whistle, unit="urban", by="director", on=later)
    for marks in ((0, 5), (6, 5)):
        with pytest.raises(Invalid):
            scoring.rate_whistle(
                whistle_id=whistle.pk,
                needed=marks[0],
                prepared=marks[1],
                actor=world.actor("urban_handler"),
                at=later,
            )
    mine = steps.issued(world, by="director", units=("east_town",))
    gathering.gather(whistle_ids=[mine.pk], at=ABSENT_AT)
    steps.minuted(world, mine, by="director")
    with pytest.raises(NotAllowed):
        steps.scored(world, mine, unit="east_town", by="east_head", on=later)


@pytest.mark.parametrize(
    ("whistles", "petitions", "reading"),
    [
        (0, 0, Reading.UNSAID),
        (5, 19, Reading.UNSAID),
        (0, 200, Reading.TOO_FEW),
        (2, 200, Reading.WITHIN),
        (16, 200, Reading.WITHIN),
        (17, 200, Reading.TOO_MANY),
    ],
)
def test_the_rate_is_read_on_a_band_and_not_for_few_petitions(whistles, petitions, reading):
    assert Rate(whistles=whistles, petitions=petitions).reading == reading


def test_a_head_confirms_neither_what_he_reported_nor_the_work_of_the_own_unit(world):
    steps.colleague(world, "east_second", unit="east_town", role="township_head")
    whistle = steps.issued(world, by="director", units=("east_town", "urban"))
    gathering.gather(whistle_ids=[whistle.pk], at=ABSENT_AT)
    (given,) = steps.minuted(world, whistle, steps.task(world, "east_town"), by="director")
    later = at("2026-11-18 09:00")
    steps.done(world, given, by="east_head", on=later)
    for name in ("east_head", "east_second"):
        with pytest.raises(NotAllowed):
            steps.confirmed(world, given, by=name, on=later)
    steps.confirmed(world, given, by="director", on=later)
