"""Kinds of notices that only tests tell."""

from __future__ import annotations

import pytest

from notices.kinds import KINDS, NoticeKind, register

NEWS = NoticeKind(code="tests.news", title="News %(number)s of %(unit)s", url_name="governance:behind", icon="bell")
ALARM = NoticeKind(
    code="tests.alarm", title="Alarm until %(due_at)s", url_name="governance:behind", icon="alarm", urgent=True
)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    for kind in (NEWS, ALARM):
        monkeypatch.delitem(KINDS, kind.code, raising=False)
        register(kind)
    yield
    for kind in (NEWS, ALARM):
        KINDS.pop(kind.code, None)
