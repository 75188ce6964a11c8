"""Notices where things come together: two that tell the same at once, Redis away, a browser that looks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client

from notices.models import Notice
from notices.services.telling import tell
from tests.notices.conftest import SUBJECT
from tests.world import MONDAY, build

pytestmark = pytest.mark.django_db(transaction=True)
TELLERS = 8


def say(people, *, kind="tests.news", once="a"):
    return tell(kind=kind, people=people, subject=SUBJECT, facts={"number": 1}, once=once, at=MONDAY)


def test_two_that_tell_the_same_at_once_tell_it_once():
    world = build()
    people = [user.pk for user in world.users.values()]
    gate = threading.Barrier(TELLERS)

    def one(number):
        gate.wait()
        try:
            with transaction.atomic():
                return say(people if number % 2 else people[::-1])
        finally:
            connection.close()

    with ThreadPoolExecutor(TELLERS) as pool:
        told = list(pool.map(one, range(TELLERS)))
    assert sum(told) == len(people) == Notice.objects.count()


def test_with_redis_away_people_are_told_and_the_bell_counts(settings):
    settings.CACHES = {
        "default": {"BACKEND": "governance.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    world = build()
    client = Client()
    client.force_login(world.users["dispatcher"], backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        say([world.users["dispatcher"].pk], kind="tests.alarm")
    assert '<b class="bell-count urgent">1' in client.get("/notices/").content.decode()
    answer = client.get("/notices/bell/", {"seen": "0"})
    assert "toast-line" in answer.content.decode()
