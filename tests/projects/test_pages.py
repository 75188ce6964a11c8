"""Pages of key work: who sees what, from the board to the rows, every deed by its form, the sheet to take away."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kernel import clock
from projects.models import ActionPlan, Bulletin, Instruction, Milestone, Month, MonthReport, Project
from projects.services import bulletins
from tests.projects import steps
from tests.world import COUNTY

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(world):
    """The client of somebody."""

    def sign_in(name):
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[name])
        return client

    return sign_in


@pytest.fixture
def now():
    return clock.now().replace(microsecond=0)


@pytest.fixture
def project(world, now):
    """A project that began today: its next milestone is due in three days."""
    today = now.date()
    return steps.running(
        world, today + timedelta(days=3), today + timedelta(days=40), on=now, starts_on=today,
        ends_on=today + timedelta(days=200),
    )  # fmt: skip


def deed(client, of, row, move, **said):
    """Open the form, send it, and give the answer."""
    address = reverse("projects:deed", args=[of, row.pk, move])
    shown = client.get(address)
    assert shown.status_code == 200, shown.status_code
    row.refresh_from_db()
    return client.post(address, {"version": row.version, **said})


def test_the_board_counts_and_leads_to_the_rows(page, project, world):
    shown = page("dispatcher").get("/projects/")
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "产业专班" in text
    assert "light=near" in text
    found = page("dispatcher").get(f"/projects/list/?plan={project.plan_id}&light=near")
    assert project.name in found.content.decode()
    none = page("dispatcher").get(f"/projects/list/?plan={project.plan_id}&light=behind")
    assert project.name not in none.content.decode()
    by_owner = page("dispatcher").get("/projects/?by=owner").content.decode()
    assert str(world.units["urban"]) in by_owner


def test_everybody_sees_what_is_his(page, project):
    for name in ("dispatcher", "director", "supervisor", "urban_handler", "urban_head", "leader", "east_officer"):
        assert page(name).get(f"/projects/{project.pk}/").status_code == 200, name
    for name in ("water_handler", "west_officer", "east_dispatcher", "citizen", "keeper"):
        assert page(name).get(f"/projects/{project.pk}/").status_code == 404, name
    assert page("citizen").get("/projects/").status_code == 403
    assert page("water_handler").get("/projects/").status_code == 200  # an empty board
    assert page("dispatcher").get("/projects/?plan=nonsense").status_code == 404


def test_a_milestone_by_its_forms(page, project, now):
    one = project.milestones.order_by("number").first()
    said = {"evidence": "验收单", "done_on": f"{now:%Y-%m-%d}"}
    assert deed(page("urban_handler"), "milestone", one, "report", **said).status_code == 302
    assert page("urban_handler").get(reverse("projects:deed", args=["milestone", one.pk, "confirm"])).status_code == 403
    assert deed(page("dispatcher"), "milestone", one, "confirm").status_code == 302
    one.refresh_from_db()
    assert one.state == "confirmed"
    two = project.milestones.order_by("number").last()
    said = {"to_day": f"{now + timedelta(days=60):%Y-%m-%d}", "reason": "雨季"}
    assert deed(page("urban_handler"), "milestone", two, "ask_move", **said).status_code == 302
    waiting = page("leader").get("/").content.decode()
    assert project.name in waiting  # on the workbench of whoever decides
    assert deed(page("leader"), "milestone", two, "grant", note="").status_code == 302
    assert Milestone.objects.get(pk=two.pk).moved == 1
    text = page("urban_handler").get(f"/projects/{project.pk}/").content.decode()
    assert "course-first" in text  # where it was promised first is drawn too


def test_a_wrong_day_comes_back_beside_its_field(page, project, now):
    one = project.milestones.order_by("number").first()
    answer = deed(page("urban_handler"), "milestone", one, "report", evidence="x", done_on="2099-01-01")
    assert answer.status_code == 400
    assert "field-error" in answer.content.decode()


def test_a_stale_form_keeps_what_was_typed(page, project):
    address = reverse("projects:deed", args=["project", project.pk, "end"])
    answer = page("director").post(address, {"version": 1, "note": "不再实施的理由"})
    assert answer.status_code == 412
    assert "不再实施的理由" in answer.content.decode()


def test_month_report_remark_and_hold(page, project, now, world):
    month = steps.opened(project.plan, on=now)
    report = month.reports.get()
    assert "/projects/reports/" in page("urban_handler").get(f"/projects/months/{month.pk}/").content.decode()
    assert project.name in page("urban_handler").get("/").content.decode()
    filed = page("urban_handler").post(
        f"/projects/reports/{report.pk}/", {"done": "完成主体", "percent": 50, "obstacles": "缺资金", "wanted_unit": ""}
    )
    assert filed.status_code == 302
    assert MonthReport.objects.get().percent == 50
    assert page("urban_handler").get(f"/projects/reports/{report.pk}/remark/").status_code == 403
    assert page("dispatcher").post(f"/projects/reports/{report.pk}/remark/", {"remark": "加快"}).status_code == 302
    shown = page("dispatcher").get(f"/projects/months/{month.pk}/?show=hindered").content.decode()
    assert "缺资金" in shown
    assert "加快" in shown
    held = page("dispatcher").post(f"/projects/months/{month.pk}/hold/", {"version": month.version, "remarks": "平稳"})
    assert held.status_code == 302
    assert Month.objects.get().state == "held"
    assert page("dispatcher").get("/projects/months/").status_code == 200
    assert page("west_officer").get(f"/projects/months/{month.pk}/").status_code == 404


def test_instructions_by_their_forms(page, project, now, world):
    said = {"what": "完成拆迁", "unit": world.units["water"].pk, "due_on": f"{now + timedelta(days=5):%Y-%m-%d}"}
    assert deed(page("dispatcher"), "project", project, "instruct", **said).status_code == 302
    task = Instruction.objects.get()
    assert page("water_handler").get(f"/projects/{project.pk}/").status_code == 200  # now it has to do with it
    assert deed(page("water_handler"), "instruction", task, "reply", reply="已完成").status_code == 302
    assert deed(page("dispatcher"), "instruction", task, "settle").status_code == 302


def test_a_plan_from_nothing_to_a_running_project(page, world, now):
    director = page("director")
    assert director.get("/projects/").status_code == 200
    days = {"starts_on": "2026-01-01", "ends_on": "2028-12-31"}
    director.post("/projects/plans/new/", {"name": "攻坚计划", "area_code": COUNTY, **days})
    plan = ActionPlan.objects.get()
    address = f"/projects/plans/{plan.pk}"
    director.post(f"{address}/batch/", {"version": 1, "name": "第一批", **days})
    group = {"name": "城建专班", "lead": world.units["urban"].pk, "head": world.users["leader"].pk}
    director.post(f"{address}/group/", {"version": 2, **group})
    assert (plan.batches.count(), plan.groups.count()) == (1, 1)
    assert director.get(f"{address}/").status_code == 200
    assert page("urban_handler").get(f"{address}/new/").status_code == 404
    said = steps.said(world, plan, code="K-1")
    given = {name: getattr(said, name) for name in said.__dataclass_fields__ if name != "area_code"}
    made = director.post(f"{address}/new/", given)
    project = Project.objects.get()
    assert made.url == f"/projects/{project.pk}/"
    assert deed(
        director, "project", project, "add_milestone", name="开工", due_on="2026-12-01", weight=20
    ).status_code == 302  # fmt: skip
    assert deed(director, "project", project, "begin").status_code == 302
    project.refresh_from_db()
    assert project.state == "running"
    for name in ("suspend", "end", "instruct", "replace"):
        assert director.get(reverse("projects:deed", args=["project", project.pk, name])).status_code == 200


def rows_of(answer):
    """What stands in a workbook that was downloaded."""
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def test_the_list_is_taken_away_with_a_note(page, project):
    answer = page("urban_handler").get(f"/projects/export/?plan={project.plan_id}")
    assert rows_of(answer)[1][:2] == [project.code, project.name]
    assert project.code not in str(rows_of(page("water_handler").get("/projects/export/")))


def test_bulletins_open_what_they_count(page, project, world, now):
    director = page("director")
    made = director.post(f"/projects/plans/{project.plan_id}/draw/", {"span": "quarter", "day": f"{now:%Y-%m-%d}"})
    bulletin = Bulletin.objects.get()
    assert made.url == f"/projects/bulletins/{bulletin.pk}/"
    assert page("urban_handler").get(made.url).status_code == 404
    said = {"version": bulletin.version, "remarks": "平稳"}
    assert director.post(f"{made.url}publish/", said).status_code == 302
    shown = page("urban_handler").get(f"{made.url}?group={project.group_id}&of=near").content.decode()
    assert 'id="counted"' in shown
    assert project.code in shown
    assert page("urban_handler").get(f"{made.url}?of=nonsense").status_code == 404
    assert page("urban_handler").get(f"{made.url}book/").status_code == 200
    assert page("urban_handler").get("/projects/bulletins/").status_code == 200


def test_the_list_of_a_hostile_address_is_empty_and_not_a_fault(page, project):
    client = page("dispatcher")
    for query in ("batch=99", "light=x", "group=abc", "owner=-1", "late=on", "state=open", "q=%00", "cursor=zzz"):
        assert client.get(f"/projects/list/?{query}").status_code in (200, 400), query
        assert client.get(f"/projects/?{query}").status_code in (200, 400), query


def test_drawing_needs_the_right(page, project, world):
    assert page("dispatcher").get(f"/projects/plans/{project.plan_id}/draw/").status_code == 403
    made = bulletins.draw(
        plan_id=project.plan_id, span="quarter", day=date.today(), actor=world.actor("director", on=clock.now()),
        at=clock.now(),
    )  # fmt: skip
    assert page("dispatcher").get(f"/projects/bulletins/{made.pk}/publish/").status_code == 404
