"""A place for files, and somebody's browser."""

from __future__ import annotations

import pytest

from tests.developments.steps import companies
from tests.world import build


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def plans(world):
    """The county with its companies in the register, and a plan of three steps: two side by side, then the permit."""
    companies(world)
    return world


@pytest.fixture
def county(db):
    """The same companies, committed: threads see them from connections of their own."""
    world = build()
    companies(world)
    return world


@pytest.fixture
def page(client, world):
    """page(name, path) reads, page(name, path, data) posts."""

    def call(name: str, path: str, said: dict | None = None, **headers):
        client.force_login(world.users[name])
        return client.get(path, headers=headers) if said is None else client.post(path, said, headers=headers)

    return call
