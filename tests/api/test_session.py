"""Signing in, out and being locked out; rights that end end at the next request; limits that fail nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from knox.models import AuthToken
from redis.exceptions import ConnectionError as RedisGone

from kernel import clock
from kernel.api import throttling
from organizations.models import Posting
from tests.api.conftest import REPORT, Caller

pytestmark = pytest.mark.django_db
RIGHT = {"username": "dispatcher", "password": "grid-demo-1"}


def sign_in(caller, **changes):
    return caller.send("POST", "/auth/token/", {**RIGHT, **changes})


def test_a_token_from_sign_in_to_sign_out(world, nobody):
    answer = sign_in(nobody)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    caller = Caller(answer.json()["token"])
    me = caller.get("/me/").json()
    assert me["roles"] == ["dispatcher"]
    assert me["territories"] == ["370404"]
    assert me["seats"][0]["unit_name"] == "区指挥中心"
    assert "petition.accept" in me["capabilities"]
    assert caller.delete("/auth/token/").status_code == 204
    assert caller.get("/me/").status_code == 401


@pytest.mark.parametrize("changes", [{"password": "wrong"}, {"username": "nobody"}, {"username": "ｄispatcher"}])
def test_wrong_credentials_look_the_same(world, nobody, changes):
    answer = sign_in(nobody, **changes)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "wrong_credentials"
    assert answer["WWW-Authenticate"] == "Token"


def test_five_wrong_passwords_lock_the_account_from_this_address(world, nobody, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(nobody, password="wrong")
    assert answer.status_code == 429
    locked = sign_in(nobody)
    assert locked.status_code == 429
    assert locked.json()["error"]["code"] == "locked_out"
    assert "token" not in locked.json()
    elsewhere = nobody.client.post(
        "/api/v1/auth/token/", RIGHT, content_type="application/json", REMOTE_ADDR="10.9.9.9"
    )
    assert elsewhere.status_code == 200


def test_a_session_of_the_browser_works_too(world, client):
    client.force_login(world.users["dispatcher"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/me/").json()["roles"] == ["dispatcher"]


def test_rights_end_at_the_next_request(world, enter):
    caller = enter("east_dispatcher")
    case = enter("citizen").create("/petitions/", REPORT).json()
    path = f"/petitions/{case['id']}/"
    assert caller.get(path).status_code == 200
    Posting.objects.filter(user=world.users["east_dispatcher"]).update(unit=world.units["west"])
    assert caller.get(path).status_code == 404
    Posting.objects.filter(user=world.users["east_dispatcher"]).update(valid_until=clock.now())
    assert caller.deed(f"{path}accept/", {"category": "010101"}, version=1).status_code == 403
    world.users["east_dispatcher"].is_active = False
    world.users["east_dispatcher"].save()
    assert caller.get("/me/").status_code == 401


def test_a_token_that_is_over_is_refused_and_removed(world, enter):
    caller = enter("dispatcher")
    AuthToken.objects.update(expiry=clock.now() - timedelta(seconds=1))
    assert caller.get("/me/").status_code == 401
    assert not AuthToken.objects.exists()


def test_a_changed_password_ends_every_token(world, enter, client):
    caller = enter("dispatcher")
    client.force_login(world.users["dispatcher"], backend="django.contrib.auth.backends.ModelBackend")
    new = "neu-3-gruene-haeuser"
    given = {"old_password": "grid-demo-1", "new_password1": new, "new_password2": new}
    assert client.post("/account/", given).status_code == 302
    assert caller.get("/me/").status_code == 401


@pytest.fixture
def three_a_minute(monkeypatch):
    """Rates as an installation has them, and a fresh window."""
    monkeypatch.setattr(throttling.CountingThrottle, "THROTTLE_RATES", {"user": "3/min", "anon": "2/min"})
    cache.clear()
    yield
    cache.clear()


def test_too_many_requests_are_told_when_to_come_again(three_a_minute, enter, nobody):
    one, other = enter("citizen"), enter("neighbour")
    statuses = [one.get("/me/").status_code for _ in range(4)]
    assert statuses in ([200, 200, 200, 429], [200] * 4)  # the minute may turn in between
    answer = next((a for a in (one.get("/me/") for _ in range(5)) if a.status_code == 429), None)
    assert answer["Retry-After"].isdigit()
    assert answer.json()["error"]["code"] == "throttled"
    assert other.get("/me/").status_code == 200
    assert 429 in [nobody.get("/track/3333333333/").status_code for _ in range(6)]


def test_without_redis_limits_go_on_and_fail_nobody(three_a_minute, enter, monkeypatch):
    caller = enter("citizen")

    def gone(*_args, **_said):
        raise RedisGone("gone")

    monkeypatch.setattr("redis.connection.Connection.connect", gone)
    monkeypatch.setattr("redis.connection.Connection.send_packed_command", gone)
    statuses = [caller.get("/me/").status_code for _ in range(8)]
    assert set(statuses) == {200, 429}
    assert statuses[0] == 200
    monkeypatch.undo()
