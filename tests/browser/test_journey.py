"""One case from the report to the rating, by the pages alone: with JavaScript, and without."""

from __future__ import annotations

import re

import pytest

from petitions.models import Petition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def file(page, *, title):
    page.goto("/petitions/file/")
    page.get_by_label("In one line").fill(title)
    page.get_by_label("What happened").fill("摊贩每天早上占用人行道，行人只能走机动车道。")
    page.get_by_label("Village or community").select_option("370404001006")
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/filed/")


def deed(page, case, name, fill=lambda page: None, button=None):
    """Open a deed from the case page as anybody would, fill it in, send it."""
    page.goto(f"/cases/{case}/")
    page.locator(".moves").get_by_role("link", name=name, exact=True).click()
    page.wait_for_selector("form .form-foot")
    fill(page)
    page.locator("form:has(.form-foot)").get_by_role("button", name=button or name, exact=True).click()
    page.locator("#toasts .success").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_from_the_report_to_the_rating(sign_in, relay, county, script):
    citizen = sign_in("citizen", script=script, width=390)
    file(citizen, title="早市占道影响上学")
    petition = Petition.objects.get()
    assert citizen.get_by_text(petition.tracking_code).first.is_visible()

    center = sign_in("east_dispatcher", script=script)
    deed(center, petition.pk, "Accept", lambda page: page.get_by_label("Category").select_option("010101"))
    relay()
    center.reload()
    assert center.get_by_text("综合执法局").first.is_visible()

    handler = sign_in("urban_handler", script=script)
    handler.goto("/dispatch/")
    handler.get_by_role("link", name="早市占道影响上学").click()
    handler.wait_for_url(f"**/cases/{petition.pk}/")
    deed(handler, petition.pk, "Sign for")
    deed(handler, petition.pk, "Complete", lambda page: page.get_by_label("What was done").fill("已清理并安排值守。"))

    verifier = sign_in("verifier", script=script)
    deed(verifier, petition.pk, "Verify", lambda page: page.get_by_label("Passed").check())

    deed(citizen, petition.pk, "Rate", lambda page: page.get_by_label("Satisfied", exact=True).check())
    petition.refresh_from_db()
    assert (petition.state, petition.satisfaction) == ("closed", "satisfied")
    citizen.goto(f"/track/?code={petition.tracking_code}")
    assert citizen.get_by_text("It is closed.").is_visible()


def test_a_point_on_the_map_fills_the_place_and_says_the_grid(sign_in, county):
    page = sign_in("dispatcher")
    page.goto("/petitions/file/")
    page.wait_for_selector("#id_lng", state="attached")
    page.wait_for_selector(".leaflet-container canvas, .leaflet-container svg", state="attached")
    page.get_by_text("Coordinates").click()
    page.get_by_label("Longitude").fill("117.59")
    page.get_by_label("Latitude").fill("34.77")
    page.get_by_label("Latitude").blur()
    page.get_by_text(re.compile("工农社区.*grid 001")).wait_for()
    page.locator(".map").click(position={"x": 60, "y": 80})
    assert page.get_by_label("Longitude").input_value() != "117.59"


def test_a_category_is_found_by_a_word(sign_in, county):
    page = sign_in("dispatcher")
    page.goto("/petitions/file/")
    page.get_by_placeholder("Type a word, a name or a code").fill("停水")
    page.get_by_role("button", name=re.compile("停水")).click()
    assert page.get_by_label("Category").input_value() == "010102"


def test_a_refused_form_stays_in_the_dialog_with_its_words(sign_in, relay, county):
    page = sign_in("dispatcher")
    file(page, title="路灯不亮")
    petition = Petition.objects.get()
    page.goto(f"/cases/{petition.pk}/")
    page.locator(".moves").get_by_role("link", name="Ask for information").click()
    page.get_by_label("What is missing?").fill("哪一根灯杆？")
    Petition.objects.update(version=7)
    page.get_by_role("dialog").get_by_role("button", name="Ask for information").click()
    page.get_by_text("This was changed in the meantime.").wait_for()
    assert page.get_by_label("What is missing?").input_value() == "哪一根灯杆？"
    page.get_by_role("dialog").get_by_role("button", name="Ask for information").click()
    page.get_by_text("Asked.").wait_for()


def test_no_page_scrolls_sideways_on_a_phone(sign_in, relay, county):
    page = sign_in("dispatcher", width=390)
    file(page, title="一个相当长的标题，长到在手机上一定要换行，否则就会把页面撑宽而不得不左右滑动")
    case = Petition.objects.get().pk
    for path in (
        "/petitions/",
        "/petitions/file/",
        "/dispatch/",
        f"/cases/{case}/",
        f"/petitions/{case}/accept/",
        "/track/",
    ):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 1, f"{path} is {wide} px too wide"
