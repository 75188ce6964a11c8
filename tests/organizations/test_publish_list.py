"""A new version of the list: what it opens, closes and leaves, and what it refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from kernel.actors import PUBLIC, SYSTEM
from kernel.errors import NotAllowed, Unprocessable
from kernel.models import Event
from organizations.choices import UnitKind
from organizations.models import ResponsibilityEntry
from organizations.services.responsibility_list import publish_list
from tests.factories import organizations as make

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY, LATER = date(2026, 11, 21), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def place(db):
    make.matter(code="M-1")
    make.matter(code="M-2")
    make.unit(code="D-1")
    make.unit(code="D-2")
    make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP, code="T-1")


def row(code="R1", **fields):
    given = {
        "code": code,
        "matter_code": "M-1",
        "area_code": make.COUNTY,
        "duty": "lead",
        "rule": "unit",
        "unit_code": "D-1",
        "limit_value": "5",
        "limit_unit": "workday",
        "basis": "art. 1",
        "duty_text": "repairs",
        "valid_from": "2025-01-01",
        "valid_until": "",
    }
    return given | fields


def publish(*rows, effective=TODAY, actor=SYSTEM, dry_run=False):
    return publish_list(rows, effective=effective, actor=actor, at=AT, dry_run=dry_run)


def faults(*rows, effective=TODAY):
    diff = publish(*rows, effective=effective, dry_run=True)
    return [(one.row, one.column) for one in diff.wrong]


def periods(code="R1"):
    entries = ResponsibilityEntry.objects.filter(code=code).order_by("valid_from")
    return [(str(one.valid_from), str(one.valid_until), one.unit.code if one.unit else one.rule) for one in entries]


def test_a_first_list_opens_every_row_on_its_own_day():
    diff = publish(row(), row("R2", duty="assist", unit_code="D-2", valid_from=""))
    assert [one.row.code for one in diff.added] == ["R1", "R2"]
    assert diff.applied
    assert periods("R1") == [("2025-01-01", "None", "D-1")]
    assert periods("R2") == [("2026-11-21", "None", "D-2")]
    entry = ResponsibilityEntry.objects.get(code="R1")
    assert (entry.limit_value, entry.limit_unit, entry.duty_text) == (Decimal(5), "workday", "repairs")


def test_the_same_list_again_changes_nothing_and_leaves_no_trace():
    rows = [row(limit_value="5.0"), row("R2", duty="assist", rule="township_of_place", unit_code="", valid_from="")]
    publish(*rows)
    before = list(ResponsibilityEntry.objects.values())
    diff = publish(*rows, effective=LATER)
    assert (diff.empty, diff.unchanged) == (True, ("R1", "R2"))
    assert list(ResponsibilityEntry.objects.values()) == before
    assert Event.objects.filter(name="list.published").count() == 1


def test_a_changed_row_closes_the_old_period_and_opens_another():
    publish(row())
    diff = publish(row(unit_code="D-2"), effective=LATER)
    assert [(one.row.code, one.start, one.columns) for one in diff.changed] == [("R1", LATER, ("unit_code",))]
    assert periods() == [("2025-01-01", "2026-12-01", "D-1"), ("2026-12-01", "None", "D-2")]


def test_a_row_that_is_gone_ends_and_may_come_back():
    publish(row(), row("R2", matter_code="M-2"))
    assert [one.row.code for one in publish(row(), effective=LATER).gone] == ["R2"]
    assert periods("R2") == [("2025-01-01", "2026-12-01", "D-1")]
    publish(row(), row("R2", matter_code="M-2"), effective=date(2027, 1, 1))
    assert periods("R2") == [("2025-01-01", "2026-12-01", "D-1"), ("2027-01-01", "None", "D-1")]


def test_a_lead_may_pass_from_one_row_to_another_on_one_day():
    publish(row())
    publish(row("R9", unit_code="D-2", valid_from=""), effective=LATER)
    assert periods("R1") == [("2025-01-01", "2026-12-01", "D-1")]
    assert periods("R9") == [("2026-12-01", "None", "D-2")]


def test_a_dry_run_tells_the_same_and_writes_nothing():
    diff = publish(row(), dry_run=True)
    assert ([one.row.code for one in diff.added], diff.applied) == (["R1"], False)
    assert not ResponsibilityEntry.objects.exists()
    assert not Event.objects.exists()


def test_the_event_names_codes_and_the_day():
    publish(row())
    publish(row(limit_value="3"), row("R2", matter_code="M-2"), effective=LATER)
    payload = Event.objects.filter(name="list.published").latest("seq").payload
    assert payload == {"effective": "2026-12-01", "added": ["R2"], "changed": ["R1"], "gone": []}


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"code": "R 1"}, "code"),
        ({"matter_code": "M-9"}, "matter_code"),
        ({"area_code": "370481000000"}, "area_code"),
        ({"area_code": "370404"}, "area_code"),
        ({"area_code": "３７０４０４００００００"}, "area_code"),
        ({"duty": "boss"}, "duty"),
        ({"rule": "village_of_place"}, "unit_code"),
        ({"unit_code": ""}, "unit_code"),
        ({"unit_code": "D-9"}, "unit_code"),
        ({"limit_value": ""}, "limit_value"),
        ({"limit_value": "0.00"}, "limit_value"),
        ({"limit_value": "５"}, "limit_value"),
        ({"limit_value": "-1"}, "limit_value"),
        ({"limit_unit": "week"}, "limit_unit"),
        ({"basis": "x" * 256}, "basis"),
        ({"duty_text": "a\x00b"}, "duty_text"),
        ({"valid_from": "2026-02-30"}, "valid_from"),
        ({"valid_from": "1.3.2026"}, "valid_from"),
        ({"valid_until": "2024-12-31"}, "valid_until"),
        ({"remark": "x"}, "remark"),
    ],
)
def test_a_fault_is_named_by_row_and_column_and_nothing_is_published(fields, column):
    wrong = row(**{"code": "R2", "matter_code": "M-2", **fields})
    assert faults(row(), wrong) == [(3, column)]
    with pytest.raises(Unprocessable) as refused, transaction.atomic():
        publish(row(), wrong)
    assert list(refused.value.fields) == [f"row 3, {column}"]
    assert not ResponsibilityEntry.objects.exists()


def test_a_code_stands_once_at_a_time():
    assert faults(row(), row(duty="assist")) == [(3, "code")]


def test_rows_of_one_code_state_its_past():
    rows = row(valid_until="2026-06-01"), row(unit_code="D-2", valid_from="2026-06-01")
    assert len(publish(*rows).added) == 2
    assert periods() == [("2025-01-01", "2026-06-01", "D-1"), ("2026-06-01", "None", "D-2")]
    assert publish(*rows, effective=LATER).empty
    further = row(unit_code="D-1", valid_from="2027-01-01")
    ended = row(unit_code="D-2", valid_from="2026-06-01", valid_until="2027-01-01")
    diff = publish(rows[0], ended, further, effective=LATER)
    assert (len(diff.added), len(diff.changed)) == (0, 1)
    assert periods()[1:] == [("2026-06-01", "2027-01-01", "D-2"), ("2027-01-01", "None", "D-1")]


def test_the_past_is_not_rewritten():
    rows = row(valid_until="2026-06-01"), row(unit_code="D-2", valid_from="2026-06-01")
    publish(*rows)
    assert faults(row(valid_until="2026-06-01", unit_code="D-2"), rows[1]) == [(2, "code")]


def test_two_leads_for_one_matter_and_area_are_refused_unless_one_follows_the_other():
    assert faults(row(), row("R2", unit_code="D-2")) == [(3, "duty")]
    assert faults(row(valid_until="2026-06-01"), row("R2", unit_code="D-2", valid_from="2026-06-01")) == []


def test_a_new_lead_that_begins_before_the_old_one_ends_is_refused():
    publish(row())
    assert faults(row("R9", unit_code="D-2"), effective=LATER) == [(2, "duty")]


def test_whoever_assists_is_not_made_to_lead():
    assists = row("R2", duty="assist", rule="township_of_place", unit_code="")
    assert faults(assists, row(area_code=make.TOWNSHIP, unit_code="T-1")) == [(3, "duty")]
    assert faults(assists, row(rule="township_of_place", unit_code="")) == [(3, "duty")]
    assert faults(row("R2", duty="assist"), row()) == [(3, "duty")]
    assert faults(assists, row(rule="village_of_place", unit_code="")) == []


def test_a_change_on_the_very_day_that_an_entry_begins_is_refused():
    publish(row(valid_from=""))
    assert faults(row(valid_from="", unit_code="D-2")) == [(2, "valid_from")]
    assert faults() == [(0, "code")]
    assert faults(row(valid_from="", unit_code="D-2"), effective=LATER) == []


def test_only_who_keeps_the_reference_data_publishes():
    with pytest.raises(NotAllowed), transaction.atomic():
        publish(row(), actor=PUBLIC)


def test_the_command_publishes_a_file_twice_with_one_effect(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("\ufeff" + ",".join(row()) + "\n" + ",".join(row().values()) + "\n", encoding="utf-8")
    said = StringIO()
    for _ in range(2):
        call_command("load_responsibilities", file, effective=TODAY, stdout=said)
    first, second = said.getvalue().splitlines()
    assert first == "list from 2026-11-21: 1 added, 0 changed, 0 ended, 0 unchanged"
    assert second == "list from 2026-11-21: 0 added, 0 changed, 0 ended, 1 unchanged"
    assert periods() == [("2025-01-01", "None", "D-1")]


def test_the_command_names_faults_and_unreadable_files(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(",".join(row()) + "\n" + ",".join(row(duty="boss").values()) + ",too many\n", encoding="utf-8")
    said = StringIO()
    with pytest.raises(CommandError, match="1 faults"), transaction.atomic():
        call_command("load_responsibilities", file, stderr=said)
    assert said.getvalue().startswith("row 2, +")
    file.write_bytes("编码".encode("gb18030"))
    for path in (file, tmp_path / "absent.csv"):
        with pytest.raises(CommandError, match="cannot be read"), transaction.atomic():
            call_command("load_responsibilities", path)
