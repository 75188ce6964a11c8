"""The pages of the registry: without JavaScript, by real requests."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.clock import today
from registry.models import Draft, HandOver, ItemVersion
from tests.registry.steps import approved, duty, found, item, offered, proposed, stall, unhelped

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))
LIST = "/registry/"
CARD = "/registry/items/T-CG/"
SOON = today() + timedelta(days=10)


@pytest.fixture
def page(world):
    """Somebody's browser: page(name, path) reads, page(name, path, said) posts."""

    def call(name: str, path: str, said: dict[str, Any] | None = None, expect: int = 200, **query: Any) -> str:
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[name])
        answer = client.get(path, query) if said is None else client.post(path, said)
        assert answer.status_code == expect, answer.content.decode()
        return answer.headers["Location"] if expect == 302 else answer.content.decode()

    return call


@pytest.fixture
def budget(world):
    """How many statements a page costs at most, by the name of its budget."""

    def measure(name: str, person: str, path: str) -> None:
        client = Client()
        client.force_login(world.users[person])
        client.get(path)  # what a process reads once in its life is not counted
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= BUDGETS[name], "\n".join(one["sql"][:160] for one in seen.captured_queries)

    return measure


def test_the_registry_is_for_those_who_signed_in(client):
    for path in (LIST, CARD, f"{LIST}who/", f"{LIST}drafts/", f"{LIST}hand-overs/"):
        assert client.get(path).status_code == 302


def test_the_list_finds_items_by_words_list_unit_role_and_day(page, world):
    assert "The registry is still empty" in page("dispatcher", LIST)
    found(("T-CG", stall()), ("D-GS-1", duty()))
    whole = page("gridworker", LIST)
    for words in ("占道经营整治", "综合执法局", "only cooperates", "5 working days", "供水设施维护"):
        assert words in whole
    finding = ({"q": "占道"}, {"kind": "territorial"}, {"unit": "综合"}, {"unit": "d-cg"}, {"township": "assist"})
    for query in finding:
        shown = page("gridworker", LIST, **query)
        assert "占道经营整治" in shown
        assert "供水设施维护" not in shown
    assert "No item is found" in page("gridworker", LIST, q="moon")
    assert "No item is found" in page("gridworker", LIST, on="2025-12-31")
    assert "占道经营整治" in page("gridworker", LIST, on="2025-12-31", status="coming")
    assert "field-error" in page("gridworker", LIST, on="yesterday")
    page("gridworker", LIST, expect=400, cursor="x")


def test_the_list_goes_on_to_the_next_page(page, world):
    found(*((f"D-{number:03}", duty()) for number in range(52)))
    first = page("dispatcher", LIST, unit="自来水")
    assert "D-049" in first
    assert "D-050" not in first
    assert 'rel="next"' in first


def test_the_card_says_everything_about_an_item(page, world):
    found(("T-CG", stall(cooperations=[{"rule": "village_of_place", "duty": "日常劝导。"}])))
    card = page("urban_handler", CARD)
    for words in (
        "依法查处占道经营行为。", "先期劝阻", "日常劝导。", "may not be made the lead", "城市市容和环境卫生管理条例",
        "执法力量下沉", "流动摊点", "离开", "4 working hours", "010101 占道经营", "峄政发〔2025〕20号", "Chain proved",
    ):  # fmt: skip
        assert words in card, words
    assert "/petitions/?matter=M-CG" in card
    assert page("urban_handler", "/registry/items/T-XX/", expect=404)
    assert page("urban_handler", f"{CARD}?version=9", expect=404)


def test_the_chart_is_a_picture_and_a_list(page, world):
    found(("T-CG", stall()))
    card = page("urban_handler", CARD)
    assert card.count('class="process-box') == 2
    assert card.count('class="process-head') == 1
    assert "1 巡查发现" in card
    assert "<b>巡查发现</b> · the township of the place" in card
    assert 'style="' not in card


def test_any_two_versions_stand_side_by_side(page, world):
    found(("T-CG", stall()))
    approved(world, ("change", "T-CG", {"lead_duty": "依法查处一切占道经营行为。"}), effective=SOON)
    approved(world, ("change", "T-CG", {"basis": "新条例"}), effective=SOON + timedelta(days=1))
    latest = page("supervisor", f"{CARD}versions/")
    assert "1 field differs" in latest
    assert "<ins>新" in latest
    first = page("supervisor", f"{CARD}versions/", a="1", b="2")
    assert "<ins>一切</ins>" in first
    assert "新条例" not in first
    assert "2 fields differ" in page("supervisor", f"{CARD}versions/?a=1&b=3")
    page("supervisor", f"{CARD}versions/?a=1&b=7", expect=404)


def test_who_was_responsible_has_one_answer(page, world):
    found(("T-CG", stall()))
    approved(world, ("change", "T-CG", {"lead_unit": "U-GS"}), effective=SOON)
    who = f"{LIST}who/"
    for asked in ("T-CG", "M-CG", "占道经营"):
        before = page("dispatcher", who, x=asked, place="370404001", on=str(SOON - timedelta(days=1)))
        assert '<b class="answer">综合执法局</b>' in before
        after = page("dispatcher", who, x=asked, place="370404001", on=str(SOON))
        assert '<b class="answer">自来水公司</b>' in after
        assert "职责调整" in after
        assert "?version=2" in after
    assert "No matter or item is found" in page("dispatcher", who, x="moon", place="370404001", on="")
    assert "2 to 15 digits" in page("dispatcher", who, x="M-CG", place="here", on="")
    assert "nobody" in page("dispatcher", who, x="M-CG", place="370481", on="")


def rows(name: str, given: list[dict[str, Any]], *, there: int = 0) -> dict[str, Any]:
    """Rows of the form as a browser sends them."""
    counted = {f"{name}-TOTAL_FORMS": len(given), f"{name}-INITIAL_FORMS": there}
    return counted | {f"{name}-{n}-{key}": value for n, row in enumerate(given) for key, value in row.items()}


def typed(**changed: Any) -> dict[str, Any]:
    """The whole form of a new item."""
    said = unhelped(code="T-XX", title="新增事项", reason="新法施行", effective=str(SOON), version=1)
    said |= {"matter": "M-GS", "lead_unit": "U-GS"}
    for name in ("chart", "conditions", "cooperations"):
        said.pop(name, None)
    said |= rows("cooperations", [{"rule": "unit", "unit": "D-CG", "duty": "协助通知。"}])
    said |= rows("conditions", [])
    steps = [
        {"number": 10, "title": "接报", "who": "", "next": "20, 30"},
        {"number": 30, "title": "办结", "who": "U-GS", "limit_value": "1", "limit_unit": "workday", "next": ""},
        {"number": 20, "title": "抢修", "who": "U-GS", "next": "30"},
        {"number": "", "title": "", "who": "", "next": ""},
    ]
    return said | rows("chart", steps) | changed


def test_an_item_is_proposed_submitted_and_approved_by_somebody_else(page, world):
    here = page("keeper", "/registry/new/", typed(), expect=302)
    draft = Draft.objects.get()
    assert here == f"/registry/drafts/{draft.pk}/"
    chart = draft.lines.get().payload["chart"]
    assert [(one["title"], one["next"]) for one in chart] == [("接报", ["s2", "s3"]), ("抢修", ["s3"]), ("办结", [])]
    shown = page("keeper", here)
    assert "协助通知。" in shown
    page("keeper", f"{here}approve/", {"version": draft.version, "effective": str(SOON)}, expect=409)
    page("keeper", f"{here}submit/", {"version": draft.version}, expect=302)
    draft.refresh_from_db()
    said = {"version": draft.version, "document": "峄政发〔2026〕3号", "effective": str(SOON)}
    assert "Nobody decides on what they proposed themselves." in page("keeper", f"{here}approve/", said, expect=403)
    page("director", f"{here}approve/", said, expect=302)
    assert ItemVersion.objects.get(item__code="T-XX").valid_from == SOON
    assert "协助通知。" in page("director", here)
    assert "峄政发〔2026〕3号" in page("gridworker", "/registry/items/T-XX/")


def test_a_faulty_form_comes_back_with_everything_that_was_typed(page, world):
    wrong = typed(
        name="", **rows("conditions", [{"code": "M-1", "text": "停水", "limit_value": "", "limit_unit": "workday"}])
    )
    back = page("keeper", "/registry/new/", wrong, expect=422)
    assert "新法施行" in back
    assert "停水" in back
    assert back.count("field-error") >= 2
    astray = typed(**rows("chart", [{"number": 10, "title": "接报", "next": "40"}]))
    assert "There is no step 40." in page("keeper", "/registry/new/", astray, expect=422)
    assert not Draft.objects.exists()


def test_more_rows_come_without_javascript_and_without_a_word_of_blame(page, world):
    more = page("keeper", "/registry/new/", typed(name="", more="chart"))
    assert 'name="chart-TOTAL_FORMS" value="6"' in more
    assert "抢修" in more
    assert "field-error" not in more


def test_a_change_begins_with_what_stands_and_keeps_what_is_not_touched(page, world):
    found(("T-CG", stall()))
    form = page("keeper", f"{CARD}change/")
    for words in ("依法查处占道经营行为。", "流动摊点", "现场查处"):
        assert words in form
    said = {name: value for name, value in stall().items() if isinstance(value, str)}
    said |= {"title": "改时限", "reason": "提速", "effective": str(SOON), "version": 1, "limit_value": "3"}
    said |= {"categories": ["010101"]} | rows("cooperations", [])
    said |= rows("conditions", [{**one} for one in stall()["conditions"]], there=2)
    steps = [
        {"key": "1", "number": 10, "title": "巡查发现", "who": "township_of_place", "next": "20"},
        {"key": "2", "number": 20, "title": "现场查处", "who": "D-CG", "limit_value": "4", "limit_unit": "work_hour"},
    ]
    here = page("keeper", f"{CARD}change/", said | rows("chart", steps, there=2), expect=302)
    line = Draft.objects.get(title="改时限").lines.get()
    assert (line.verdict, line.faults) == ("changed", [])
    shown = page("keeper", here)
    assert "<del>5</del>" in shown
    assert "<ins>3</ins>" in shown
    assert "流动摊点" not in shown
    whole = page("keeper", f"{here}lines/1/")
    assert "As proposed" in whole
    assert "流动摊点" in whole
    page("keeper", f"{here}lines/1/drop/", {}, expect=302)
    assert "This draft is still empty" in page("keeper", here)


def test_a_line_with_faults_is_kept_told_and_mended(page, world):
    found(("T-CG", stall()))
    lines = [("change", "T-CG", {"lead_unit": "D-XX"})]
    with pytest.raises(Exception, match="有误"):
        proposed(world, *lines)
    here = page("keeper", "/registry/new/", typed(code="T-CG"), expect=302)
    shown = page("keeper", f"{here}?verdict=wrong")
    assert "There is an item with this code" in shown
    assert "No line like that" in page("keeper", f"{here}?verdict=gone")
    draft = Draft.objects.latest("opened_at")
    assert "1 line is wrong." in shown
    assert "The draft has faults" in page("keeper", f"{here}submit/", {"version": draft.version}, expect=422)
    assert "接报" in page("keeper", f"{here}lines/1/edit/")


def test_a_draft_is_refused_with_a_reason_and_read_by_whoever_proposed_it(page, world):
    found(("T-CG", stall()))
    draft = proposed(world, ("withdraw", "T-CG", {}), effective=SOON)
    here = f"/registry/drafts/{draft.pk}/"
    assert page("director", f"{here}refuse/", {"version": draft.version, "reason": ""}, expect=422)
    page("director", f"{here}refuse/", {"version": draft.version, "reason": "仍需保留"}, expect=302)
    assert "仍需保留" in page("keeper", here)
    page("urban_handler", here, expect=404)
    page("gridworker", "/registry/drafts/", expect=403)
    assert draft.number in page("director", "/registry/drafts/", state="refused")
    assert "No draft in this state" in page("director", "/registry/drafts/", state="discarded")


def test_a_stale_approval_tells_and_keeps(page, world):
    found(("T-CG", stall()))
    draft = proposed(world, ("withdraw", "T-CG", {}), effective=SOON)
    said = {"version": draft.version - 1, "document": "文号一", "effective": str(SOON)}
    back = page("director", f"/registry/drafts/{draft.pk}/approve/", said, expect=412)
    assert "文号一" in back


def test_withdrawing_an_item_is_a_draft_too(page, world):
    found(("T-CG", stall()))
    said = {"version": 1, "reason": "职责取消", "effective": str(SOON)}
    here = page("keeper", f"{CARD}withdraw/", said, expect=302)
    assert "gone" in page("keeper", here)
    assert ItemVersion.objects.get().valid_until is None


def test_a_hand_over_takes_two_signatures(page, world):
    found(("T-CG", unhelped()))
    said = {"version": 1, "to_unit": world.units["water"].pk, "text": "人员随事项划转。", "effective": str(SOON)}
    here = page("urban_handler", f"{CARD}hand-over/", said, expect=302)
    made = HandOver.objects.get()
    assert "人员随事项划转。" in page("water_handler", here)
    page("east_officer", here, expect=404)
    page("urban_handler", f"{here}sign/", {"version": made.version}, expect=302)
    made.refresh_from_db()
    assert "This side has signed already." in page("urban_handler", here)
    page("water_handler", f"{here}countersign/", {"version": made.version}, expect=302)
    made.refresh_from_db()
    assert made.state == "effective"
    assert "handed over" in page("gridworker", CARD)
    assert "自来水公司" in page("gridworker", LIST, on=str(SOON))


def test_a_hand_over_can_be_withdrawn_with_a_reason(page, world):
    found(("T-CG", unhelped()))
    made = offered(world, effective=SOON)
    assert "T-CG" in page("urban_handler", "/registry/hand-overs/")
    assert "A hand-over of this item is under way." in page("keeper", CARD)
    page("keeper", f"/registry/hand-overs/{made.pk}/withdraw/", {"version": made.version, "reason": "再议"}, expect=302)
    assert "再议" in page("urban_handler", f"/registry/hand-overs/{made.pk}/")


def test_what_a_person_may_not_do_says_why(page, world):
    found(("T-CG", stall()))
    card = page("gridworker", CARD)
    assert "Your role does not include this." in card
    page("gridworker", f"{CARD}change/", expect=403)
    page("gridworker", "/registry/new/", expect=403)
    assert item().version == 1


def test_pages_cost_the_same_however_long_the_lists_are(budget, world):
    cooperations = [{"rule": "unit", "unit": "D-CG", "duty": "配合"}]
    found(("T-CG", stall()), *((f"D-{number:03}", duty(cooperations=cooperations)) for number in range(30)))
    draft = proposed(
        world, *(("change", f"D-{number:03}", {"basis": "新条例"}) for number in range(30)), effective=SOON
    )
    budget("page: items of the registry", "dispatcher", f"{LIST}?q=供水")
    budget("page: an item of the registry", "keeper", CARD)
    budget("page: a draft of the registry", "director", f"/registry/drafts/{draft.pk}/")
    budget("page: drafts of the registry", "director", "/registry/drafts/")


def test_the_former_addresses_lead_here(page, world):
    assert page("dispatcher", "/organizations/responsibilities/", expect=302) == LIST
    there = page("dispatcher", "/organizations/responsibilities/M-CG/", expect=302, place="370404001", on="2026-03-02")
    assert there == "/registry/who/?x=M-CG&place=370404001&on=2026-03-02"
    answer = page("dispatcher", there)
    assert '<b class="answer">综合执法局</b>' in answer
    assert "M-CG-L" in answer


def test_what_waits_for_a_decision_or_a_signature_is_on_the_workbench(page, world):
    found(("T-CG", unhelped()), ("D-GS-1", duty()))
    draft = proposed(world, ("change", "D-GS-1", {"basis": "新条例"}), effective=SOON)
    made = offered(world, effective=SOON)
    assert f"/registry/drafts/{draft.pk}/" in page("director", "/")
    assert f"/registry/drafts/{draft.pk}/" not in page("keeper", "/")
    assert f"/registry/hand-overs/{made.pk}/" in page("urban_handler", "/")
    assert f"/registry/hand-overs/{made.pk}/" in page("water_handler", "/")
    assert f"/registry/hand-overs/{made.pk}/" not in page("mediator", "/")
    page("urban_handler", f"/registry/hand-overs/{made.pk}/sign/", {"version": made.version}, expect=302)
    assert f"/registry/hand-overs/{made.pk}/" not in page("urban_handler", "/")
    assert f"/registry/hand-overs/{made.pk}/" in page("water_handler", "/")
