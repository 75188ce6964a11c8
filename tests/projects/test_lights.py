"""Lights: one table, the same in Python and in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kernel.ids import new_id
from projects.choices import Light, MilestoneState, State
from projects.lights import NEAR_DAYS, milestone_colour, project_light
from projects.models import Milestone, Project
from tests.projects import steps
from tests.world import MONDAY

DAY = date(2026, 11, 16)


@dataclass
class Stub:
    state: str
    starts_on: date = DAY - timedelta(days=30)
    ends_on: date = DAY + timedelta(days=300)
    due_on: date = DAY
    milestones: list = field(default_factory=list)


def shown(state, *left, ends=300):
    """The light of a project whose open milestones have so many days left."""
    stub = Stub(state, ends_on=DAY + timedelta(days=ends))
    milestones = [Stub(MilestoneState.PLANNED, due_on=DAY + timedelta(days=one)) for one in left]
    return project_light(project=stub, milestones=milestones, day=DAY)


def test_a_running_project_follows_its_next_end():
    assert shown(State.RUNNING, 40).light == Light.ON_COURSE
    assert shown(State.RUNNING, NEAR_DAYS + 1).light == Light.ON_COURSE
    assert shown(State.RUNNING, NEAR_DAYS).light == Light.NEAR
    assert shown(State.RUNNING, 0).light == Light.NEAR
    assert shown(State.RUNNING, -1).light == Light.BEHIND
    assert "3" in shown(State.RUNNING, 40, -3).why
    assert shown(State.RUNNING, 40, ends=3).light == Light.NEAR  # its own last day counts too


def test_what_is_reported_is_not_late_and_what_is_asked_waits():
    stub = Stub(State.RUNNING)
    late = [Stub(MilestoneState.REPORTED, due_on=DAY - timedelta(days=9))]
    assert project_light(project=stub, milestones=late, day=DAY).light == Light.ON_COURSE
    assert shown(State.ASKED, -30).light == Light.ON_COURSE


def test_a_drafted_project_waits_for_its_first_day_and_then_is_late():
    soon = Stub(State.DRAFTED, starts_on=DAY + timedelta(days=60))
    assert project_light(project=soon, milestones=[], day=DAY).light == Light.NOT_BEGUN
    assert project_light(project=soon, milestones=[], day=DAY + timedelta(days=61)).light == Light.BEHIND


def test_done_and_stopped_do_not_depend_on_days():
    assert shown(State.DONE, -90).light == Light.DONE
    assert shown(State.SUSPENDED, -90).light == Light.STOPPED
    assert shown(State.ENDED, -90).light == Light.STOPPED


def test_a_milestone_has_the_colour_of_its_own_days():
    def colour(state, left):
        return milestone_colour(milestone=Stub(state, due_on=DAY + timedelta(days=left)), day=DAY)

    assert [colour(MilestoneState.PLANNED, left) for left in (-1, 0, NEAR_DAYS + 1)] == ["red", "yellow", "blue"]
    assert colour(MilestoneState.REPORTED, -9) == "violet"
    assert colour(MilestoneState.CONFIRMED, -9) == "green"


days = st.integers(min_value=-40, max_value=40)
states = st.sampled_from([State.DRAFTED, State.RUNNING, State.SUSPENDED])
plans = st.lists(
    st.tuples(states, days, days, st.lists(st.tuples(days, st.booleans()), max_size=3)), min_size=1, max_size=4
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=plans)
@example(wanted=[(State.RUNNING, -10, 40, [(left, False)]) for left in (-1, 0, NEAR_DAYS, NEAR_DAYS + 1)])
@example(wanted=[(State.DRAFTED, left, 0, []) for left in (-1, 0, NEAR_DAYS, NEAR_DAYS + 1)])
def test_postgresql_reads_the_same_table(world, wanted):
    mark = transaction.savepoint()
    try:
        _same(world, wanted)
    finally:
        transaction.savepoint_rollback(mark)


def _same(world, wanted):
    of = steps.ready(world)
    for number, (state, starts, longer, milestones) in enumerate(wanted):
        first = DAY + timedelta(days=starts)
        project = Project.objects.create(
            id=new_id(at=MONDAY), plan=of, batch=of.batches.get(), group=of.groups.get(), code=f"H{number}",
            name="项目", kind="industry", place="370404", owner=world.units["urban"],
            person=world.users["urban_handler"],
            leader=world.users["leader"], starts_on=first, ends_on=first + timedelta(days=41 + longer),
            done_means="验收", opened_at=MONDAY, changed_at=MONDAY, stage_due_at=MONDAY, state=state, note="停",
            begun_at=None if state == State.DRAFTED else MONDAY,
        )  # fmt: skip
        for place, (left, reported) in enumerate(milestones, start=1):
            due = DAY + timedelta(days=left)
            more = {"state": "reported", "reported_at": MONDAY, "done_on": due, "evidence": "件"} if reported else {}
            Milestone.objects.create(
                id=new_id(at=MONDAY), project=project, number=place, name="节点", weight=1, first_due=due, due_on=due,
                stage_due_at=MONDAY, changed_at=MONDAY, **more,
            )  # fmt: skip
    in_sql = dict(Project.objects.all().lit(day=DAY).values_list("pk", "light"))
    in_python: dict[UUID, str] = {
        one.pk: project_light(project=one, milestones=list(one.milestones.all()), day=DAY).light.value
        for one in Project.objects.all()
    }
    assert in_sql == in_python
