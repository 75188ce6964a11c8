"""Somebody's browser."""

from __future__ import annotations

import pytest


@pytest.fixture
def page(client, world):
    """page(name, path) reads, page(name, path, data) posts."""

    def call(name: str, path: str, said: dict | None = None, **headers):
        client.force_login(world.users[name])
        return client.get(path, headers=headers) if said is None else client.post(path, said, headers=headers)

    return call
