"""Signing in to the API, the schema, and the page that shows it."""

from __future__ import annotations

from django.conf import settings
from django.test import Client

from organizations.choices import Role
from tests.governance.conftest import PASSWORD, Enter


def ask_for_token(client: Client, *, password: str) -> object:
    """Post the credentials as JSON."""
    given = {"username": Role.DISPATCHER.value, "password": password}
    return client.post("/api/v1/auth/token/", given, content_type="application/json")


def test_a_token_stands_for_its_person_until_it_is_given_up(enter: Enter) -> None:
    enter(Role.DISPATCHER)
    client = Client()
    token = ask_for_token(client, password=PASSWORD).json()["token"]
    headers = {"authorization": f"Token {token}"}
    me = client.get("/api/v1/me/", headers=headers).json()
    assert me["seats"][0]["role"] == Role.DISPATCHER
    assert "petition.accept" in me["seats"][0]["capabilities"]
    assert client.delete("/api/v1/auth/token/", headers=headers).status_code == 204
    assert client.get("/api/v1/me/", headers=headers).status_code == 401


def test_wrong_passwords_are_refused_and_counted(enter: Enter) -> None:
    enter(Role.DISPATCHER)
    client = Client(REMOTE_ADDR="10.4.5.6")
    answers = [ask_for_token(client, password="wrong") for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[0].status_code == 401
    assert answers[0].json()["error"]["code"] == "wrong_credentials"
    assert answers[-1].status_code == 429
    assert answers[-1].json()["error"]["code"] == "locked_out"
    assert ask_for_token(client, password=PASSWORD).status_code == 429


def test_credentials_of_another_shape_are_named(db: None) -> None:
    answer = Client().post("/api/v1/auth/token/", {"username": "x"}, content_type="application/json")
    assert answer.status_code == 400
    assert "password" in answer.json()["error"]["fields"]


def test_the_schema_and_its_page_answer(enter: Enter) -> None:
    client = enter(Role.DISPATCHER)
    assert client.get("/api/schema/").status_code == 200
    assert client.get("/api/docs/").status_code == 200
