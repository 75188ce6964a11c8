"""Quarterly inspections: findings put right in time, late or not yet, in words and on a sheet of their own."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kernel import clock
from kernel.chains import verify_all
from kernel.errors import Invalid
from notices.models import Notice
from tests.api.conftest import enter  # noqa: F401
from tests.api.test_budgets import budget, ok
from tests.journeys.steps import filed, let_time_pass
from tests.whistles import steps
from tests.whistles.steps import TUESDAY
from tests.world import MONDAY, at
from whistles.models import Escalation, Task, Whistle
from whistles.periods import MONTH, QUARTER, period_of
from whistles.quarters import findings_by_unit
from whistles.services import gathering, tasks
from whistles.services.recording import Order

pytestmark = pytest.mark.django_db
THREE = ("urban", "water", "west_town")
NOTHING = {"in_time": 0, "too_late": 0, "still_open": 0, "open_late": 0, "again": 0}


def called(world, *, on=MONDAY, by="director", units=THREE, **changes):
    """An inspection in the east."""
    return steps.issued(world, by=by, on=on, units=units, form="inspection", kind="key_work", **changes)


def finding(world, unit="urban", **changes):
    said = {"what": "清理消防通道", "unit": world.units[unit].pk, "limit_value": 2, "limit_unit": "workday"}
    return Order(**{**said, "found": "消防通道堆放杂物", "where": "农贸市场东门", **changes})


def inspected(world, *given, on=MONDAY, meets_at=TUESDAY, **changes):
    """An inspection that has met and is written down, with its findings."""
    whistle = called(world, on=on, meets_at=meets_at, **changes)
    gathering.gather(whistle_ids=[whistle.pk], at=meets_at + timedelta(minutes=15))
    steps.minuted(world, whistle, *given, on=meets_at + timedelta(minutes=30), by=changes.get("by", "director"))
    return whistle


def sheet(world, name="director", *, day=None):
    """What somebody sees of the quarter of a day, by the name of the unit."""
    rows = findings_by_unit(actor=world.actor(name), quarter=period_of(day=day or TUESDAY.date(), months=QUARTER))
    return {row["name"]: {key: row[key] for key in row if key not in ("name", "unit")} for row in rows}


def browser(world, name, language="zh-hans"):
    client = Client(headers={"accept-language": language})
    client.force_login(world.users[name])
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(f"whistles:{name}", args=args), query)
    assert answer.status_code == 200, answer.content[:800]
    return answer.content.decode()


def exported(client):
    """The rows of the spreadsheet of the last quarter of 2026, headings first."""
    answer = client.get(reverse("whistles:quarter-export"), {"month": "2026-11"})
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def test_an_inspection_whose_findings_are_put_right_in_time_late_and_not_well_enough(world):
    whistle = called(world)
    assert whistle.number == "〔2026〕督查字第1号"
    for name in ("urban_handler", "water_handler", "west_officer"):
        steps.here(world, whistle, by=name)
    let_time_pass(until=TUESDAY + timedelta(minutes=15))
    whistle.refresh_from_db()
    assert (whistle.state, whistle.stage_due_at) == ("assembled", at("2026-11-20 17:30"))  # three working days to write
    mine, theirs, west = steps.minuted(
        world, whistle, *(finding(world, unit) for unit in THREE), on=TUESDAY + timedelta(hours=1), by="director"
    )
    assert sheet(world)["综合执法局"] == {"found_there": 1, **NOTHING, "still_open": 1}

    steps.done(world, mine, on=at("2026-11-18 10:00"))
    steps.confirmed(world, mine, on=at("2026-11-18 11:00"), by="director")
    steps.done(world, west, by="west_officer", on=at("2026-11-18 12:00"))
    back = at("2026-11-18 16:00")
    tasks.send_back(task_id=west.pk, note="仍有杂物", actor=world.actor("director", on=back), at=back)
    let_time_pass(until=at("2026-11-19 18:00"))  # water has had its two working days; the west has two more from now
    late = Escalation.objects.get(clock="whistle.do")
    assert (late.unit, str(late.subject)) == (world.units["water"], str(theirs.pk))
    assert Notice.objects.filter(kind="whistles.task_late", user=world.users["water_handler"]).count() == 1
    assert sheet(world)["自来水公司"] == {"found_there": 1, **NOTHING, "still_open": 1, "open_late": 1}
    steps.done(world, theirs, by="water_handler", on=at("2026-11-20 09:00"))
    steps.confirmed(world, theirs, on=at("2026-11-20 10:00"), by="director")
    assert sheet(world) == {
        "综合执法局": {"found_there": 1, **NOTHING, "in_time": 1},
        "自来水公司": {"found_there": 1, **NOTHING, "too_late": 1},
        "古邵镇": {"found_there": 1, **NOTHING, "still_open": 1, "again": 1},
    }
    tasks.drop(task_id=west.pk, note="已拆迁", actor=world.actor("director"), at=at("2026-11-20 11:00"))
    assert "古邵镇" not in sheet(world)
    assert all(one.intact for one in verify_all())


def test_a_finding_says_what_was_found_and_where_and_only_an_inspection_has_findings(world):
    whistle = called(world, by="east_head")
    gathering.gather(whistle_ids=[whistle.pk], at=TUESDAY + timedelta(minutes=15))
    meeting = steps.held(world)
    for held, wrong in (
        (whistle, finding(world, found=" ")),
        (whistle, finding(world, where="")),
        (whistle, finding(world, what="")),
        (meeting, finding(world)),
        (meeting, finding(world, found="")),
    ):
        with pytest.raises(Invalid) as refused:
            steps.minuted(world, held, wrong)
        assert list(refused.value.fields) == ["tasks"]
    (given,) = steps.minuted(world, whistle, finding(world))
    (plain,) = steps.minuted(world, meeting, steps.task(world))
    copied = {"what": "x", "unit": given.unit, "limit_value": 1, "limit_unit": "workday", "number": 9}
    copied |= dict.fromkeys(("given_at", "due_at", "stage_from", "stage_due_at", "changed_at"), TUESDAY)
    for change in (
        lambda: Task.objects.filter(pk=given.pk).update(found="别的"),
        lambda: Task.objects.filter(pk=given.pk).update(found="", where=""),
        lambda: Task.objects.filter(pk=plain.pk).update(found="有", where="有"),
        lambda: Task.objects.create(id=meeting.pk, whistle=whistle, **copied),
        lambda: Task.objects.create(id=meeting.pk, whistle=meeting, found="有", where="有", **copied),
        lambda: Task.objects.create(id=meeting.pk, whistle=whistle, found="有", **copied),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_an_inspection_is_called_ten_working_days_ahead_and_its_findings_have_sixty(world):
    late = at("2026-11-30 17:30")
    called(world, meets_at=late)
    with pytest.raises(Invalid):
        called(world, meets_at=late + timedelta(minutes=1))
    whistle = inspected(world, finding(world, limit_value=60))
    with pytest.raises(Invalid):
        inspected(world, finding(world, limit_value=61))
    whistle.refresh_from_db()
    assert whistle.finish_by == whistle.tasks.get().due_at


def test_a_finding_does_not_name_who_reported_the_petition(world):
    petition = filed(world, at=MONDAY)
    for text in ({"found": "张三丰反映的杂物"}, {"where": "联系 13812345678"}):
        with pytest.raises(Invalid) as refused:
            inspected(world, finding(world, **text), petition_id=petition.pk, area_code="")
        assert list(refused.value.fields) == ["tasks"]


@pytest.mark.parametrize(
    ("day", "first", "last", "quarter"),
    [
        ("2026-10-01", "2026-10-01", "2026-12-31", 4),
        ("2026-12-31", "2026-10-01", "2026-12-31", 4),
        ("2027-01-01", "2027-01-01", "2027-03-31", 1),
        ("2028-02-29", "2028-01-01", "2028-03-31", 1),
        ("2026-09-30", "2026-07-01", "2026-09-30", 3),
    ],
)
def test_the_quarter_of_a_day(day, first, last, quarter):
    found = period_of(day=date.fromisoformat(day), months=QUARTER)
    assert (f"{found.first}", f"{found.last}", found.quarter) == (first, last, quarter)
    assert (found.after, found.before) == (found.last + timedelta(days=1), found.first - timedelta(days=1))


def test_the_month_of_a_day_ends_before_the_next_begins():
    assert [period_of(day=date(2026, month, 15), months=MONTH).last.day for month in (2, 4, 12)] == [28, 30, 31]


def test_an_inspection_counts_in_the_quarter_in_which_it_met(world):
    before, after = at("2026-09-30 23:59"), at("2026-10-01 00:00")
    inspected(world, finding(world), on=at("2026-09-25 09:00"), meets_at=before, matter="三季度督查甲")
    inspected(world, finding(world, "water"), on=at("2026-09-25 10:00"), meets_at=after, matter="四季度督查乙")
    assert set(sheet(world, day=date(2026, 7, 1))) == {"综合执法局"}
    assert set(sheet(world, day=date(2026, 12, 31))) == {"自来水公司"}
    client = browser(world, "director")
    third, fourth = (page(client, "quarter", month=month) for month in ("2026-08", "2026-11"))
    assert ("三季度督查甲" in third, "四季度督查乙" in third) == (True, False)
    assert ("三季度督查甲" in fourth, "四季度督查乙" in fourth) == (False, True)
    assert "2026年第3季度督查" in third
    assert "?month=2026-06" in third
    assert "?month=2026-10" in third


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
