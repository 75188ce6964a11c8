"""The reference endpoints: who may ask, what they answer."""

import pytest
from django.test import Client

from organizations.choices import Duty, Role, UnitKind
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
LISTS = ("areas", "units", "matters", "responsibilities")


@pytest.fixture
def client():
    """A handler of a department."""
    signed_in = Client()
    signed_in.force_login(make.posting(Role.HANDLER).user)
    return signed_in


def get(client, path, status=200, **query):
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == status, answer.content
    return answer.json()


def codes(client, path, **query):
    return [row["code"] for row in get(client, path, **query)["results"]]


@pytest.mark.parametrize("path", LISTS)
def test_nobody_reads_without_signing_in_and_nobody_writes(path, client):
    assert Client().get(f"/api/v1/{path}/").status_code == 401
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(f"/api/v1/{path}/").status_code == 405


def test_whoever_keeps_the_lists_reads_them_too(client):
    keeper = Client()
    keeper.force_login(make.posting(Role.ADMINISTRATOR).user)
    make.entry()
    for path in LISTS:
        assert get(keeper, f"{path}/")["results"]


def test_areas_are_found_by_level_and_place(client):
    make.area(make.VILLAGE, "张庄村委会")
    make.area("370481000000")
    assert codes(client, "areas/", level="county") == [make.COUNTY, "370481000000"]
    assert codes(client, "areas/", inside="370404101") == [make.TOWNSHIP, make.VILLAGE]
    assert codes(client, "areas/", q="张庄") == [make.VILLAGE]
    assert get(client, f"areas/{make.VILLAGE}/")["prefix"] == make.VILLAGE
    assert get(client, "areas/999999999999/", status=404)["error"]["code"] == "missing"
    assert get(client, "areas/", status=400, level="planet")["error"]["fields"]["level"]


def test_units_name_their_superiors_by_code_in_few_queries(client, django_assert_max_num_queries):
    centre = make.unit(UnitKind.COMMAND_CENTER, code="CC")
    for number in range(5):
        make.unit(code=f"D{number}", superior=centre)
    with django_assert_max_num_queries(4):
        rows = get(client, "units/", superior="CC")["results"]
    assert [(row["code"], row["superior"], row["area"]) for row in rows] == [
        (f"D{number}", "CC", make.COUNTY) for number in range(5)
    ]
    assert get(client, "units/CC/")["kind"] == "command_center"
    assert codes(client, "units/", inside="3704", kind="command_center") == ["CC"]


def test_matters_are_found_by_field_and_name(client):
    make.matter(code="M-1", name="potholes", domain="roads")
    make.matter(code="M-2", petition_kind="enforcement")
    assert codes(client, "matters/", q="roads") == ["M-1"]
    assert codes(client, "matters/", q="POTHOLE") == ["M-1"]
    assert codes(client, "matters/", petition_kind="enforcement") == ["M-2"]
    assert get(client, "matters/M-1/")["limit_value"] == "5.00"


def test_pages_follow_each_other_by_key(client):
    for number in range(5):
        make.matter(code=f"M-{number}")
    first = get(client, "matters/", page_size=3)
    assert [row["code"] for row in first["results"]] == ["M-0", "M-1", "M-2"]
    second = client.get(first["next"]).json()
    assert [row["code"] for row in second["results"]] == ["M-3", "M-4"]
    assert second["next"] is None


def test_entries_of_a_day_are_those_in_force_on_it(client):
    held = make.entry(code="R1", valid_until="2026-03-03")
    make.entry(code="R1", matter=held.matter, valid_from="2026-03-03")
    rows = get(client, "responsibilities/", on="2026-03-02", matter=held.matter.code)["results"]
    assert [row["id"] for row in rows] == [held.pk]
    assert get(client, f"responsibilities/{held.pk}/")["unit"] == held.unit.code
    get(client, "responsibilities/", status=400, on="yesterday")


class TestResponsibleFor:
    def ask(self, client, status=200, **query):
        return get(client, "responsibilities/responsible-for/", status=status, **query)

    def test_it_names_the_lead_the_assistants_and_the_refused(self, client, django_assert_max_num_queries):
        county = make.entry(basis="art. 5")
        town = make.entry(matter=county.matter, place=make.TOWNSHIP)
        helper = make.entry(Duty.ASSIST, matter=county.matter, place=make.TOWNSHIP)
        with django_assert_max_num_queries(9):
            answer = self.ask(client, matter=county.matter.code, place=f"{make.VILLAGE}001")
        assert (answer["lead"]["unit"], answer["lead"]["entry"]) == (town.unit.code, town.code)
        assert [one["unit"] for one in answer["assists"]] == [helper.unit.code]
        assert [(one["entry"], one["reason"]) for one in answer["refused"]] == [(county.code, "wider_area")]
        elsewhere = self.ask(client, matter=county.matter.code, place="370404")
        assert elsewhere["lead"]["basis"] == "art. 5"

    def test_it_answers_for_another_day(self, client):
        held = make.entry(valid_from="2026-01-01")
        query = {"matter": held.matter.code, "place": make.COUNTY}
        assert self.ask(client, **query)["lead"]["unit_name"] == held.unit.name
        assert self.ask(client, **query, at="2025-12-31T12:00:00+08:00")["lead"] is None

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"place": make.COUNTY}, "matter"),
            ({"matter": "M"}, "place"),
            ({"matter": "M", "place": "3704x"}, "place"),
            ({"matter": "M", "place": "３７０４"}, "place"),
            ({"matter": "M", "place": "3704", "at": "soon"}, "at"),
        ],
    )
    def test_a_bad_question_names_the_field(self, client, query, field):
        assert field in self.ask(client, status=400, **query)["error"]["fields"]

    def test_an_unknown_matter_is_not_found(self, client):
        self.ask(client, status=404, matter="M-9", place=make.COUNTY)
