"""A company's own page on a telephone: asked for, accepted, a paper handed in, rated."""

from __future__ import annotations

from datetime import timedelta

import pytest

from developments.models import Development
from developments.services import accepting
from kernel import clock
from tests.browser.looking import looked
from tests.developments.steps import PDF, PERMIT, SITE, WATER, companies, done

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def paper(name: str) -> dict:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PDF}


def test_a_company_asks_hands_in_and_rates_on_a_telephone(county, sign_in):
    companies(county, at=clock.now() - timedelta(days=3))
    page = sign_in("company", width=390, language="zh-hans")
    looked(page)
    page.locator("a[href$='/company/new/']").first.click()
    page.wait_for_selector("input[name=title]")
    looked(page)
    page.locator("input[name=title]").fill("年产五千台泵阀项目")
    page.locator("textarea[name=asked]").fill("请并联办理开工前各项手续。")
    files = page.locator("input[type=file]")
    assert files.count() == 3
    files.nth(0).set_input_files(paper("营业执照"))
    files.nth(2).set_input_files(paper("设计图纸"))
    page.locator("input[name=promise]").check()
    page.locator(".form-foot button[type=submit]").click()
    page.wait_for_url("**/developments/company/*-*/")
    looked(page)

    case = Development.objects.get()
    accepting.accept(development_id=case.pk, actor=county.actor("dispatcher"), at=clock.now())
    page.reload()
    assert page.locator(".plan li").count() == 3
    looked(page)
    page.locator("a[href$='/hand_in/']").click()
    page.wait_for_selector("form .form-foot")
    page.locator("input[name=file]").set_input_files(paper("选址意见"))
    page.locator("form .form-foot button[type=submit]").click()
    page.locator("#toasts .success").wait_for()
    assert case.papers.get(name="选址意见").state == "handed"

    for code in (WATER, SITE, PERMIT):
        done(county, case, code, at=clock.now())
    page.goto(f"/developments/company/{case.pk}/")
    looked(page)
    page.locator("a[href$='/rate/']").click()
    page.wait_for_selector("form .form-foot")
    page.locator("input[name=speed][value='5']").check()
    page.locator("input[name=quality][value='4']").check()
    page.locator("form .form-foot button[type=submit]").click()
    page.locator("#toasts .success").wait_for()
    assert Development.objects.get().state == "closed"
