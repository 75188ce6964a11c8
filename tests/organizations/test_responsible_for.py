"""Who is responsible: smaller areas before wider ones, in force before not, rules resolved to real bodies."""

from datetime import UTC, date, datetime

import pytest

from organizations.choices import Duty, LeadRule, UnitKind
from organizations.models import Unit
from organizations.queries import center_of, responsible_for, superior_of, unit_of_place
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CELL = f"{make.VILLAGE}001"


def ask(matter, place=CELL, at=AT):
    return responsible_for(matter_id=matter.pk, place=place, at=at)


def reasons(answer):
    return {one.entry_code: one.reason for one in answer.refused}


def test_nothing_is_said_of_a_matter_without_entries():
    answer = ask(make.matter())
    assert (answer.lead, answer.assists, answer.refused) == (None, (), ())


def test_the_county_s_lead_answers_for_a_cell_and_the_answer_carries_its_row():
    held = make.entry(limit_value=3, limit_unit="workday", basis="art. 5")
    lead = ask(held.matter).lead
    assert (lead.unit_id, lead.entry_id, lead.entry_code) == (held.unit_id, held.pk, held.code)
    assert (lead.limit_value, lead.limit_unit, lead.basis) == (3, "workday", "art. 5")


def test_the_smallest_area_with_a_lead_wins_and_the_wider_ones_are_named_as_refused():
    county = make.entry()
    township = make.entry(matter=county.matter, place=make.TOWNSHIP)
    helper = make.entry(Duty.ASSIST, matter=county.matter)
    answer = ask(county.matter)
    assert answer.lead.entry_code == township.code
    assert answer.assists == ()
    assert reasons(answer) == {county.code: "wider_area", helper.code: "wider_area"}
    elsewhere = ask(county.matter, place="370404102200001")
    assert elsewhere.lead.entry_code == county.code
    assert [one.entry_code for one in elsewhere.assists] == [helper.code]


def test_assisting_units_of_smaller_areas_join_the_wider_lead():
    lead = make.entry()
    near = make.entry(Duty.ASSIST, matter=lead.matter, place=make.TOWNSHIP)
    wide = make.entry(Duty.ASSIST, matter=lead.matter)
    answer = ask(lead.matter)
    assert [one.entry_code for one in answer.assists] == [near.code, wide.code]


def test_an_entry_counts_from_its_first_day_until_the_day_before_its_end():
    old = make.entry(valid_from=date(2026, 1, 1), valid_until=date(2026, 3, 3))
    new = make.entry(matter=old.matter, valid_from=date(2026, 3, 3))
    # Days are those of the place: 00:00 in Shanghai is 16:00 UTC of the day before.
    before, after = datetime(2026, 3, 2, 15, 59, tzinfo=UTC), datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    assert ask(old.matter, at=before).lead.entry_code == old.code
    answer = ask(old.matter, at=after)
    assert answer.lead.entry_code == new.code
    assert reasons(answer) == {old.code: "not_in_force"}
    assert ask(old.matter, at=datetime(2025, 12, 31, 15, 0, tzinfo=UTC)).lead is None


def test_a_rule_means_the_body_of_the_place():
    village = make.unit(UnitKind.VILLAGE, make.VILLAGE)
    township = make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP)
    lead = make.entry(rule=LeadRule.VILLAGE_OF_PLACE)
    make.entry(Duty.ASSIST, matter=lead.matter, rule=LeadRule.TOWNSHIP_OF_PLACE)
    answer = ask(lead.matter)
    assert answer.lead.unit_id == village.pk
    assert [one.unit_id for one in answer.assists] == [township.pk]


def test_where_the_rule_finds_no_body_the_wider_area_answers():
    county = make.entry()
    nobody = make.entry(matter=county.matter, place=make.TOWNSHIP, rule=LeadRule.VILLAGE_OF_PLACE)
    closed = make.entry(Duty.ASSIST, matter=county.matter, unit=make.unit(active=False))
    answer = ask(county.matter)
    assert answer.lead.entry_code == county.code
    assert reasons(answer) == {nobody.code: "no_unit", closed.code: "no_unit"}


def test_a_place_known_only_to_its_township_has_no_village():
    make.unit(UnitKind.VILLAGE, make.VILLAGE)
    lead = make.entry(rule=LeadRule.VILLAGE_OF_PLACE)
    answer = ask(lead.matter, place="370404101")
    assert answer.lead is None
    assert reasons(answer) == {lead.code: "no_unit"}


def test_entries_of_other_places_are_not_even_refused():
    other = make.entry(place="370404102000")
    assert ask(other.matter).refused == ()


def test_the_list_is_kept_in_memory_until_it_changes(django_assert_num_queries):
    held = make.entry()
    with django_assert_num_queries(4):
        ask(held.matter)
    with django_assert_num_queries(1):
        ask(held.matter)
    Unit.objects.filter(pk=held.unit_id).update(active=False)
    with django_assert_num_queries(4):
        assert ask(held.matter).lead is None


def test_the_chain_of_superiors_leads_from_the_village_to_the_city():
    city = make.unit(UnitKind.COMMAND_CENTER, "370400000000")
    county = make.unit(UnitKind.COMMAND_CENTER, make.COUNTY, superior=city)
    sub_centre = make.unit(UnitKind.COMMAND_CENTER, make.TOWNSHIP, superior=county)
    village = make.unit(UnitKind.VILLAGE, make.VILLAGE, superior=sub_centre)
    climbed = [village]
    while (above := superior_of(unit_id=climbed[-1].pk)) is not None:
        climbed.append(above)
    assert climbed == [village, sub_centre, county, city]
    levels = ("village", "township", "county", "city")
    assert [center_of(place=CELL, level=level) for level in levels] == climbed


def test_the_body_of_a_place_is_its_government_not_its_sub_centre():
    make.unit(UnitKind.COMMAND_CENTER, make.TOWNSHIP)
    township = make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP)
    assert unit_of_place(place=CELL, level="township") == township
    assert unit_of_place(place="370404", level="township") is None
    assert unit_of_place(place=CELL, level="village") is None
    assert superior_of(unit_id=0) is None
