"""Papers and templates under many hands, on committed data with real threads: handed in or lapsed, published once."""

from __future__ import annotations

from collections import Counter

import pytest

from developments.choices import PaperState, StepState
from developments.models import Paper, Pause, PlanTemplate
from developments.services import deciding, lapsing, papers, steps, templates
from developments.services.pausing import WORK
from kernel.models import ClockChange, Event, Timer
from kernel.timers import fire_due, fire_everything
from petitions.models import Petition
from tests.developments.steps import (
    HOUR,
    SITE,
    accepted,
    happened,
    paper_of,
    plan,
    prepared,
    published,
    signed,
    step_of,
)
from tests.races import all_intact, at_once, tried
from tests.world import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
MANY, ROUNDS = 6, 3
SIGNED, TOLD = MONDAY + 2 * HOUR, MONDAY + 3 * HOUR
PROMISED = "选址意见"


def waiting(county):
    """A plan whose first step waits for the paper that was promised; the case, the paper, its last instant."""
    case = accepted(county, lacking=(PROMISED,))
    step, paper = signed(county, case, SITE, at=SIGNED), paper_of(case, PROMISED)
    handler = county.actor("urban_handler", on=TOLD)
    steps.ask(development_id=case.pk, step_id=step.pk, paper_id=paper.pk, actor=handler, at=TOLD)
    return case, paper, paper.stage_due_at


def test_a_paper_at_the_instant_of_its_date_is_handed_in_or_lapsed_and_the_clock_is_right(county):
    for _round in range(ROUNDS):
        case, paper, due = waiting(county)
        fire_everything(at=due - HOUR)
        limit, company = step_of(case, SITE).due_at, county.actor("company", on=due)

        def hand_in(case=case, paper=paper, due=due, company=company):
            given = {"paper_id": paper.pk, "given": prepared(), "actor": company, "at": due}
            return tried(lambda: papers.hand_in(development_id=case.pk, **given))

        handed, *_others = at_once([hand_in, *[lambda due=due: fire_due(at=due)] * 3])
        assert handed in ("done", "wrong_state")
        there = handed == "done"
        paper.refresh_from_db()
        step, pause = step_of(case, SITE), Pause.objects.get(step__development=case)
        assert (happened(case, "paper_handed") - 2, happened(case, "paper_lapsed")) == ((1, 0) if there else (0, 1))
        assert paper.state == (PaperState.HANDED if there else PaperState.LAPSED)
        assert step.state == (StepState.SIGNED if there else StepState.HELD)
        # There in time: the unit goes on, with what it waited for added. Otherwise its clock still stands.
        assert pause.until == (due if there else None)
        assert (step.due_at > limit) == there
        moved = ClockChange.objects.filter(subject_id=str(step.pk), clock=WORK)
        assert list(moved.values_list("cause", "to_due")) == ([("paused", step.due_at)] if there else [])
        armed = Timer.objects.filter(subject_id=str(step.pk), state="armed").values_list("kind", "due_at")
        assert list(armed) == [(WORK if there else "development.step_hold", step.stage_due_at)]
        assert not Timer.objects.filter(subject_id=str(paper.pk), state="armed").exists()
        assert paper.in_time is (True if there else None)
    assert all_intact()


def test_a_paper_lapses_once_whoever_looks_at_the_clock(county):
    case, paper, due = waiting(county)
    found = at_once([lambda: lapsing.lapse(paper_ids=[paper.pk], at=due)] * MANY)
    assert sum(found) == 1
    assert (happened(case, "paper_lapsed"), happened(case, "step_held")) == (1, 1)


def test_a_paper_is_handed_in_once_and_leaves_one_file(county):
    case, paper, due = waiting(county)
    at = due - HOUR
    company = county.actor("company", on=at)

    def hand_in():
        return tried(
            lambda: papers.hand_in(development_id=case.pk, paper_id=paper.pk, given=prepared(), actor=company, at=at)
        )

    assert Counter(at_once([hand_in] * MANY)) == {"done": 1, "wrong_state": MANY - 1}
    assert Petition.objects.get(pk=case.petition_id).attachments.count() == 3  # two came with the filing
    assert step_of(case, SITE).state == StepState.SIGNED


def test_a_lapsed_paper_is_prolonged_once(county):
    case, paper, due = waiting(county)
    lapsing.lapse(paper_ids=[paper.pk], at=due)
    at, until = due + HOUR, due + 72 * HOUR
    director = county.actor("director", on=at)

    def prolong():
        given = {"until": until, "note": "设计院延误", "actor": director, "at": at}
        return tried(lambda: deciding.prolong(development_id=case.pk, paper_id=paper.pk, **given))

    assert Counter(at_once([prolong] * MANY)) == {"done": 1, "wrong_state": MANY - 1}
    assert happened(case, "paper_prolonged") == 1
    assert Paper.objects.get(pk=paper.pk).stage_due_at == until


def test_one_of_two_versions_of_a_template_is_published(county):
    at = MONDAY

    def publish(days):
        return lambda: tried(lambda: published(county, at=at, version=1, permit_days=days))

    found = at_once([publish(days) for days in (6, 7, 8, 9)])
    assert Counter(found) == {"done": 1, "conflict": 3}
    versions = list(PlanTemplate.objects.filter(code="2335").order_by("number"))
    assert [one.number for one in versions] == [1, 2]
    assert (versions[0].valid_until, versions[1].valid_until) == ((MONDAY - 24 * HOUR).date(), None)
    assert versions[1].steps.count() == 3
    assert Event.objects.filter(name="plan_template.published").count() == 2


def test_a_new_template_is_published_once(county):
    given = {"code": "new", "name": "新", "category_code": "160101", "reason": "试行", "steps": plan(county)}
    keeper = county.actor("keeper")
    publish = lambda: tried(lambda: templates.publish_template(**given, actor=keeper, at=MONDAY))  # noqa: E731
    assert Counter(at_once([publish] * 4)) == {"done": 1, "conflict": 3}
    assert PlanTemplate.objects.filter(code="new").count() == 1
