"""The pages of the lists."""

import pytest
from django.test import Client

from organizations.choices import Duty, LeadRule, Role, UnitKind
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
LIST = "/organizations/responsibilities/"
UNITS = "/organizations/units/"


@pytest.fixture
def client():
    """A handler of a department."""
    signed_in = Client(headers={"accept-language": "en"})
    signed_in.force_login(make.posting(Role.HANDLER).user)
    return signed_in


def shown(client, path, status=200, **query):
    answer = client.get(path, query)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_lists_are_for_those_who_signed_in(client):
    for path in (LIST, UNITS, f"{LIST}M-1/"):
        assert Client().get(path).status_code == 302
        assert client.post(path).status_code == 405


def test_the_list_names_who_leads_and_who_assists(client):
    bureau = make.unit(name="Water Bureau")
    held = make.entry(unit=bureau, matter=make.matter(name="burst pipes"), limit_value=3, limit_unit="workday")
    make.entry(Duty.ASSIST, matter=held.matter, rule=LeadRule.TOWNSHIP_OF_PLACE)
    make.entry(matter=make.matter(name="stray dogs"))
    page = shown(client, LIST)
    for words in ("burst pipes", "Water Bureau", "the township of the place", "3 working days", "stray dogs"):
        assert words in page
    for query in ({"q": "PIPES"}, {"unit": "water"}, {"q": held.matter.code}):
        found = shown(client, LIST, **query)
        assert "burst pipes" in found
        assert "stray dogs" not in found
    assert "No matter is found" in shown(client, LIST, q="moon")
    assert "No matter is found" in shown(client, LIST, on="2024-12-31")


def test_a_filter_that_cannot_be_read_is_told_and_not_hidden(client):
    assert "field-error" in shown(client, LIST, on="yesterday")
    assert "field-error" in shown(client, UNITS, kind="club")
    assert shown(client, LIST, status=400, cursor="x")


def test_htmx_gets_the_rows_alone(client):
    make.entry()
    rows = client.get(LIST, headers={"HX-Request": "true"})
    assert "<html" not in rows.content.decode()
    assert "HX-Request" in rows.headers["Vary"]


def test_the_list_goes_on_to_the_next_page_with_its_filters(client):
    for number in range(51):
        make.entry(matter=make.matter(code=f"M-{number:02}", name="pipes"))
    first = client.get(LIST, {"q": "pipes"})
    assert "M-49" in first.content.decode()
    assert "M-50" not in first.content.decode()
    second = shown(client, LIST + first.context["next_url"].replace("&amp;", "&"))
    assert "M-50" in second
    assert "M-49" not in second


def test_the_list_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    for _ in range(12):
        make.entry(matter=make.matter())
    with django_assert_max_num_queries(6):
        shown(client, LIST)


def test_a_matter_shows_its_past_and_answers_whose_it_is(client):
    old = make.entry(code="R1", unit=make.unit(name="Old Bureau"), valid_until="2026-03-03")
    make.entry(code="R1", matter=old.matter, unit=make.unit(name="New Bureau"), valid_from="2026-03-03")
    address = f"{LIST}{old.matter.code}/"
    page = shown(client, address)
    assert "Old Bureau" in page
    assert "New Bureau" in page
    now = shown(client, address, place="370404101")
    assert "<b>New Bureau</b>" in now
    assert "not in force on that day" in now
    assert "<b>Old Bureau</b>" in shown(client, address, place="370404101", on="2026-03-02")
    assert "nobody: the list names no working unit here" in shown(client, address, place="370481")
    assert "2 to 15 digits" in shown(client, address, place="x")
    shown(client, f"{LIST}M-unknown/", status=404)


def test_the_directory_finds_units(client):
    make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP, name="Yinping")
    make.unit(name="Water Bureau")
    assert "Yinping" in shown(client, UNITS, inside="370404101")
    assert "Water Bureau" not in shown(client, UNITS, inside="370404101")
    assert "Water Bureau" in shown(client, UNITS, q="water", kind="department")
    assert "No unit is found" in shown(client, UNITS, q="moon")
