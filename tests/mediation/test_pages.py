"""The pages of mediation: without JavaScript, by real requests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kernel import clock
from mediation.models import Agreement, MediationCase
from mediation.services import ending
from petitions.services.reception import accept
from tests.journeys.steps import filed
from tests.mediation.steps import TEXT, disputes, drawn, held, opened, signed, taken


def today() -> date:
    return timezone.localtime(clock.now()).date()


@pytest.fixture
def page(client, world):
    """Somebody's browser: page(name, path) reads, page(name, path, data) posts."""

    def call(name: str, path: str, said: dict | None = None):
        client.force_login(world.users[name])
        return client.get(path) if said is None else client.post(path, said)

    return call


def text(response) -> str:
    return response.content.decode()


def test_a_whole_mediation_is_done_on_pages(page, world):
    case = opened(world, at=clock.now())
    here = f"/mediation/{case.pk}/"
    mediator = world.users["mediator"]

    def does(name: str, /, **said) -> None:
        case.refresh_from_db()
        response = page("mediator", f"{here}{name}/", {"version": case.version, **said})
        assert response.status_code == 302, text(response)

    assert "楼上漏水" in text(page("mediator", "/mediation/"))
    does("assign", mediator=mediator.pk, relation="none")
    does("party", side="respondent", name="李四光", phone="13900001111")
    ids = list(case.parties.values_list("pk", flat=True))
    now = timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    does(
        "hold",
        held_at=now,
        place="调解室",
        present=ids,
        record_text="双方各自陈述。",
        outcome="agreed",
    )
    does(
        "draw", form="written", **TEXT, party_1=ids[1], what_1="支付三千元", due_1=(today() + timedelta(9)).isoformat()
    )
    signed = {f"kind_{pk}": "signature" for pk in ids} | {f"on_{pk}": today().isoformat() for pk in ids}
    does("sign", **signed, mediator_on=today().isoformat(), sealed_on=today().isoformat())
    does("confirm", confirmation="applied", on=today().isoformat())
    does("perform", promise_id=Agreement.objects.get().promises.get().pk, on=today().isoformat())
    case.refresh_from_db()
    assert case.state == "performed"
    shown = text(page("mediator", here))
    assert "李**" in shown
    assert "李四光" not in shown
    assert "支付三千元" in shown


def test_the_agreement_on_paper_has_what_the_act_asks_for_and_lines_to_sign_on(page, world):
    case = taken(world, at=clock.now())
    held(world, case, at=clock.now())
    drawn(world, case, at=clock.now(), due_on=date(2027, 12, 10))
    shown = text(page("mediator", f"/mediation/{case.pk}/agreement/"))
    for part in (*TEXT.values(), "张三丰", "李四光", "支付三千元", "2027-12-10", case.number):
        assert part in shown
    assert shown.count('class="agreement-line"') == 4  # two parties, the mediator, the seal


def test_an_agreement_that_lacks_a_part_comes_back_with_what_was_typed(page, world):
    case = taken(world, at=clock.now())
    held(world, case, at=clock.now())
    case.refresh_from_db()
    said = {**TEXT, "points": "", "form": "written", "version": case.version}
    response = page("mediator", f"/mediation/{case.pk}/draw/", said)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"points"}
    assert TEXT["facts"] in text(response)
    said = {**TEXT, "form": "written", "version": case.version}
    response = page("mediator", f"/mediation/{case.pk}/draw/", said)
    assert set(response.context["form"].errors) == {"what_1"}
    assert not Agreement.objects.exists()


def test_a_half_filled_row_of_performance_is_refused(page, world):
    case = taken(world, at=clock.now())
    held(world, case, at=clock.now())
    case.refresh_from_db()
    said = {**TEXT, "form": "written", "version": case.version, "what_2": "道歉"}
    response = page("mediator", f"/mediation/{case.pk}/draw/", said)
    assert set(response.context["form"].errors) == {"what_2"}


def test_the_centre_sees_how_it_stands_but_not_what_was_said(page, world):
    case = taken(world, at=clock.now())
    held(world, case, at=clock.now())
    shown = text(page("director", f"/mediation/{case.pk}/"))
    assert case.number in shown
    assert "双方陈述了各自的意见" not in shown
    assert page("director", f"/mediation/{case.pk}/agreement/").status_code == 403


@pytest.mark.parametrize("name", ["urban_handler", "east_villager", "west_officer", "verifier", "administrator"])
def test_a_case_does_not_exist_for_ordinary_departments(page, world, name):
    case = taken(world, at=clock.now())
    assert page(name, f"/mediation/{case.pk}/").status_code == 404
    assert page(name, f"/mediation/{case.pk}/terminate/").status_code == 404


def test_a_case_is_opened_by_the_number_of_the_petition(page, world):
    disputes(world)
    petition = filed(world, at=clock.now())
    accept(petition_id=petition.pk, category_code="010101", actor=world.actor("dispatcher"), at=clock.now())
    response = page("director", "/mediation/open/", {"number": petition.number})
    case = MediationCase.objects.get()
    assert response.headers["Location"] == f"/mediation/{case.pk}/"
    assert case.entry == "hand"
    again = page("director", "/mediation/open/", {"number": petition.number})
    assert again.status_code == 422
    unknown = page("west_officer", "/mediation/open/", {"number": petition.number})
    assert unknown.status_code == 422
    assert page("urban_handler", "/mediation/open/").status_code == 403


def test_an_ended_case_names_the_other_ways(page, world):
    case = taken(world, at=clock.now())
    ending.terminate(
        case_id=case.pk, reason="outside", note="属于行政裁决", actor=world.actor("mediator"), at=clock.now()
    )
    shown = text(page("mediator", f"/mediation/{case.pk}/"))
    assert "属于行政裁决" in shown
    assert len(page("mediator", f"/mediation/{case.pk}/").context["ways"]) == 3


def test_somebody_who_was_faster_costs_nothing_that_was_typed(page, world):
    case = taken(world, at=clock.now())
    said = {"version": case.version - 1, "side": "respondent", "name": "王五"}
    response = page("mediator", f"/mediation/{case.pk}/party/", said)
    assert response.status_code == 412
    assert "王五" in text(response)


def test_the_list_shows_cases_of_every_state_with_their_clocks(page, world):
    waiting = opened(world, at=clock.now())
    case = taken(world, at=clock.now())
    held(world, case, at=clock.now())
    drawn(world, case, at=timezone.localtime(clock.now()), due_on=today() + timedelta(days=9))
    signed(world, case, at=timezone.localtime(clock.now()))
    over = taken(world, at=clock.now())
    ending.terminate(case_id=over.pk, reason="outside", actor=world.actor("mediator"), at=clock.now())
    shown = text(page("mediator", "/mediation/"))
    assert [number in shown for number in (waiting.number, case.number, over.number)] == [True, True, False]
    shown = text(page("director", "/mediation/?tab=ended"))
    assert [number in shown for number in (waiting.number, case.number, over.number)] == [False, False, True]
    assert page("mediator", f"/mediation/{case.pk}/").status_code == 200
    assert page("urban_handler", "/mediation/").status_code == 403
