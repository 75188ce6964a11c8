"""The pages of the registry: without JavaScript, by real requests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry.models import HandOver
from tests.registry.steps import approved, duty, found, item, offered, proposed, stall, unhelped
from tests.registry.typed import SOON

pytestmark = pytest.mark.django_db
LIST = "/registry/"
CARD = "/registry/items/T-CG/"


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
    assert "2 to 15 digits" in page("dispatcher", who, x="M-CG", place="3", on="")
    assert "No place is called so" in page("dispatcher", who, x="M-CG", place="here", on="")
    assert "nobody" in page("dispatcher", who, x="M-CG", place="370481", on="")


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
