"""Quarterly inspections: findings put right in time, late or not yet, in words and on a sheet of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kernel.chains import verify_all
from kernel.errors import Invalid
from kernel.periods import MONTH, QUARTER, period_of
from notices.models import Notice
from tests.journeys.steps import filed, let_time_pass
from tests.whistles import steps
from tests.whistles.inspections import NOTHING, THREE, browser, called, finding, inspected, page, sheet
from tests.whistles.steps import TUESDAY
from tests.world import MONDAY, at
from whistles.models import Escalation, Task
from whistles.services import gathering, tasks

pytestmark = pytest.mark.django_db


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
