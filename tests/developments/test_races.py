"""Many at once, on committed data with real threads: one wins, a paper is handed in or lapsed, a plan ends once."""

from __future__ import annotations

from collections import Counter

import pytest

from developments.choices import State, StepState
from developments.models import Development, Step
from developments.services import accepting, ending, steps, templates
from kernel.models import Event, Timer
from kernel.timers import fire_due, fire_everything
from petitions.models import Petition
from petitions.services.closing import withdraw as withdraw_petition
from tests.developments.steps import (
    HOUR,
    PERMIT,
    SITE,
    WATER,
    accepted,
    done,
    filed,
    happened,
    plan,
    signed,
    step_of,
)
from tests.races import all_intact, at_once, tried
from tests.world import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
MANY, ROUNDS = 6, 3
SIGNED, TOLD = MONDAY + 2 * HOUR, MONDAY + 3 * HOUR
RESULT = {"document_no": "峄审〔2026〕1号", "result": "准予许可。"}
REFUSAL = {"basis": "城乡规划法 40", "note": "不在规划区内"}


def finishing(world, case, code, who, *, at=TOLD):
    step, actor = step_of(case, code), world.actor(who, on=at)
    return lambda: tried(lambda: steps.finish(development_id=case.pk, step_id=step.pk, actor=actor, at=at, **RESULT))


def test_a_step_is_finished_by_one_of_many_hands(county):
    case = accepted(county)
    signed(county, case, SITE, at=SIGNED)
    found = at_once([finishing(county, case, SITE, who) for who in ("urban_handler", "urban_head") * 3])
    assert Counter(found) == {"done": 1, "wrong_state": MANY - 1}
    assert happened(case, "step_finished") == 1
    assert Development.objects.get(pk=case.pk).steps_done == 1
    assert all_intact()


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
    assert all_intact()


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
    assert all_intact()


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
    assert all_intact()


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
    assert all_intact()


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
    assert all_intact()
