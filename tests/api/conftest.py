"""Callers of the API: real requests through the whole stack of middleware, with a real token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.db import transaction
from django.test import Client
from knox.models import AuthToken

from tests.world import World, build

API = "/api/v1"


class Caller:
    """One person with a token. Deeds name the version and creates a key of their own, as good clients do."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Token {token}"} if token else {}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"{API}{path}", query, headers=self.headers)

    def delete(self, path: str) -> Any:
        return self.client.delete(f"{API}{path}", headers=self.headers)

    def create(self, path: str, body: Any, *, key: str | None = None) -> Any:
        return self.send("POST", path, body, {"Idempotency-Key": key or uuid4().hex})

    def deed(self, path: str, body: Any = None, *, version: int | None = None) -> Any:
        return self.send("POST", path, body or {}, {} if version is None else {"If-Match": f'"{version}"'})

    def send(self, method: str, path: str, body: Any, headers: dict[str, str] | None = None) -> Any:
        raw = body if isinstance(body, bytes) else orjson.dumps(body)
        return self.client.generic(
            method, f"{API}{path}", raw, content_type="application/json", headers={**self.headers, **(headers or {})}
        )

    def upload(self, path: str, file: Any, purpose: str = "", *, key: str | None = None, **said: Any) -> Any:
        given = {"file": file, **({"purpose": purpose} if purpose else {}), **said}
        return self.client.post(f"{API}{path}", given, headers={**self.headers, "Idempotency-Key": key or uuid4().hex})


Enter = Callable[[str], Caller]


@pytest.fixture
def enter(world: World) -> Enter:
    """Sign somebody of the county in by name."""

    def sign_in(name: str) -> Caller:
        _record, token = AuthToken.objects.create(user=world.users[name])
        return Caller(token)

    return sign_in


@pytest.fixture
def nobody(db: None) -> Caller:
    """A caller without a token."""
    return Caller()


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One county for a whole module of many small requests; each is undone with `undone()`."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True
        atomic.__enter__()
        try:
            yield build()
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block changes. A plain savepoint: the deeds inside go on thinking that they commit."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(mark)


def callers(world: World, names: Any) -> dict[str, Caller]:
    """A token for each of these people; "nobody" has none."""
    found = {}
    for name in names:
        found[name] = Caller(AuthToken.objects.create(user=world.users[name])[1]) if name != "nobody" else Caller()
    return found


REPORT = {
    "nature": "complaint",
    "title": "门前占道经营",
    "description": "摊贩每天早上占用人行道。",
    "lng": 117.59,
    "lat": 34.77,
    "reporter": {"name": "张三丰", "phone": "13812345678"},
}
