"""Browsers of people, for all pages of the registry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.registry.workbooks import founded

BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))


@pytest.fixture
def page(world):
    """Somebody's browser: page(name, path) reads, page(name, path, said) posts."""

    def call(name: str, path: str, said: dict[str, Any] | None = None, expect: int = 200, **query: Any) -> str:
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[name])
        answer = client.get(path, query) if said is None else client.post(path, said)
        assert answer.status_code == expect, answer.content.decode()
        return answer.headers["Location"] if expect == 302 else answer.content.decode()

    return call


@pytest.fixture
def budget(world):
    """How many statements a page costs at most, by the name of its budget."""

    def measure(name: str, person: str, path: str) -> None:
        client = Client()
        client.force_login(world.users[person])
        client.get(path)  # what a process reads once in its life is not counted
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= BUDGETS[name], "\n".join(one["sql"][:160] for one in seen.captured_queries)

    return measure


@pytest.fixture
def registry(world):
    """The world with a registry of three items."""
    founded()
    return world
