"""The pages of admission: without JavaScript, by real requests."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.web.papers import papers
from kernel import clock
from registry.models import AdHocTask, Admission
from tests.registry.admissions import (
    applied,
    asked,
    consulted,
    disputed,
    in_force,
    matter,
    proposal,
    ready,
    task_applied,
    task_approve,
    task_heard,
)
from tests.world import MONDAY, World

BUDGETS = orjson.loads((Path(__file__).parents[1] / "budgets.json").read_bytes())
APPLICATION = {
    "name": "电动车违规停放充电检查",
    "into": "territorial",
    "domain": "应急管理",
    "lead_duty": "组织检查",
    "township_role": "assist",
    "township_duty": "巡查发现",
    "limit_value": 5,
    "limit_unit": "workday",
    "safeguards": "培训",
    "money_amount": "20000",
    "money_per": "year",
    "money_source": "区级财政",
    "powers": "委托劝导",
    "basis": "山东省消防条例",
    "reason": "事故多发",
    "step_1": "巡查发现",
    "who_1": "village_of_place",
    "step_2": "检查处罚",
    "who_2": "lead",
    "days_2": 3,
}


def today() -> date:
    return timezone.localtime(clock.now()).date()


def day(after: int) -> str:
    return (today() + timedelta(days=after)).isoformat()


@pytest.fixture
def page(client, world):
    """Somebody's browser: page(name, path) reads, page(name, path, data) posts."""

    def call(name: str, path: str, said: dict | None = None):
        client.force_login(world.users[name])
        return client.get(path) if said is None else client.post(path, said)

    return call


@pytest.fixture
def cost(client, world):
    """How many statements a page takes, once what a process reads once in its life has been read."""

    def measure(name: str, path: str) -> int:
        client.force_login(world.users[name])
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    return measure


def text(response) -> str:
    return response.content.decode()


def test_a_whole_admission_is_done_on_pages(page, world: World):
    urban, east = world.units["urban"].pk, world.units["east_town"].pk
    said = {**APPLICATION, "applicant": urban, "lead_unit": urban, "matter": matter().pk}
    assert page("urban_handler", "/registry/admissions/apply/").status_code == 200
    response = page("urban_handler", "/registry/admissions/apply/", said)
    assert response.status_code == 302, text(response)
    case = Admission.objects.get()
    here = f"/registry/admissions/{case.pk}/"

    def does(who: str, name: str, /, **given) -> None:
        case.refresh_from_db()
        assert page(who, f"{here}{name}/").status_code == 200
        response = page(who, f"{here}{name}/", {"version": case.version, **given})
        assert response.status_code == 302, text(response)

    does("keeper", "review", finding="合法，必要。", days=5)
    does("east_officer", "opine", stance="objects", text="经费不足。")
    does("west_officer", "opine", stance="agrees", text="同意。")
    does(
        "keeper", "consult", held_on=day(0), present=[urban, east], people="双方负责人", minutes="经费增至三万元。",
        outcome="agreed", money_amount="30000",
    )  # fmt: skip
    does("director", "approve", document="峄政办字〔2026〕12号", effective=day(1), review_on=day(300))
    does("keeper", "reassess", finding="仍有必要", next_on=day(500))
    does("director", "end", reason="改由部门承担", document="峄政办字〔2027〕1号", effective=day(90))
    case.refresh_from_db()
    assert case.state == "ended"
    shown = text(page("east_officer", here))
    for part in ("经费不足。", "经费增至三万元。", "峄政办字〔2026〕12号", "改由部门承担", case.code):
        assert part in shown
    printed = text(page("keeper", f"{here}paper/"))
    for part in ("经费不足。", "30000.00", "山东省消防条例", case.number):
        assert part in printed
    letter = text(page("east_officer", f"{here}opinions/{east}/"))
    assert "经费不足。" in letter
    assert "同意。" not in letter


def test_an_application_that_lacks_something_comes_back_with_what_was_typed(page, world: World):
    urban = world.units["urban"].pk
    said = {**APPLICATION, "applicant": urban, "lead_unit": "", "matter": "", "step_1": "", "money_source": ""}
    response = page("urban_handler", "/registry/admissions/apply/", said)
    assert response.status_code == 422
    assert {"step_1", "money_source"} <= set(response.context["form"].errors)
    assert "事故多发" in text(response)
    response = page("urban_handler", "/registry/admissions/apply/", {**APPLICATION, "applicant": urban})
    assert {"lead_unit", "matter"} <= set(response.context["form"].errors)
    assert not Admission.objects.exists()


def test_more_rows_come_without_javascript_and_without_a_word_of_blame(page, world: World):
    urban, water = world.units["urban"].pk, world.units["water"].pk
    said = {**APPLICATION, "applicant": urban, "lead_unit": urban, "matter": matter().pk, "name": ""}
    response = page("urban_handler", "/registry/admissions/apply/", {**said, "more": "side"})
    assert response.status_code == 200
    assert 'name="side_6"' in text(response)
    assert "事故多发" in text(response)
    assert "field-error" not in text(response)
    for count in (6, 9, 12):
        response = page("urban_handler", "/registry/admissions/apply/", {**said, "more": "side", "side_rows": count})
    assert 'name="side_12"' in text(response)
    assert 'name="side_13"' not in text(response)
    assert 'value="side"' not in text(response)  # no more than the registry takes
    said |= {"name": "充电检查", "side_rows": 6, "side_6": water, "side_duty_6": "提供用水数据", "step_rows": 8}
    said |= {"step_8": "归档", "who_8": "lead"}
    assert page("urban_handler", "/registry/admissions/apply/", said).status_code == 302
    case = Admission.objects.get()
    assert water in case.sides
    assert "归档" in text(page("urban_handler", f"/registry/admissions/{case.pk}/"))


def test_only_those_concerned_see_an_admission(page, world: World):
    case = asked(world, on=clock.now(), townships=(world.units["east_town"].pk,))
    found = {
        name: page(name, f"/registry/admissions/{case.pk}/").status_code
        for name in (
            "east_officer", "urban_handler", "water_handler", "keeper", "director", "supervisor", "west_officer",
            "dispatcher", "mediator", "administrator", "citizen",
        )
    }  # fmt: skip
    seers = {"east_officer", "urban_handler", "water_handler", "keeper", "director", "supervisor"}
    assert {name for name, status in found.items() if status == 200} == seers
    assert {status for name, status in found.items() if name not in seers} == {404}
    assert page("west_officer", f"/registry/admissions/{case.pk}/opine/").status_code == 404
    assert page("water_handler", f"/registry/admissions/{case.pk}/approve/").status_code == 403
    assert page("west_officer", f"/registry/admissions/{case.pk}/paper/").status_code == 404


def test_the_list_has_what_waits_what_stands_and_what_ended(page, world: World):
    waiting, standing = disputed(world, on=clock.now()), in_force(world, on=clock.now())
    for tab, number in (("mine", waiting.number), ("open", waiting.number), ("force", standing.number)):
        assert number in text(page("keeper", f"/registry/admissions/?tab={tab}"))
    assert waiting.number not in text(page("east_officer", "/registry/admissions/?tab=mine"))
    assert page("citizen", "/registry/admissions/").status_code == 403
    assert page("keeper", "/registry/admissions/?tab=ended").status_code == 200


def test_a_task_is_applied_for_heard_and_decided_on_pages(page, world: World):
    said = {
        "applicant": world.units["urban"].pk, "name": "迎检宣传", "township": world.units["east_town"].pk,
        "content": "入户宣传一次", "begins_on": day(1), "ends_on": day(20), "money_amount": "0", "money_per": "once",
        "money_source": "由部门提供材料", "powers": "无需授权", "basis": "会议纪要", "reason": "测评前",
    }  # fmt: skip
    assert page("urban_handler", "/registry/tasks/apply/").status_code == 200
    assert page("urban_handler", "/registry/tasks/apply/", said).status_code == 302
    case = AdHocTask.objects.get()
    here = f"/registry/tasks/{case.pk}/"
    given = {"version": case.version, "stance": "objects", "text": "人手不足"}
    assert page("east_officer", f"{here}opine/", given).status_code == 302
    case.refresh_from_db()
    response = page("director", f"{here}approve/", {"version": case.version, "document": "〔2026〕8号"})
    assert response.status_code == 400
    assert "grounds" in response.context["form"].errors
    said = {"version": case.version, "document": "〔2026〕8号", "grounds": "测评时限已定"}
    assert page("director", f"{here}approve/", said).status_code == 302
    shown = text(page("east_officer", here))
    assert "测评时限已定" in shown
    assert "人手不足" in text(page("keeper", f"{here}paper/"))
    assert page("west_officer", here).status_code == 404
    assert case.number in text(page("supervisor", "/registry/tasks/?tab=force"))


def test_the_second_task_is_pointed_out_on_its_page(page, world: World):
    first = task_approve(world, task_heard(world, on=MONDAY), on=MONDAY)
    second = task_applied(world, on=MONDAY)
    assert first.number in text(page("director", f"/registry/tasks/{second.pk}/"))


def test_the_workbench_lays_papers_before_those_who_have_to_act(page, world: World):
    case = ready(world, on=MONDAY)
    late = task_heard(world, on=MONDAY)
    found = {name: papers(actor=world.actor(name)) for name in ("director", "east_officer", "urban_handler")}
    assert {one["under"] for one in found["director"]} == {late.number, case.number}
    assert [found["east_officer"], found["urban_handler"]] == [[], []]
    review = applied(world, on=MONDAY)
    assert review.number in text(page("keeper", "/"))


def test_a_stale_page_keeps_what_was_typed(page, world: World):
    case = disputed(world, on=clock.now())
    consulted(world, case, on=clock.now())
    said = {
        "version": case.version, "document": "〔2026〕9号", "effective": day(1), "review_on": day(200),
        "grounds": "综合考虑",
    }  # fmt: skip
    response = page("director", f"/registry/admissions/{case.pk}/approve/", said)
    assert response.status_code == 412
    assert "综合考虑" in text(response)


def test_pages_cost_the_same_however_long_the_lists_are(cost, world: World):
    case = ready(world, on=clock.now())
    task = task_applied(world, on=clock.now())
    one = cost("director", "/registry/admissions/")
    for number in range(5):
        applied(world, on=clock.now())
        task_applied(world, on=clock.now(), name=f"宣传{number}")
    assert cost("director", "/registry/admissions/") == one <= BUDGETS["page: admissions"]
    assert cost("director", "/registry/tasks/") <= BUDGETS["page: one-off tasks"]
    assert cost("director", f"/registry/admissions/{case.pk}/") <= BUDGETS["page: an admission"]
    assert cost("director", f"/registry/tasks/{task.pk}/") <= BUDGETS["page: a one-off task"]


def test_somebody_without_a_department_is_told_so(page, world: World):
    assert page("dispatcher", "/registry/admissions/apply/").status_code == 403
    response = page("east_officer", "/registry/admissions/apply/")
    assert response.status_code == 200
    assert "form" in response.context
    assert not response.context["own"]
    offered = 'href="/registry/admissions/apply/"'
    assert offered not in text(page("east_officer", "/registry/admissions/"))
    assert offered in text(page("urban_handler", "/registry/admissions/"))
    assert proposal(world).name
