"""Papers from end to end: tolerated, promised, late, sent back; with the real relay and a moved clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from developments.choices import PaperState, State, StepState
from developments.models import Escalation
from developments.services import accepting, deciding, ending, filing, papers, steps
from kernel.errors import Conflict, NotAllowed, WrongState
from kernel.models import ClockChange, Timer
from petitions.models import Petition
from tests.developments.steps import (
    HOUR,
    SITE,
    WATER,
    accepted,
    done,
    filed,
    handed,
    paper_of,
    prepared,
    signed,
    step_of,
    told,
)
from tests.journeys.steps import let_time_pass
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def test_what_may_not_be_missing_keeps_a_case_from_being_accepted(plans):
    case = filed(plans, lacking=("营业执照",))
    with pytest.raises(Conflict) as refused:
        accepting.accept(development_id=case.pk, actor=plans.actor("dispatcher"), at=MONDAY + HOUR)
    assert refused.value.code == "papers_missing"
    handed(plans, case, "营业执照", at=MONDAY + HOUR)
    taken = accepting.accept(development_id=case.pk, actor=plans.actor("dispatcher"), at=MONDAY + 2 * HOUR)
    assert (taken.state, taken.tolerant) == (State.RUNNING, False)


def test_tolerance_needs_the_signed_promise(plans):
    case = filed(plans, lacking=("选址意见",), promise="")
    with pytest.raises(Conflict) as refused:
        accepting.accept(development_id=case.pk, actor=plans.actor("dispatcher"), at=MONDAY + HOUR)
    assert refused.value.code == "promise_missing"
    company = plans.actor("company")
    filing.promise_papers(development_id=case.pk, promise="十日内补交", actor=company, at=MONDAY + HOUR)
    taken = accepting.accept(development_id=case.pk, actor=plans.actor("dispatcher"), at=MONDAY + 2 * HOUR)
    assert taken.tolerant
    assert taken.promise == "十日内补交"
    assert paper_of(case, "选址意见").stage_due_at == at("2026-11-27 00:00")  # ten calendar days


def test_a_tolerated_paper_handed_in_on_time_lets_the_step_finish(plans):
    case = accepted(plans, lacking=("选址意见",))
    step = signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    said = {"document_no": "1", "result": "准予"}
    handler = plans.actor("urban_handler")
    with pytest.raises(Conflict) as refused:
        steps.finish(development_id=case.pk, step_id=step.pk, actor=handler, at=MONDAY + 3 * HOUR, **said)
    assert refused.value.code == "paper_missing"

    paper, before = paper_of(case, "选址意见"), step.due_at
    asked = steps.ask(development_id=case.pk, step_id=step.pk, paper_id=paper.pk, actor=handler, at=MONDAY + 3 * HOUR)
    assert (asked.state, asked.stage_due_at) == (StepState.ASKED, paper.stage_due_at)
    assert told(plans, "company", "developments.asked") == 1
    let_time_pass(until=MONDAY + timedelta(days=7))  # its own limit is over, and yet it is not late
    assert not Escalation.objects.filter(subject=step.pk).exists()

    given = handed(plans, case, "选址意见", at=MONDAY + timedelta(days=7))
    again = step_of(case, SITE)
    assert given.in_time
    assert (again.state, again.due_at > before) == (StepState.SIGNED, True)
    assert ClockChange.objects.get(subject_id=str(step.pk)).cause == "paused"
    then = MONDAY + timedelta(days=7, hours=1)
    finished = steps.finish(
        development_id=case.pk, step_id=step.pk, actor=plans.actor("urban_handler"), at=then, **said
    )
    assert finished.in_time


def test_a_promise_that_is_not_kept_puts_the_step_on_hold_until_the_centre_decides(plans):
    case = accepted(plans, lacking=("选址意见",))
    step = signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    done(plans, case, WATER, at=MONDAY + 2 * HOUR)
    due = paper_of(case, "选址意见").stage_due_at
    let_time_pass(until=due - timedelta(days=1))
    assert told(plans, "company", "developments.reminded") == 1
    let_time_pass(until=due + timedelta(minutes=1))
    paper = paper_of(case, "选址意见")
    assert paper.state == PaperState.LAPSED
    assert step_of(case, SITE).state == StepState.HELD
    assert told(plans, "company", "developments.lapsed") == 1
    assert told(plans, "director", "developments.rule") == 1
    with pytest.raises(WrongState):
        handed(plans, case, "选址意见", at=due + HOUR)

    then, director = due + 10 * HOUR, plans.actor("director")
    until = due + timedelta(days=5)
    with pytest.raises(NotAllowed):
        deciding.prolong(
            development_id=case.pk, paper_id=paper.pk, until=until, note="x", actor=plans.actor("dispatcher"), at=then
        )
    deciding.prolong(development_id=case.pk, paper_id=paper.pk, until=until, note="设计院延误", actor=director, at=then)
    assert step_of(case, SITE).state == StepState.SIGNED
    let_time_pass(until=until + timedelta(minutes=1))
    assert step_of(case, SITE).state == StepState.HELD
    with pytest.raises(Conflict) as refused:
        deciding.prolong(
            development_id=case.pk, paper_id=paper.pk, until=until + timedelta(days=3), note="再延",
            actor=director, at=until + HOUR,
        )  # fmt: skip
    assert refused.value.code == "prolonged_already"
    ended = ending.end(
        development_id=case.pk, basis="行政许可法 32", note="承诺材料未补交", actor=director, at=until + HOUR
    )
    assert (ended.state, step_of(case, SITE).state) == (State.ENDED, StepState.ENDED)
    assert Petition.objects.get(pk=case.petition_id).state == "closed"
    assert not Timer.objects.filter(subject_id=str(step.pk), state="armed").exists()


def test_a_paper_that_cannot_be_used_is_sent_back_and_handed_in_again(plans):
    case = accepted(plans)
    paper = paper_of(case, "营业执照")
    back = papers.send_back(
        development_id=case.pk,
        paper_id=paper.pk,
        note="已过期",
        actor=plans.actor("urban_handler"),
        at=MONDAY + 2 * HOUR,
    )
    assert (back.state, back.stage_due_at) == (PaperState.MISSING, at("2026-11-23 17:30"))
    again = papers.hand_in(
        development_id=case.pk,
        paper_id=paper.pk,
        given=prepared("新执照.pdf"),
        actor=plans.actor("company"),
        at=TUESDAY,
    )
    assert again.attachment.original_name == "新执照.pdf"
