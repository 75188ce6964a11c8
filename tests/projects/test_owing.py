"""Who owes a monthly report and who is told that it is missing; which projects a county leader sees."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.relay import deliver_everything
from kernel.timers import fire_everything
from organizations.choices import Role
from organizations.models import Posting, User
from projects.models import MonthReport, Project
from projects.services import stopping
from tests.projects import steps
from tests.world import START, at

pytestmark = pytest.mark.django_db
OPENS, DUE = at("2026-12-01 00:01"), at("2026-12-08 00:01")


def go(on):
    fire_everything(at=on)
    deliver_everything(at=on)


def test_what_is_suspended_before_its_report_is_due_owes_it_no_more(world):
    of = steps.ready(world)
    runs = steps.running(world, date(2027, 1, 20), of=of)
    stands = steps.running(world, date(2027, 1, 20), of=of, code="A-002")
    steps.opened(of, on=OPENS)
    on = at("2026-12-02 09:00")
    stopping.suspend(
        project_id=stands.pk, note="等待规划", until=date(2027, 3, 1), actor=world.actor("leader", on=on), at=on
    )
    go(at("2026-12-04 09:00"))
    assert steps.told(world, "urban_handler").count("owed") == 1  # of the one that runs
    go(DUE)
    missed = dict(MonthReport.objects.values_list("project", "missed_at"))
    assert missed[runs.pk] is not None
    assert missed[stands.pk] is None
    assert "report_missing" not in steps.names(stands.pk)


def test_the_leader_is_not_told_of_a_report_that_came_late(world):
    project = steps.running(world, date(2027, 1, 20))
    report = steps.opened(project.plan, on=OPENS).reports.get()
    go(DUE)
    assert steps.told(world, "urban_head").count("late") == 1
    steps.filed(world, report, on=at("2026-12-08 09:00"))
    assert "project.missing" not in steps.armed(project.pk)
    go(at("2026-12-20 09:00"))
    assert "late" not in steps.told(world, "leader")


def test_a_county_leader_sees_the_projects_in_his_charge_and_no_others(world):
    other = User.objects.create_user(username="leader2", password="grid-demo-1", display_name="二")
    Posting.objects.create(user=other, unit=world.units["water"], role=Role.COUNTY_LEADER, valid_from=START)
    world.users["leader2"] = other
    project = steps.running(world)
    assert list(Project.objects.visible_to(world.actor("leader"))) == [project]
    assert not Project.objects.visible_to(world.actor("leader2")).exists()
    mine = steps.running(world, of=project.plan, code="A-002", leader=other.pk)
    assert list(Project.objects.visible_to(world.actor("leader2"))) == [mine]
