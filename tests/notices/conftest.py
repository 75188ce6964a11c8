"""Kinds of notices that only tests tell, and people signed in to their pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from notices.kinds import KINDS, NoticeKind, register
from notices.services.telling import tell
from tests.world import MONDAY

NEWS = NoticeKind(code="tests.news", title="News %(number)s of %(unit)s", url_name="supervision:order", label="News")
ALARM = NoticeKind(
    code="tests.alarm", title="Alarm until %(due_at)s", url_name="", icon="alarm", urgent=True, label="Alarm"
)
SUBJECT = "0192f1e0-0000-7000-8000-000000000007"


@pytest.fixture(autouse=True)
def kinds():
    for kind in (NEWS, ALARM):
        KINDS.pop(kind.code, None)
        register(kind)
    yield
    for kind in (NEWS, ALARM):
        KINDS.pop(kind.code, None)


@pytest.fixture
def told(world) -> Callable[..., int]:
    """Tell people of the world by name: told("dispatcher", once="a")."""

    def tell_them(*names, kind="tests.news", once="a", at=MONDAY, **facts):
        usual = {"unit": world.units["urban"].pk, "number": 3, "due_at": "2026-11-16T02:00:00.000000Z"}
        people = [world.users[name].pk for name in names]
        return tell(kind=kind, people=people, subject=SUBJECT, facts=usual | facts, once=once, at=at)

    return tell_them


@pytest.fixture
def signed_in(world) -> Callable[[str], Client]:
    """A browser of somebody of the world, without scripts."""

    def sign_in(name):
        client = Client()
        client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
