"""Quarterly inspections on pages, on a sheet and over the API: who sees the findings, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kernel import clock
from tests.api.conftest import enter  # noqa: F401
from tests.api.test_budgets import budget, ok
from tests.whistles import steps
from tests.whistles.inspections import browser, called, finding, inspected, page, sheet
from tests.world import MONDAY, at
from whistles.models import Task, Whistle
from whistles.services import gathering

pytestmark = pytest.mark.django_db


def exported(client):
    """The rows of the spreadsheet of the last quarter of 2026, headings first."""
    answer = client.get(reverse("whistles:quarter-export"), {"month": "2026-11"})
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def test_nobody_sees_findings_of_inspections_that_are_not_for_him(world):
    inspected(world, finding(world), finding(world, "water"), units=("urban", "water"))
    everybody = {"综合执法局", "自来水公司"}
    for name in ("director", "east_head", "urban_handler", "water_handler"):
        assert set(sheet(world, name)) == everybody
    assert sheet(world, "west_officer") == {}
    west = browser(world, "west_officer")
    assert "综合执法局" not in page(west, "quarter", month="2026-11")
    assert [row for row in exported(west)[1:] if row[5]] == []
    verifier = browser(world, "verifier")
    assert verifier.get(reverse("whistles:quarter")).status_code == 403
    assert verifier.get(reverse("whistles:quarter-export")).status_code == 403


def test_the_findings_of_a_quarter_as_a_spreadsheet(world):
    whistle = inspected(world, finding(world, helpers=[world.units["water"].pk]), finding(world, "water"))
    first = whistle.tasks.get(number=1)
    steps.done(world, first, on=at("2026-11-18 10:00"))
    steps.confirmed(world, first, on=at("2026-11-18 11:00"), by="director")
    inspected(world, finding(world), on=at("2026-09-25 09:00"), meets_at=at("2026-09-30 09:00"))
    rows = exported(browser(world, "director"))
    assert rows[0][2:6] == ["问题点位", "发现的问题", "整改内容", "整改单位"]
    assert [row[8] for row in rows[1:3]] == ["已整改", "待整改"]
    assert rows[1][0] == whistle.number
    assert rows[1][2:7] == ["农贸市场东门", "消防通道堆放杂物", "清理消防通道", "综合执法局", "自来水公司"]
    assert rows[1][11] == "已清理完毕。"
    assert not any(row[0] == "〔2026〕督查字第2号" for row in rows)


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [
        ("zh-hans", ("问题清单", "待整改", "整改要求", "整改单位"), ("议定事项", "主责单位")),
        (
            "en",
            ("Findings", "To be put right", "What the inspection demands", "Who puts it right"),
            ("Decisions", "Lead"),
        ),
    ],
)
def test_pages_speak_of_findings_where_the_form_is_an_inspection(world, language, words, others):
    whistle = inspected(world, finding(world))
    shown = page(browser(world, "director", language), "whistle", whistle.pk)
    assert all(word in shown for word in words)
    assert not any(f">{word}<" in shown or f"{word}:" in shown for word in others)
    for name in ("bulletin", "whistle"):
        assert "消防通道堆放杂物" in page(browser(world, "urban_handler", language), name, whistle.pk)
    written = {
        "zh-hans": "农贸市场东门：消防通道堆放杂物——清理消防通道——综合执法局；",
        "en": "农贸市场东门: 消防通道堆放杂物 — 清理消防通道 — 综合执法局; ",
    }
    assert written[language] in page(browser(world, "director", language), "bulletin", whistle.pk)
    listed = page(browser(world, "urban_handler", language), "tasks")
    assert words[1] in listed
    assert "农贸市场东门 · 消防通道堆放杂物" in listed
    report = page(browser(world, "urban_handler", language), "task-deed", whistle.tasks.get().pk, "report")
    assert {"zh-hans": "整改情况", "en": "How it was put right"}[language] in report
    meeting = steps.held(world)
    steps.minuted(world, meeting, steps.task(world))
    plain = page(browser(world, "director", language), "whistle", meeting.pk)
    assert others[0] in plain
    assert not any(word in plain for word in words)


def test_the_minutes_of_an_inspection_are_written_on_a_page(world):
    now = clock.now()
    whistle = called(world, on=now - timedelta(hours=1), meets_at=now - timedelta(minutes=40))
    gathering.gather(whistle_ids=[whistle.pk], at=now - timedelta(minutes=20))
    whistle.refresh_from_db()
    client, address = browser(world, "director"), reverse("whistles:deed", args=[whistle.pk, "record"])
    asked = client.get(address).content.decode()
    assert "问题 1" in asked
    assert all(word in asked for word in ("发现的问题", "问题点位", "整改内容", "增加问题"))
    sent = {
        "version": whistle.version,
        "rows": 3,
        "minutes": "检查两处。",
        "task2_found": "灭火器过期",
        "task2_limit_value": 5,
    }
    assert client.post(address, sent).status_code == 422
    sent |= {"task2_where": "幸福小区", "task2_what": "更换灭火器", "task2_unit": world.units["urban"].pk}
    assert client.post(address, {**sent, "task2_limit_unit": "workday"}).status_code == 302
    made = Task.objects.get()
    assert (made.found, made.where, made.what) == ("灭火器过期", "幸福小区", "更换灭火器")
    shown = page(client, "quarter", month=f"{whistle.meets_at:%Y-%m}")
    assert "综合执法局" in shown
    assert whistle.matter in page(client, "desk", tab="all", form="inspection")
    assert whistle.matter not in page(client, "desk", tab="all", form="joint_meeting")
    assert re.search('value="inspection"[^>]*checked', page(client, "new", form="inspection"))


def test_the_api_takes_findings_and_lists_them_by_form(world, enter):  # noqa: F811
    now = clock.now()
    said = {
        "kind": "key_work",
        "form": "inspection",
        "matter": "季度督查",
        "where": "北门",
        "area_code": "370404001000",
    }
    said |= {"meets_at": (now + timedelta(minutes=1)).isoformat(), "units": [world.units["urban"].pk]}
    head = enter("east_head")
    made = ok(head.create("/whistles/blow/", said), 201)
    assert made["form"] == "inspection"
    inspected(world, finding(world), units=("urban",))
    steps.minuted(world, steps.held(world), steps.task(world))
    found = ok(head.get("/whistle-tasks/?form=inspection"))["results"]
    assert [(one["found"], one["where"]) for one in found] == [("消防通道堆放杂物", "农贸市场东门")]
    assert len(ok(head.get("/whistle-tasks/"))["results"]) == 2
    assert [one["form"] for one in ok(head.get("/whistles/?form=inspection"))["results"]] == ["inspection"] * 2


def test_the_sheet_costs_the_same_with_many_inspections(world):
    for number in range(12):
        on = MONDAY + timedelta(minutes=number)
        inspected(world, finding(world), finding(world, "water"), on=on)
    client = browser(world, "director")
    page(client, "quarter", month="2026-11")
    with budget("page: quarter of inspections"):
        shown = page(client, "quarter", month="2026-11")
    assert shown.count("督查字") == Whistle.objects.count() == 12
