"""What the database itself refuses, whoever writes to it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from organizations.choices import Duty, LeadRule, Role, UnitKind
from organizations.models import Area, ListVersion, Posting, ResponsibilityEntry, Unit
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def refused(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("370404000000", "township"),
        ("370404101243", "township"),
        ("37040410100", "township"),
        ("37040410１000", "township"),
        ("370404101000", "planet"),
    ],
)
def test_an_area_code_must_fit_its_level(code, level):
    with refused("area_code_fits_level|value too long"):
        Area.objects.create(code=code, name="x", level=level)


def test_an_area_lies_in_the_area_that_its_code_names():
    make.area("370481000000")
    with refused("area_parent_is_around"):
        Area.objects.create(code="370404101000", name="x", level="township", parent_id="370481000000")


def test_an_area_knows_the_prefix_of_its_places():
    codes = ("370000000000", "370400000000", make.COUNTY, make.TOWNSHIP, make.VILLAGE)
    assert [make.area(code).prefix for code in codes] == ["37", "3704", "370404", "370404101", "370404101243"]


def test_there_is_one_township_government_per_area_but_a_closed_one_may_remain():
    make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP, active=False)
    make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP)
    with refused("unit_one_per_area"):
        make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP)


def test_only_a_stationed_agency_has_a_second_superior():
    department, centre = make.unit(), make.unit(UnitKind.COMMAND_CENTER, make.TOWNSHIP)
    make.unit(UnitKind.STATIONED_AGENCY, make.TOWNSHIP, superior=centre, second_superior=department)
    with refused("unit_second_superior_of_agency"):
        make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP, second_superior=department)


def test_no_unit_is_its_own_superior_however_long_the_way_round():
    first = make.unit()
    second = make.unit(superior=first)
    third = make.unit(superior=second)
    with refused("unit_superiors_end"):
        Unit.objects.filter(pk=first.pk).update(superior=third)


def test_the_same_posting_twice_at_a_time_is_refused_but_one_after_the_other_is_not():
    half = datetime(2026, 6, 1, tzinfo=UTC)
    held = make.posting(valid_until=half)
    again = {"user": held.user, "unit": held.unit, "role": held.role}
    Posting.objects.create(**again, valid_from=half)
    with refused("posting_no_overlap"):
        Posting.objects.create(**again, valid_from=datetime(2026, 5, 31, tzinfo=UTC), valid_until=half)


def test_a_person_may_hold_several_postings_side_by_side():
    held = make.posting(Role.VILLAGE_OFFICER)
    make.posting(Role.MEDIATOR, user=held.user, unit=held.unit)
    make.posting(Role.GRIDWORKER, user=held.user, unit=held.unit, cell_code=f"{make.VILLAGE}001")
    make.posting(Role.GRIDWORKER, user=held.user, unit=held.unit, cell_code=f"{make.VILLAGE}002")
    assert held.user.postings.count() == 4


@pytest.mark.parametrize(
    ("role", "cell_code", "name"),
    [
        (Role.GRIDWORKER, "", "posting_cell_fits_role"),
        (Role.HANDLER, f"{make.VILLAGE}001", "posting_cell_fits_role"),
        (Role.GRIDWORKER, "12", "posting_cell_fits_role"),
        (Role.CITIZEN, "", "posting_role_known"),
        ("king", "", "posting_role_known"),
    ],
)
def test_a_posting_names_a_grid_exactly_where_its_role_asks_for_one(role, cell_code, name):
    with refused(name):
        make.posting(role, cell_code=cell_code)


def test_two_leads_for_one_matter_area_and_day_are_refused():
    held = make.entry(valid_until=JUNE)
    make.entry(matter=held.matter, valid_from=JUNE)
    make.entry(matter=held.matter, place=make.TOWNSHIP)
    make.entry(Duty.ASSIST, matter=held.matter)
    with refused("responsibility_one_lead"):
        make.entry(matter=held.matter, valid_from=MARCH, valid_until=JUNE)


def test_one_code_has_one_entry_at_a_time():
    make.entry(code="R1", valid_until=JUNE)
    make.entry(code="R1", valid_from=JUNE)
    with refused("responsibility_one_period"):
        make.entry(Duty.ASSIST, code="R1", valid_from=MARCH)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"unit": None}, "responsibility_rule_or_unit"),
        ({"valid_until": date(2025, 1, 1)}, "responsibility_dates_ordered"),
        ({"limit_value": 3}, "responsibility_limit_whole"),
        ({"limit_unit": "workday"}, "responsibility_limit_whole"),
        ({"limit_value": 0, "limit_unit": "workday"}, "responsibility_limit_whole"),
    ],
)
def test_an_entry_that_says_half_a_thing_is_refused(fields, name):
    with refused(name):
        make.entry(**fields)


def test_a_rule_and_a_unit_exclude_each_other():
    with refused("responsibility_rule_or_unit"):
        make.entry(rule=LeadRule.VILLAGE_OF_PLACE, unit=make.unit())


def test_a_township_that_assists_in_a_matter_cannot_lead_it():
    township = make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP)
    held = make.entry(Duty.ASSIST, rule=LeadRule.TOWNSHIP_OF_PLACE)
    for fields in ({"unit": township}, {"rule": LeadRule.TOWNSHIP_OF_PLACE}):
        with refused("responsibility_assistant_never_leads"), transaction.atomic():
            make.entry(matter=held.matter, place=make.TOWNSHIP, **fields)
    make.entry(matter=held.matter, rule=LeadRule.VILLAGE_OF_PLACE)
    make.entry(matter=make.matter(), unit=township)


def test_a_township_may_lead_what_another_township_assists_in():
    elsewhere = make.unit(UnitKind.TOWNSHIP, "370404102000")
    here = make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP)
    held = make.entry(Duty.ASSIST, unit=elsewhere)
    make.entry(matter=held.matter, unit=here)


def test_an_assistant_cannot_become_the_lead_by_an_update_either():
    held = make.entry()
    assisting = make.entry(Duty.ASSIST, matter=held.matter)
    with refused("responsibility_assistant_never_leads"):
        ResponsibilityEntry.objects.filter(pk=held.pk).update(unit=assisting.unit)


def test_a_body_may_lead_after_it_has_assisted():
    assisting = make.entry(Duty.ASSIST, valid_until=JUNE)
    make.entry(matter=assisting.matter, unit=assisting.unit, valid_from=JUNE)


def test_every_change_of_the_list_is_stamped_and_no_stamp_comes_twice():
    stamps = []
    held = make.entry()
    for change in ({"limit_value": 1, "limit_unit": "workday"}, {"basis": "x"}):
        stamps.append(ListVersion.objects.get().stamp)
        ResponsibilityEntry.objects.filter(pk=held.pk).update(**change)
    with transaction.atomic():
        Unit.objects.filter(pk=held.unit_id).update(active=False)
        stamps.append(ListVersion.objects.get().stamp)
        transaction.set_rollback(True)
    Unit.objects.filter(pk=held.unit_id).update(active=False)
    stamps.append(ListVersion.objects.get().stamp)
    assert stamps == sorted(set(stamps))


def test_codes_are_compared_byte_by_byte_so_that_a_prefix_uses_the_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_collation c ON attcollation = c.oid"
            " WHERE collname = 'C' AND attrelid = ANY (ARRAY['organizations_area', 'grids_cell']::regclass[])"
        )
        found = set(cursor.fetchall())
    assert {("organizations_area", "code"), ("grids_cell", "code")} <= found
