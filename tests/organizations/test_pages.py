"""The page of the directory."""

import pytest
from django.test import Client

from organizations.choices import Role, UnitKind
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
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


def test_the_directory_is_for_those_who_signed_in(client):
    assert Client().get(UNITS).status_code == 302
    assert client.post(UNITS).status_code == 405


def test_a_filter_that_cannot_be_read_is_told_and_not_hidden(client):
    assert "field-error" in shown(client, UNITS, kind="club")
    assert shown(client, UNITS, status=400, cursor="x")


def test_htmx_gets_the_rows_alone(client):
    rows = client.get(UNITS, headers={"HX-Request": "true"})
    assert "<html" not in rows.content.decode()
    assert "HX-Request" in rows.headers["Vary"]


def test_the_directory_finds_units(client):
    make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP, name="Yinping")
    make.unit(name="Water Bureau")
    assert "Yinping" in shown(client, UNITS, inside="370404101")
    assert "Water Bureau" not in shown(client, UNITS, inside="370404101")
    assert "Water Bureau" in shown(client, UNITS, q="water", kind="department")
    assert "No unit is found" in shown(client, UNITS, q="moon")
