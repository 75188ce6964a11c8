"""The files that the product ships: units, matters and the responsibility list agree with each other and the law."""

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest

from kernel.choices import LimitUnit
from organizations.choices import DIGITS, Duty, LeadRule, MatterKind, UnitKind, UnitLevel
from tests.organizations.reference import doubled, rows

COUNTY = "370404000000"
OPEN = "9999-12-31"

UNITS = {row["code"]: row for row in rows("organizations/data/departments.csv")}
MATTERS = {row["code"]: row for row in rows("organizations/data/matters.csv")}
ENTRIES = rows("organizations/data/responsibilities.csv")
LEADS = [row for row in ENTRIES if row["duty"] == Duty.LEAD]


def overlap(one: dict[str, str], other: dict[str, str]) -> bool:
    """Half-open periods: the day an entry ends belongs to the one that follows."""
    return one["valid_from"] < (other["valid_until"] or OPEN) and other["valid_from"] < (one["valid_until"] or OPEN)


def prefix(code: str) -> str:
    """The digits of an area that all places inside it share."""
    return next(code[:digits] for digits in (2, 4, 6, 9, 12) if not code[digits:].strip("0"))


def test_codes_are_unique() -> None:
    for path in ("departments", "matters"):
        assert doubled([row["code"] for row in rows(f"organizations/data/{path}.csv")]) == []
    assert doubled([row["name"] for row in MATTERS.values()]) == []
    assert doubled([row["name"] for row in UNITS.values()]) == []


@pytest.mark.parametrize("column", ["superior_code", "second_superior_code"])
def test_superiors_exist(column: str) -> None:
    assert [code for code, row in UNITS.items() if row[column] and row[column] not in UNITS] == []


def test_every_chain_of_superiors_ends_at_the_city() -> None:
    for code in UNITS:
        climbed = [code]
        while above := UNITS[climbed[-1]]["superior_code"]:
            assert above not in climbed, climbed
            climbed.append(above)
        assert climbed[-1] == "CC-3704"


def test_only_stationed_agencies_have_two_superiors() -> None:
    for code, row in UNITS.items():
        stationed = row["kind"] == UnitKind.STATIONED_AGENCY
        assert stationed == bool(row["second_superior_code"]), code
        if stationed:
            assert UNITS[row["superior_code"]]["kind"] == UnitKind.COMMAND_CENTER
            assert UNITS[row["second_superior_code"]]["kind"] == UnitKind.DEPARTMENT


def test_units_are_of_known_kinds_at_the_level_of_their_area() -> None:
    for code, row in UNITS.items():
        assert row["kind"] in UnitKind.values, code
        assert row["level"] in UnitLevel.values, code
        assert len(row["area_code"]) == 12, code
        assert len(prefix(row["area_code"])) == DIGITS[row["level"]], code
        assert row["area_code"].startswith("3704"), code
        assert len(code) <= 32, code


def test_every_township_has_its_bodies() -> None:
    towns = [row["area_code"] for row in UNITS.values() if row["kind"] == UnitKind.TOWNSHIP]
    assert len(towns) == len(set(towns)) == 7
    for town in towns:
        kinds = [row["kind"] for row in UNITS.values() if row["area_code"] == town]
        assert kinds.count(UnitKind.COMMAND_CENTER) == 1
        assert kinds.count(UnitKind.MEDIATION_COMMITTEE) == 1
        assert kinds.count(UnitKind.STATIONED_AGENCY) >= 5


def test_limits_are_positive_in_a_known_unit() -> None:
    for row in (*MATTERS.values(), *ENTRIES):
        assert Decimal(row["limit_value"]) > 0, row
        assert row["limit_unit"] in LimitUnit.values, row
        assert row["basis"], row


def test_matters_are_of_known_kinds() -> None:
    assert {row["petition_kind"] for row in MATTERS.values()} == set(MatterKind.values)
    assert len({row["domain"] for row in MATTERS.values()}) == 9


def test_entries_name_what_exists() -> None:
    for row in ENTRIES:
        assert row["matter_code"] in MATTERS, row
        assert row["duty"] in Duty.values, row
        assert row["rule"] in LeadRule.values, row
        assert bool(row["unit_code"]) == (row["rule"] == LeadRule.UNIT), row
        assert not row["unit_code"] or row["unit_code"] in UNITS, row
        assert prefix(row["area_code"]).startswith("370404"), row
        assert row["duty_text"].endswith("。"), row
        assert row["valid_from"] < (row["valid_until"] or OPEN), row


def test_one_code_has_one_entry_at_a_time() -> None:
    found = defaultdict(list)
    for row in ENTRIES:
        assert not any(overlap(row, other) for other in found[row["code"]]), row
        found[row["code"]].append(row)


def test_one_lead_for_a_matter_in_an_area_at_a_time() -> None:
    found = defaultdict(list)
    for row in LEADS:
        place = row["matter_code"], row["area_code"]
        assert not any(overlap(row, other) for other in found[place]), row
        found[place].append(row)


def test_every_matter_has_a_lead_in_the_county_from_the_start_without_a_gap() -> None:
    for matter in MATTERS:
        leads = sorted(
            (row["valid_from"], row["valid_until"])
            for row in LEADS
            if row["matter_code"] == matter and row["area_code"] == COUNTY
        )
        assert leads[0][0] == "2025-01-01", matter
        assert leads[-1][1] == "", matter
        assert all(one[1] == other[0] for one, other in pairwise(leads)), matter


def test_no_matter_names_a_body_twice() -> None:
    for row in ENTRIES:
        same = [
            other
            for other in ENTRIES
            if other is not row
            and all(other[key] == row[key] for key in ("matter_code", "area_code", "rule", "unit_code"))
            and overlap(row, other)
        ]
        assert same == [], row


def test_a_township_that_only_assists_never_leads() -> None:
    """Shandong regulation on the work of townships, arts 4 and 19."""
    assisting = {
        row["matter_code"]
        for row in ENTRIES
        if row["duty"] == Duty.ASSIST and row["rule"] == LeadRule.TOWNSHIP_OF_PLACE
    }
    leading = {
        row["matter_code"]
        for row in LEADS
        if row["rule"] == LeadRule.TOWNSHIP_OF_PLACE
        or (row["unit_code"] and UNITS[row["unit_code"]]["kind"] == UnitKind.TOWNSHIP)
    }
    assert assisting & leading == set()


def test_a_stationed_agency_leads_only_in_its_own_township() -> None:
    for row in LEADS:
        unit = UNITS.get(row["unit_code"])
        if unit and unit["kind"] == UnitKind.STATIONED_AGENCY:
            assert row["area_code"] == unit["area_code"], row


def test_some_matters_have_another_lead_in_one_township() -> None:
    smaller = defaultdict(set)
    for row in LEADS:
        unit = UNITS.get(row["unit_code"])
        if row["area_code"] != COUNTY and unit and unit["kind"] != UnitKind.STATIONED_AGENCY:
            smaller[row["matter_code"]].add(row["area_code"])
    assert len(smaller) >= 12
