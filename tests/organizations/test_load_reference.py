"""The reference data that the product ships goes in, and a second time nothing happens."""

import csv
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

import organizations
from kernel.actors import SYSTEM
from kernel.errors import Unprocessable
from kernel.models import Event
from organizations.models import Matter, ResponsibilityEntry, Unit
from organizations.services.reference import load_matters
from organizations.services.responsibility_list import publish_list
from organizations.services.structure import load_units
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DATA = Path(organizations.__file__).parent / "data"


def shipped(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_matters_go_in_once():
    said = StringIO()
    call_command("load_reference", dry_run=True, stdout=said)
    assert not Matter.objects.exists()
    call_command("load_reference", stdout=said)
    count = Matter.objects.count()
    assert count == len(shipped("matters.csv")) > 100
    call_command("load_reference", stdout=said)
    lines = [line for line in said.getvalue().splitlines() if line.startswith("matters: ")]
    assert lines[0] == lines[1] == f"matters: {count} added, 0 changed, 0 unchanged, 0 no longer in the file"
    assert lines[2] == f"matters: 0 added, 0 changed, {count} unchanged, 0 no longer in the file"


def test_a_changed_matter_is_brought_in_line_and_a_missing_one_stays():
    row = dict.fromkeys(("limit_value", "limit_unit", "basis"), "") | {
        "code": "A-1", "name": "potholes", "domain": "roads", "petition_kind": "livelihood"
    }  # fmt: skip
    load_matters([row, row | {"code": "A-2"}], actor=SYSTEM, at=AT)
    diff = load_matters([row | {"limit_value": "2", "limit_unit": "workday"}], actor=SYSTEM, at=AT)
    assert (diff.changed, diff.gone, diff.unchanged) == (("A-1",), ("A-2",), ())
    assert Matter.objects.get(code="A-1").limit_value == 2
    assert Matter.objects.filter(code="A-2").exists()
    with pytest.raises(Unprocessable) as refused, transaction.atomic():
        load_matters([row | {"petition_kind": "song"}], actor=SYSTEM, at=AT)
    assert list(refused.value.fields) == ["A-1, petition_kind"]


def test_units_go_in_with_their_superiors_in_any_order_of_rows():
    make.area()
    rows = list(reversed(shipped("departments.csv")))
    for code in {row["area_code"] for row in rows}:
        make.area(code)
    diff = load_units(rows, actor=SYSTEM, at=AT)
    assert len(diff.added) == Unit.objects.count() == len(rows)
    written = {row["code"]: (row["superior_code"], row["second_superior_code"]) for row in rows}
    held = Unit.objects.select_related("superior", "second_superior")
    assert written == {
        unit.code: tuple(above.code if above else "" for above in (unit.superior, unit.second_superior))
        for unit in held
    }
    again = load_units(rows, actor=SYSTEM, at=AT)
    assert (again.added, again.changed, len(again.unchanged)) == ((), (), len(rows))
    assert Event.objects.filter(name="units.loaded").count() == 1


def test_units_with_a_fault_are_refused():
    make.area()
    row = {"code": "X", "name": "x", "kind": "department", "level": "county", "area_code": make.COUNTY}
    for wrong, where in (({"superior_code": "Y"}, "X, superior_code"), ({"kind": "club"}, "X, kind")):
        with pytest.raises(Unprocessable) as refused, transaction.atomic():
            load_units([row | wrong], actor=SYSTEM, at=AT)
        assert list(refused.value.fields) == [where]
    assert not Unit.objects.exists()


def test_the_shipped_list_is_published_whole_on_the_shipped_units_and_matters():
    for code in {row["area_code"] for row in (*shipped("departments.csv"), *shipped("responsibilities.csv"))}:
        make.area(code)
    load_units(shipped("departments.csv"), actor=SYSTEM, at=AT)
    load_matters(shipped("matters.csv"), actor=SYSTEM, at=AT)
    rows = shipped("responsibilities.csv")
    day = date(2026, 11, 21)
    assert publish_list(rows, effective=day, actor=SYSTEM, at=AT, dry_run=True).wrong == ()
    publish_list(rows, effective=day, actor=SYSTEM, at=AT)
    assert ResponsibilityEntry.objects.count() == len(rows)
    assert publish_list(rows, effective=date(2026, 12, 1), actor=SYSTEM, at=AT).empty
