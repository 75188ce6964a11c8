"""Nonsense in the environment stops the start, with the name of the variable; what is unsafe is refused."""

import base64
import stat
from datetime import time

import pytest
from django.core.exceptions import ImproperlyConfigured

from governance import env, safety

KEY = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize("given", ["flase", "2", "ja"])
def test_a_flag_is_yes_or_no(monkeypatch, given):
    monkeypatch.setenv("DEBUG", given)
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        env.flag("DEBUG", default=False)


@pytest.mark.parametrize("given", ["-1", "9", "two", "٣", "1e3", " 1 2"])
def test_a_number_is_whole_and_within_its_bounds(monkeypatch, given):
    monkeypatch.setenv("PROXY_COUNT", given)
    with pytest.raises(ImproperlyConfigured, match="PROXY_COUNT"):
        env.number("PROXY_COUNT", default=0, least=0, most=5)


@pytest.mark.parametrize("given", ["21-7", "21:00", "24:00-07:00", "21:00-07:60", "21:00 - 07:30", "always"])
def test_quiet_hours_are_two_times_of_the_day(monkeypatch, given):
    monkeypatch.setenv("NOTICE_QUIET_HOURS", given)
    with pytest.raises(ImproperlyConfigured, match="NOTICE_QUIET_HOURS"):
        env.hours("NOTICE_QUIET_HOURS", default="21:00-07:30")


def test_quiet_hours_may_run_over_midnight_or_be_none(monkeypatch):
    assert env.hours("NOTICE_QUIET_HOURS", default="21:00-07:30") == (time(21), time(7, 30))
    monkeypatch.setenv("NOTICE_QUIET_HOURS", "00:00-00:00")
    assert env.hours("NOTICE_QUIET_HOURS", default="21:00-07:30") == (time(0), time(0))


def test_a_blank_variable_is_an_absent_one(monkeypatch):
    monkeypatch.setenv("PROXY_COUNT", " ")
    assert env.number("PROXY_COUNT", default=3, least=0, most=5) == 3


def test_a_secret_is_drawn_once_and_kept_for_its_owner(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    file = tmp_path / "secret.key"
    drawn = env.secret("SECRET_KEY", file=file, may_draw=True)
    assert env.secret("SECRET_KEY", file=file, may_draw=False) == drawn
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_installation_without_a_secret_does_not_start(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        env.secret("SECRET_KEY", file=tmp_path / "secret.key", may_draw=False)


def test_a_short_secret_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="shorter than 32"):
        env.secret("SECRET_KEY", file=tmp_path / "secret.key", may_draw=False)


@pytest.mark.parametrize("given", ["abc", base64.b64encode(bytes(16)).decode(), f"{KEY},abc", ","])
def test_field_keys_have_the_right_size(monkeypatch, tmp_path, given):
    monkeypatch.setenv("FIELD_KEYS", given)
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        env.field_keys("FIELD_KEYS", file=tmp_path / "field.key", may_draw=False)


def test_field_keys_come_newest_first(monkeypatch, tmp_path):
    newer = base64.b64encode(b"n" * 32).decode()
    monkeypatch.setenv("FIELD_KEYS", f"{newer}, {KEY}")
    assert env.field_keys("FIELD_KEYS", file=tmp_path / "field.key", may_draw=False) == [newer, KEY]


@pytest.mark.parametrize(
    ("circumstances", "complaint"),
    [
        ({"debug": True, "embedded": False}, "DEBUG"),
        ({"hosts": ["*"]}, "ALLOWED_HOSTS"),
        ({"hosts": ["localhost", "grid.example"]}, "without encryption"),
    ],
)
def test_what_exposes_data_is_refused(circumstances, complaint):
    safe = {"debug": False, "embedded": False, "hosts": ["localhost"], "https": False, "plain_http_accepted": False}
    safety.refuse_the_insecure(**safe)
    with pytest.raises(ImproperlyConfigured, match=complaint):
        safety.refuse_the_insecure(**(safe | circumstances))


def test_a_tile_server_is_named_in_the_policy():
    assert safety.origins("https://{s}.tiles.example/{z}/{x}/{y}.png") == ["https://*.tiles.example"]
    assert safety.origins("") == []
    with pytest.raises(ImproperlyConfigured, match="MAP_TILE_URL"):
        safety.origins("javascript:alert(1)")
