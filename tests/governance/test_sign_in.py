"""Signing in, out, being locked out; the look and the language of the pages."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, override_settings

from organizations.choices import Role
from organizations.models import Unit, User
from tests.governance.conftest import PASSWORD, Enter


def sign_in(client: Client, *, username: str, password: str) -> object:
    """Post the form of the first page."""
    return client.post("/sign-in/", {"username": username, "password": password}, follow=True)


def test_a_person_signs_in_and_is_told_as_whom(enter: Enter) -> None:
    enter(Role.DISPATCHER)
    page = sign_in(Client(), username="dispatcher", password=PASSWORD).content.decode()
    assert "李明 已登录" in page
    assert "区指挥中心" in page


def test_a_persons_own_language_is_taken(enter: Enter) -> None:
    enter(Role.DISPATCHER)
    User.objects.update(language="en")
    page = sign_in(Client(), username="dispatcher", password=PASSWORD).content.decode()
    assert "Signed in as 李明" in page
    assert "Workbench" in page


def test_signing_out_takes_a_post(enter: Enter) -> None:
    client = enter(Role.DISPATCHER)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_too_many_wrong_passwords_lock_the_account_out(enter: Enter) -> None:
    enter(Role.DISPATCHER)
    client = Client(REMOTE_ADDR="10.1.2.3")
    answers = [sign_in(client, username="dispatcher", password="wrong") for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[-1].status_code == 429
    assert "15 分钟" in answers[-1].content.decode()
    assert sign_in(client, username="dispatcher", password=PASSWORD).status_code == 429


def test_demo_accounts_show_only_on_a_demonstration(enter: Enter) -> None:
    for role in (Role.HANDLER, Role.DISPATCHER):
        enter(role)
    with override_settings(DEMO=False):
        assert "演示账号" not in Client().get("/sign-in/").content.decode()
    with override_settings(DEMO=True, DEMO_PASSWORD="open-to-all"):
        page = Client().get("/sign-in/?as=handler").content.decode()
    assert "演示账号" in page
    assert "open-to-all" in page
    assert 'value="handler"' in page


def test_the_language_switches(center: Unit) -> None:
    client = Client()
    assert "登录" in client.get("/sign-in/").content.decode()
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    page = client.get("/sign-in/").content.decode()
    assert "Sign in" in page
    assert 'lang="en"' in page


@pytest.mark.parametrize(("name", "value", "kept"), [("theme", "dark", True), ("theme", "pink", False)])
def test_the_look_is_kept_in_a_cookie(db: None, name: str, value: str, kept: bool) -> None:
    client = Client()
    answer = client.post("/appearance/", {name: value, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert (name in client.cookies) is kept
    if kept:
        assert 'data-bs-theme="dark"' in client.get("/sign-in/").content.decode()


def test_the_password_is_changed_and_the_session_stays(enter: Enter) -> None:
    client = enter(Role.HANDLER)
    wrong = {"old_password": "no", "new_password1": "another-long-one", "new_password2": "another-long-one"}
    assert client.post("/account/", wrong).status_code == 422
    answer = client.post("/account/", wrong | {"old_password": PASSWORD}, follow=True)
    assert "密码已修改" in answer.content.decode()
    assert User.objects.get().check_password("another-long-one")
