"""The pages of development petitions: the company's own, the desk, the case, templates and the register."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from developments.choices import State, StepState
from developments.models import Development, Enterprise, Paper, PlanTemplate
from kernel import clock
from tests.developments.steps import PDF, PERMIT, SITE, accepted, done, filed, green, paper_of, signed, step_of
from tests.journeys.steps import filed as petition_filed
from tests.journeys.steps import let_time_pass
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 4 * HOUR)


def pdf(name="材料.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def test_a_company_files_on_its_second_page_and_sees_its_plan(plans, page):
    assert page("company", "/").headers["Location"] == "/developments/company/"
    assert "坛山机械厂" in page("company", "/developments/company/").content.decode()
    assert page("company", "/developments/company/new/").headers["Location"].endswith("/new/2335/")
    form = page("company", "/developments/company/new/2335/")
    key = form.context["key"]
    papers = {f"paper_{one.pk}": pdf() for one in form.context["form"].papers if one.name != "选址意见"}
    said = {"idempotency_key": key, "title": "泵阀项目", "asked": "请并联办理。", "promise": "on", **papers}
    made = page("company", "/developments/company/new/2335/", said)
    case = Development.objects.get()
    assert made.headers["Location"] == f"/developments/company/{case.pk}/"
    assert case.promised_at is not None
    assert Paper.objects.filter(development=case, state="handed").count() == 2
    again = {**said, **{name: pdf() for name in papers}}
    assert page("company", "/developments/company/new/2335/", again).status_code == 302
    assert Development.objects.count() == 1  # the nervous finger

    text = page("company", f"/developments/company/{case.pk}/").content.decode()
    assert "选址意见" in text
    assert "泵阀项目" in text


def test_nobody_else_opens_a_companys_case(plans, page):
    case = accepted(plans)
    for path in ("", "withdraw/", "rate/"):
        own = f"/developments/company/{case.pk}/" if not path else f"/developments/{case.pk}/{path}"
        assert page("company2", own).status_code == 404
    assert page("company2", f"/developments/{case.pk}/").status_code == 404
    assert page("dispatcher", f"/developments/company/{case.pk}/").status_code == 404
    assert page("citizen", f"/developments/{case.pk}/").status_code == 404
    assert page("west_officer", f"/developments/{case.pk}/").status_code == 404
    assert page("company", f"/developments/{case.pk}/").headers["Location"].endswith(f"/company/{case.pk}/")
    assert "泵阀" not in page("company2", "/developments/company/").content.decode()


def test_a_company_reads_nothing_of_the_inside(plans, page):
    case = accepted(plans)
    step = signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    step.__class__.objects.filter(pk=step.pk).update(ruling="内部裁定意见")
    text = page("company", f"/developments/company/{case.pk}/").content.decode()
    assert "urban_handler" not in text  # units, and no people
    assert "内部裁定意见" not in text


def test_units_see_the_company_and_not_who_of_it_wrote(plans, page):
    case = accepted(plans)
    text = page("urban_handler", f"/developments/{case.pk}/").content.decode()
    assert "坛山机械厂" in text
    # Who signed in for the company is not shown; its name stands instead.
    assert ">company<" not in text
    assert f"/cases/{case.petition_id}/" not in text
    assert page("urban_handler", f"/cases/{case.petition_id}/").status_code == 404


def test_the_desk_shows_the_green_channel_first(plans, page):
    filed(plans, at=MONDAY, title="普通项目")
    green(plans, "mill")
    filed(plans, by="company2", at=MONDAY + 3 * HOUR, title="绿色项目")
    text = page("dispatcher", "/developments/?tab=accept").content.decode()
    assert 0 < text.index("绿色项目") < text.index("普通项目")


@pytest.mark.parametrize("tab", ["accept", "rule", "running", "late", "papers", "closed", "all"])
def test_every_list_of_the_desk_opens(plans, page, tab):
    accepted(plans, lacking=("选址意见",))
    answer = page("director", f"/developments/?tab={tab}&late=")
    assert answer.status_code == 200
    assert ("泵阀" in answer.content.decode()) is (tab in ("running", "papers", "all"))


def test_a_unit_finds_its_own_steps(plans, page):
    case = accepted(plans)
    assert "泵阀" in page("urban_handler", "/developments/?tab=mine").content.decode()
    done(plans, case, "water", at=MONDAY + 2 * HOUR)
    assert "泵阀" not in page("water_handler", "/developments/?tab=mine").content.decode()
    assert "选址审查" in page("urban_handler", "/").content.decode()  # and on the workbench


def test_the_moves_of_a_case_on_their_pages(plans, page):
    case = filed(plans, lacking=("选址意见",))
    shown = page("dispatcher", f"/developments/{case.pk}/accept/")
    assert "选址意见" in shown.content.decode()
    page("dispatcher", f"/developments/{case.pk}/accept/", {"version": case.version})
    assert Development.objects.get(pk=case.pk).state == State.RUNNING
    step = step_of(case, SITE)
    page("urban_handler", f"/developments/{case.pk}/steps/{step.pk}/sign/", {"version": step.version})
    step = step_of(case, SITE)
    assert step.state == StepState.SIGNED
    said = {"version": step.version, "document_no": "1", "result": "准予"}
    stuck = page("urban_handler", f"/developments/{case.pk}/steps/{step.pk}/finish/", said)
    assert stuck.status_code == 409
    assert "准予" in stuck.content.decode()  # nothing typed is lost
    paper = paper_of(case, "选址意见")
    given = {"version": paper.version, "file": pdf()}
    page("company", f"/developments/{case.pk}/papers/{paper.pk}/hand_in/", given)
    file = page("urban_handler", f"/developments/{case.pk}/papers/{paper.pk}/file/")
    assert (file.status_code, file.headers["Content-Type"]) == (200, "application/pdf")
    assert page("water_handler", f"/developments/{case.pk}/papers/{paper.pk}/file/").status_code == 403
    page("urban_handler", f"/developments/{case.pk}/steps/{step.pk}/finish/", {**said, "version": step.version})
    assert step_of(case, SITE).state == StepState.DONE


def test_what_is_no_paper_is_refused_beside_its_field(plans, page):
    case = filed(plans, lacking=("选址意见",))
    paper = paper_of(case, "选址意见")
    given = {"version": paper.version, "file": SimpleUploadedFile("x.exe", b"MZ....")}
    refused = page("company", f"/developments/{case.pk}/papers/{paper.pk}/hand_in/", given)
    assert refused.status_code == 400
    assert paper_of(case, "选址意见").state == "missing"


def test_the_file_of_the_case_shows_its_plan(plans, page):
    case = accepted(plans)
    text = page("dispatcher", f"/cases/{case.petition_id}/").content.decode()
    assert f"/developments/{case.pk}/" in text


def test_a_template_is_changed_by_a_signed_version(plans, page):
    shown = page("keeper", "/developments/plans/2335/edit/")
    form, rows = shown.context["form"], shown.context["rows"]
    said = {"version": "1", "reason": "压减时限"}
    for one in [form, *rows]:
        for bound in one:
            if bound.value() is not None and bound.name != "reason":
                said[bound.html_name] = bound.value()
    said["valid_from"] = "2026-11-17"
    said[rows[2]["value"].html_name] = "4"
    page("keeper", "/developments/plans/2335/edit/", said)
    last = PlanTemplate.objects.get(code="2335", number=2)
    assert last.steps.get(code=PERMIT).limit_value == 4
    assert [one.days for one in last.steps.get(code=SITE).papers.order_by("order")] == [0, 10]
    assert PlanTemplate.objects.get(number=1).valid_until.isoformat() == "2026-11-16"
    faster = page("keeper", "/developments/plans/2335/edit/", {**said, "valid_from": "2026-11-18"})
    assert faster.status_code == 409
    assert page("dispatcher", "/developments/plans/2335/edit/").status_code == 403
    assert page("keeper", "/developments/plans/2335/?version=1").status_code == 200
    assert page("administrator", "/developments/plans/").status_code == 200


def test_the_register_takes_no_code_that_does_not_fit(plans, page):
    Enterprise.objects.filter(unit=plans.units["mill"]).delete()
    unit = plans.units["mill"].pk
    said = {"unit_id": unit, "credit_code": "91370404MA3C00002Y", "key_project": "on"}
    assert page("keeper", "/developments/companies/new/", said).status_code == 400
    assert (
        page("keeper", "/developments/companies/new/", {**said, "credit_code": "91370404MA3C00002X"}).status_code == 302
    )
    company = Enterprise.objects.get(unit=plans.units["mill"])
    path = f"/developments/companies/{company.pk}/green/"
    assert page("dispatcher", path).status_code == 403
    page("director", path, {"version": company.version, "reason": "省重点项目"})
    assert Enterprise.objects.get(pk=company.pk).green
    assert "省重点项目" in page("director", "/developments/companies/").content.decode()


def test_the_export_holds_what_the_list_holds(plans, page):
    accepted(plans)
    answer = page("director", "/developments/export/?tab=all")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert any("年产五千台泵阀项目" in row and "91370404MA3C00001T" in row for row in rows)


def test_the_centre_opens_a_plan_from_a_petition(plans, page):
    petition = petition_filed(plans, at=MONDAY, kind="development", confidential=True)
    path = f"/developments/cases/{petition.pk}/open/"
    shown = page("dispatcher", path)
    assert "门前占道" not in shown.content.decode().split("<form")[1]  # withheld: the words are the centre's own
    company = Enterprise.objects.get(unit=plans.units["plant"])
    said = {
        "idempotency_key": shown.context["key"], "enterprise_id": company.pk, "template_code": "2335",
        "title": "张三丰的项目", "asked": "请办理",
    }  # fmt: skip
    assert page("dispatcher", path, said).status_code == 400
    page("dispatcher", path, {**said, "title": "项目", "idempotency_key": shown.context["key"]})
    case = Development.objects.get()
    assert (case.petition_id, case.title) == (petition.pk, "项目")
    assert "张三丰" not in page("company", f"/developments/company/{case.pk}/").content.decode()


def test_whoever_is_above_a_late_unit_reads_of_it_on_the_workbench(plans, page, monkeypatch):
    accepted(plans)
    let_time_pass(until=MONDAY + 33 * HOUR)  # nobody signed for a step on the next working day either
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 34 * HOUR)
    assert "环节未按时签收" in page("urban_head", "/").content.decode()
