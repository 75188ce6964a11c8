"""The dispatch desk by keyboard alone, a merge taken back, and two officers on one case."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from dispatch.models import WorkOrder
from dispatch.services import working
from kernel import clock
from kernel.models import Event
from kernel.relay import deliver_everything
from petitions.models import Petition
from petitions.services.reception import accept
from tests.browser.looking import both, looked, turned
from tests.journeys.steps import filed
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASES = 10
CHOOSE = "(one, value) => { one.value = value; one.dispatchEvent(new Event('change', { bubbles: true })); }"


def some(county: World, *, number: int, **said: Any) -> list[Petition]:
    at = clock.now() - timedelta(minutes=30)
    return [
        filed(county, at=at + timedelta(seconds=n), title=f"第{n + 1}件占道经营", reporter=None, **said)
        for n in range(number)
    ]


def here(page: Page, petition: Petition) -> None:
    """The case lies open, and the keys go on from its row."""
    expect(page.locator("#desk-here")).to_have_value(str(petition.pk))
    expect(page.locator(f"#row-{petition.pk}")).to_be_focused()


def accepted(page: Page, petition: Petition) -> None:
    """The open case is accepted as it is suggested, by three keys."""
    here(page, petition)
    page.keyboard.press("a")
    expect(page.locator("#slot button[type=submit]")).to_be_focused()
    page.keyboard.press("Enter")


def test_ten_cases_by_keyboard_alone_a_merge_and_its_undo(sign_in: Any, switch: Any, county: World) -> None:
    cases = some(county, number=CASES + 2, category_code="010101")
    page = sign_in("dispatcher", width=1440, language="zh-hans")
    page.goto("/desk/?queue=accept")
    keys = page.keyboard
    keys.press("j")
    keys.press("Enter")
    for petition in cases[: CASES // 2]:
        accepted(page, petition)
    here(page, cases[CASES // 2])
    both(page)
    keys.press("a")
    expect(page.locator("#slot button[type=submit]")).to_be_focused()
    turned(page)
    expect(page.locator("#slot button[type=submit]")).to_be_focused()
    # The other half by night, and in English.
    switch(page, language="en", theme="dark")
    page.goto("/desk/?queue=accept")
    keys.press("j")
    keys.press("Enter")
    for petition in cases[CASES // 2 : CASES]:
        accepted(page, petition)
    main, double = cases[CASES + 1], cases[CASES]
    here(page, double)
    assert Petition.objects.filter(state="accepted").count() == CASES
    keys.press("m")
    expect(page.locator("#id_main")).to_be_focused()
    keys.type(f"{main.number} jkx")  # letters are letters while somebody types
    for _ in " jkx":
        keys.press("Backspace")
    turned(page)
    keys.press("Enter")
    here(page, main)
    expect(page.locator("#desk-list [data-rows] > li")).to_have_count(1)
    assert Petition.objects.get(pk=double.pk).joined_to_id == main.pk
    turned(page)
    keys.press("u")
    here(page, double)
    expect(page.locator("#desk-list [data-rows] > li")).to_have_count(2)
    assert Petition.objects.get(pk=double.pk).state == "filed"
    assert Event.objects.filter(case_id=double.pk, name="petition.separated").exists()
    keys.press("x")
    expect(page.locator("#desk-list input:checked")).to_have_count(1)
    page.evaluate("document.body.dispatchEvent(new Event('case-changed'))")  # what is selected survives news
    page.wait_for_load_state("networkidle")
    expect(page.locator("#desk-list input:checked")).to_have_count(1)
    keys.press("?")
    expect(page.locator("#keys")).to_be_visible()
    turned(page)


def held(page: Page, wanted: Any) -> list[Any]:
    """The next answer from there, kept on the way until it is let go."""
    kept: list[Any] = []
    met: list[Any] = []

    def keep(route: Any) -> None:
        met.append(route)
        if len(met) > 1:
            route.continue_()
        else:
            kept.append((route, route.fetch()))

    page.route(wanted, keep)
    return kept


def let_go(kept: list[Any]) -> None:
    route, answer = kept.pop(0)
    route.fulfill(response=answer)


def test_a_deed_sent_before_another_case_arrived_is_answered_in_its_place(sign_in: Any, county: World) -> None:
    first, second, third = some(county, number=3, category_code="010101")
    page = sign_in("dispatcher", width=1440)
    page.goto(f"/desk/?queue=accept&case={first.pk}")
    page.keyboard.press("a")
    expect(page.locator("#slot button[type=submit]")).to_be_focused()
    cases = held(page, lambda url: f"case={third.pk}" in url)
    deeds = held(page, lambda url: "/do/accept/" in url)
    page.locator(f"#row-{third.pk}").click()  # another case, slow to come …
    page.locator("#slot button[type=submit]").click()  # … and the deed on the one that still lies open
    while not (cases and deeds):
        page.wait_for_timeout(20)
    with contextlib.suppress(Error):
        let_go(cases)
    page.locator(f"#row-{third.pk}").click()  # asked for again, it waits for what became of the deed
    page.keyboard.press("Escape")  # and the form that was sent is gone
    expect(page.locator("#slot form")).to_have_count(0)
    let_go(deeds)
    expect(page.locator("#desk-undo")).to_contain_text(first.number)
    expect(page.locator("#desk-here")).to_have_value(str(third.pk))
    assert Petition.objects.get(pk=first.pk).state == "accepted"
    assert Petition.objects.get(pk=second.pk).state == "filed"


def test_without_scripts_a_merge_and_its_undo_by_the_pages_alone(sign_in: Any, county: World) -> None:
    double, main = some(county, number=2, category_code="010101")
    page = sign_in("dispatcher", script=False, width=390)
    page.goto("/desk/")
    looked(page)
    page.locator(f"#row-{double.pk}").click()
    page.locator(".moves a", has_text="Join").click()
    page.locator("input[name=main]").wait_for()
    looked(page)
    page.locator("input[name=main]").fill(main.number)
    page.locator("form:has(input[name=main]) button[type=submit]").click()
    page.locator("#desk-undo form").wait_for()
    assert Petition.objects.get(pk=double.pk).joined_to_id == main.pk
    looked(page)
    page.get_by_role("button", name="Undo").click()
    page.locator(f"#desk-here[value='{double.pk}']").wait_for(state="attached")
    double.refresh_from_db()
    assert (double.state, double.joined_to_id) == ("filed", None)


def test_two_officers_on_one_case_on_a_desk_and_on_a_telephone(sign_in: Any, county: World) -> None:
    (petition,) = some(county, number=1)
    first, second = sign_in("dispatcher", width=1440), sign_in("dispatcher2", width=390, language="zh-hans")
    for page in (first, second):
        page.goto("/desk/")
        page.locator("#desk-list li a").click()
        expect(page.locator("#desk-here")).to_have_value(str(petition.pk))
        page.locator('.moves [data-key="i"]').click()
        page.locator("#slot textarea").fill(f"请补充门牌号 {page.viewport_size['width']}")
        turned(page)
    expect(second.locator("#desk-list")).to_be_hidden()  # on a telephone the list and the case are two screens
    second.locator("#slot button[type=submit]").click()
    expect(second.get_by_role("button", name="关闭").first).to_be_attached()
    expect(first.locator("#slot")).to_be_visible()
    first.locator("#slot button[type=submit]").click()
    notice = first.locator("#slot [role=alert]").first
    expect(notice).to_contain_text("dispatcher2")
    expect(notice).to_contain_text("Information asked for")
    expect(first.locator("#slot textarea")).to_have_value("请补充门牌号 1440")
    turned(first)
    turned(second)
    assert Petition.objects.get(pk=petition.pk).state == "waiting"
    second.goto("/desk/")
    expect(second.locator("#desk-list")).to_be_visible()
    both(second)


def test_a_dispatch_is_undone_unless_the_unit_was_first(sign_in: Any, county: World) -> None:
    at = clock.now() - timedelta(minutes=30)
    cases = some(county, number=2, category_code="010199")
    for one in cases:
        accept(petition_id=one.pk, actor=county.actor("dispatcher", on=at), at=at)
    deliver_everything(at=at)
    page, ended = sign_in("dispatcher", width=1440), []
    for petition, first in zip(cases, (False, True), strict=True):
        page.goto(f"/desk/?queue=dispatch&case={petition.pk}")
        page.keyboard.press("d")
        page.locator("#slot select[name=unit]").evaluate(CHOOSE, str(county.units["urban"].pk))
        page.locator("#slot button[type=submit]").click()
        expect(page.locator("#desk-undo button[data-key=u]")).to_be_visible()
        order = WorkOrder.objects.get(petition=petition)
        if first:
            working.sign(order_id=order.pk, actor=county.actor("urban_handler", on=at), at=clock.now())
        page.keyboard.press("u")
        expect(page.locator("#desk-here")).to_have_value(str(petition.pk))
        said = "The unit signed for it at" if first else "Undone."
        expect(page.locator("#desk-undo .toast-line")).to_contain_text(said)
        expect(page.locator("#dialog")).to_be_hidden()
        looked(page)
        order.refresh_from_db()
        ended.append(order.state)
    assert ended == ["recalled", "signed"]
