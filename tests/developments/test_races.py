"""Many at once, on committed data with real threads: one wins, a paper is handed in or lapsed, a plan ends once."""

from __future__ import annotations

from collections import Counter

import pytest

from developments.choices import PaperState, State, StepState
from developments.models import Development, Paper, Pause, PlanTemplate, Step
from developments.services import accepting, deciding, ending, lapsing, papers, steps, templates
from developments.services.pausing import WORK
from kernel.chains import verify_all
from kernel.models import ClockChange, Event, Timer
from kernel.timers import fire_due, fire_everything
from petitions.models import Petition
from petitions.services.closing import withdraw as withdraw_petition
from tests.developments.steps import (
    HOUR,
    PERMIT,
    SITE,
    WATER,
    accepted,
    companies,
    done,
    filed,
    paper_of,
    plan,
    prepared,
    published,
    signed,
    step_of,
    story,
)
from tests.races import at_once, tried
from tests.world import MONDAY, build

pytestmark = pytest.mark.django_db(transaction=True)
MANY, ROUNDS = 6, 3
SIGNED, TOLD = MONDAY + 2 * HOUR, MONDAY + 3 * HOUR
PROMISED = "选址意见"
RESULT = {"document_no": "峄审〔2026〕1号", "result": "准予许可。"}
REFUSAL = {"basis": "城乡规划法 40", "note": "不在规划区内"}


@pytest.fixture
def county(db):
    world = build()
    companies(world)
    return world


def finishing(world, case, code, who, *, at=TOLD):
    step, actor = step_of(case, code), world.actor(who, on=at)
    return lambda: tried(lambda: steps.finish(development_id=case.pk, step_id=step.pk, actor=actor, at=at, **RESULT))


def happened(case, name):
    return story(case).count(f"development.{name}")


def intact():
    return all(one.intact for one in verify_all())


def test_a_step_is_finished_by_one_of_many_hands(county):
    case = accepted(county)
    signed(county, case, SITE, at=SIGNED)
    found = at_once([finishing(county, case, SITE, who) for who in ("urban_handler", "urban_head") * 3])
    assert Counter(found) == {"done": 1, "wrong_state": MANY - 1}
    assert happened(case, "step_finished") == 1
    assert Development.objects.get(pk=case.pk).steps_done == 1
    assert intact()


def test_a_step_is_finished_or_refused(county):
    case = accepted(county)
    step = signed(county, case, SITE, at=SIGNED)
    head = county.actor("urban_head", on=TOLD)

    def refuse():
        return tried(lambda: steps.refuse(development_id=case.pk, step_id=step.pk, actor=head, at=TOLD, **REFUSAL))

    assert sorted(at_once([finishing(county, case, SITE, "urban_handler"), refuse])) == ["done", "wrong_state"]
    step.refresh_from_db()
    assert (step.state == StepState.DONE) == (happened(case, "step_finished") == 1) == bool(step.result)
    assert (step.state == StepState.REFUSED) == (happened(case, "step_refused") == 1) == bool(step.refusal_basis)


def test_steps_that_are_finished_at_once_begin_the_next_one_once(county):
    case = accepted(county)
    for code in (SITE, WATER):
        signed(county, case, code, at=SIGNED)
    found = at_once([finishing(county, case, SITE, "urban_handler"), finishing(county, case, WATER, "water_handler")])
    assert found == ["done", "done"]
    permit = step_of(case, PERMIT)
    assert (permit.state, permit.begun_at) == (StepState.STARTED, TOLD)
    begun = Event.objects.filter(case_id=case.petition_id, name="development.step_begun")
    assert [one.payload["step"] for one in begun].count(PERMIT) == 1
    assert Timer.objects.filter(subject_id=str(permit.pk), state="armed").count() == 1
    assert intact()


def test_the_last_of_two_steps_that_are_finished_at_once_ends_the_plan_once(county):
    side_by_side = plan(county)[:2]
    templates.publish_template(
        code="2335", name="2335 承诺审批", category_code="160101", reason="两步", steps=side_by_side, version=1,
        actor=county.actor("keeper"), at=MONDAY - 24 * HOUR,
    )  # fmt: skip
    for _round in range(ROUNDS):
        case = accepted(county)
        for code in (SITE, WATER):
            signed(county, case, code, at=SIGNED)
        hands = ((SITE, "urban_handler"), (WATER, "water_handler"), (SITE, "urban_head"))
        found = at_once([finishing(county, case, code, who) for code, who in hands])
        assert Counter(found) == {"done": 2, "wrong_state": 1}
        assert (happened(case, "finished"), happened(case, "step_finished")) == (1, 2)
        case = Development.objects.get(pk=case.pk)
        assert (case.state, case.steps_done, case.finished_at) == (State.FINISHED, 2, TOLD)
        assert Petition.objects.get(pk=case.petition_id).state == "closed"
        assert [one.kind for one in Timer.objects.filter(subject_id=str(case.pk), state="armed")] == [
            "development.rate"
        ]
    assert intact()


def test_the_centre_accepts_or_the_company_withdraws_first(county):
    for number in range(ROUNDS):
        case, at = filed(county), MONDAY + HOUR
        dispatcher, company = county.actor("dispatcher", on=at), county.actor("company", on=at)

        def accept(case=case, dispatcher=dispatcher, at=at):
            return tried(lambda: accepting.accept(development_id=case.pk, actor=dispatcher, at=at))

        def withdraw(case=case, company=company, at=at):
            return tried(lambda: ending.withdraw(development_id=case.pk, note="项目调整", actor=company, at=at))

        pair = [accept, withdraw]
        found = dict(zip(("accept", "withdraw"), at_once(pair), strict=True))
        # Accepted first, the case is withdrawn with its plan; withdrawn first, there is nothing to accept.
        assert found["withdraw"] == "done", number
        assert found["accept"] in ("done", "wrong_state")
        case.refresh_from_db()
        planned = Step.objects.filter(development=case)
        assert case.state == State.WITHDRAWN
        assert planned.exists() == (found["accept"] == "done") == (happened(case, "accepted") == 1)
        assert not planned.exclude(state=StepState.ENDED).exists()
        assert Petition.objects.get(pk=case.petition_id).state == "withdrawn"
        assert not Timer.objects.filter(case_id=case.petition_id, state="armed").exists()
    assert intact()


def test_two_dispatchers_accept_once(county):
    case, at = filed(county), MONDAY + HOUR

    def accept(who):
        actor = county.actor(who, on=at)
        return lambda: tried(lambda: accepting.accept(development_id=case.pk, actor=actor, at=at))

    found = at_once([accept(who) for who in ("dispatcher", "dispatcher2") * 3])
    assert Counter(found) == {"done": 1, "wrong_state": MANY - 1}
    assert Step.objects.filter(development=case).count() == 3
    assert happened(case, "step_begun") == 2


def test_an_acceptance_while_the_petition_is_taken_back_leaves_no_step_open(county):
    case, at = filed(county), MONDAY + HOUR
    dispatcher, company = county.actor("dispatcher", on=at), county.actor("company", on=at)
    found = at_once(
        [
            lambda: tried(lambda: accepting.accept(development_id=case.pk, actor=dispatcher, at=at)),
            lambda: tried(lambda: withdraw_petition(petition_id=case.petition_id, actor=company, at=at)),
        ]
    )
    assert found[1] == "done"
    ending.follow_petition(petition_id=case.petition_id, at=at)
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN
    assert not Step.objects.filter(development=case).open().exists()
    assert intact()


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
    assert intact()


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


def finished(county):
    case = accepted(county)
    for number, code in enumerate((WATER, SITE, PERMIT), start=1):
        done(county, case, code, at=MONDAY + 2 * number * HOUR)
    return Development.objects.get(pk=case.pk)


def test_a_plan_is_rated_once(county):
    case = finished(county)
    at = MONDAY + 24 * HOUR
    company = county.actor("company", on=at)

    def rate(score):
        given = {"speed": score, "quality": score, "actor": company, "at": at}
        return lambda: tried(lambda: ending.rate(development_id=case.pk, **given))

    assert Counter(at_once([rate(score) for score in (1, 2, 3, 4, 5)])) == {"done": 1, "wrong_state": 4}
    rated = Event.objects.get(case_id=case.petition_id, name="development.rated").payload
    case.refresh_from_db()
    assert (case.state, case.speed) == (State.CLOSED, rated["speed"])


def test_at_the_end_of_its_time_a_plan_is_rated_or_closed_without(county):
    for _round in range(ROUNDS):
        case = finished(county)
        due, company = case.stage_due_at, county.actor("company", on=case.stage_due_at)
        fire_everything(at=due - HOUR)

        def rate(case=case, company=company, due=due):
            return tried(lambda: ending.rate(development_id=case.pk, speed=5, quality=5, actor=company, at=due))

        rated, *_others = at_once([rate, *[lambda due=due: fire_due(at=due)] * 2])
        case.refresh_from_db()
        assert case.state == State.CLOSED
        assert (case.speed, case.end_note) == ((5, "") if rated == "done" else (None, "unrated"))
        assert happened(case, "rated") + happened(case, "lapsed") == 1
    assert intact()
