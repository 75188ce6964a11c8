"""Two at once: one deed is done, the other is told so."""

from __future__ import annotations

from datetime import date

import pytest

from projects.models import DateChange, Project
from projects.services import drafting, milestones, moving, reporting
from tests.projects import steps
from tests.races import at_once, tried
from tests.world import MONDAY, at, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county():
    return build()


def test_a_report_is_filed_once(county):
    project = steps.running(county)
    report = steps.opened(project.plan, on=at("2026-12-01 00:01")).reports.get()
    on = at("2026-12-02 09:00")
    people = [county.actor(name, on=on) for name in ("urban_handler", "urban_head") * 2]

    def file(actor):
        return lambda: tried(lambda: reporting.file(report_id=report.pk, account=steps.account(), actor=actor, at=on))

    assert sorted(at_once([file(actor) for actor in people])) == ["done", "filed", "filed", "filed"]


def test_a_milestone_is_confirmed_or_sent_back(county):
    milestone = steps.running(county).milestones.get()
    steps.reached(county, milestone, on=MONDAY)
    actors = [county.actor("dispatcher"), county.actor("verifier")]
    found = at_once(
        [
            lambda: tried(lambda: milestones.confirm(milestone_id=milestone.pk, actor=actors[0], at=MONDAY)),
            lambda: tried(
                lambda: milestones.send_back(milestone_id=milestone.pk, note="x", actor=actors[1], at=MONDAY)
            ),
        ]
    )
    assert sorted(found) == ["done", "wrong_state"]


def test_another_day_is_asked_for_once_and_decided_once(county):
    milestone = steps.running(county).milestones.get()
    owner = [county.actor("urban_handler"), county.actor("urban_head")]

    def ask(actor):
        return lambda: tried(
            lambda: moving.ask_move(
                milestone_id=milestone.pk, to_day=date(2026, 12, 24), reason="雨", actor=actor, at=MONDAY
            )
        )

    assert sorted(at_once([ask(actor) for actor in owner])) == ["done", "not_allowed"]
    judges = [county.actor("director"), county.actor("leader")]
    found = at_once(
        [
            lambda: tried(lambda: moving.grant(milestone_id=milestone.pk, actor=judges[0], at=MONDAY)),
            lambda: tried(lambda: moving.refuse(milestone_id=milestone.pk, note="x", actor=judges[1], at=MONDAY)),
        ]
    )
    assert sorted(found) == ["done", "not_allowed"]
    assert DateChange.objects.count() == 1


def test_a_code_is_given_once(county):
    of = steps.ready(county)
    actors = [county.actor("dispatcher"), county.actor("dispatcher2")]
    deeds = [
        lambda actor=actor: tried(
            lambda: drafting.draft(plan_id=of.pk, said=steps.said(county, of), actor=actor, at=MONDAY)
        )
        for actor in actors
    ]
    assert sorted(at_once(deeds)) == ["code_taken", "done"]
    assert Project.objects.count() == 1
