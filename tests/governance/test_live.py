"""The live process: who is told of what, who is let go when, and what becomes of a database that vanishes."""

from __future__ import annotations

import asyncio
import threading
from contextlib import closing
from datetime import timedelta

import psycopg2
import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from governance.live.door import Limits
from kernel import clock
from organizations.models import Posting, User
from petitions.models import Petition
from tests.governance.streams import SECONDS, Stream, done, listening, signed_in
from tests.journeys.steps import filed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
IN_THE_EAST, IN_THE_WEST = {"lng": 117.59, "lat": 34.77}, {"lng": 117.71, "lat": 34.77}


def test_each_is_told_of_what_they_see_and_of_ids_alone(world):
    names = ("dispatcher", "east_officer", "east_head", "west_officer", "gridworker", "urban_handler")
    keys = {name: signed_in(world.users[name]) for name in names}
    filed(world, at=MONDAY, **IN_THE_EAST)  # a log has an end from which one goes on

    async def story(live):
        streams = {name: Stream(live, session=key) for name, key in keys.items()}
        for stream in streams.values():
            await stream.until(lambda stream=stream: stream.heard("hello"))
        east = str((await done(lambda: filed(world, at=MONDAY, **IN_THE_EAST))).pk)
        west = str((await done(lambda: filed(world, at=MONDAY, **IN_THE_WEST))).pk)
        for name, expected in (("dispatcher", {east, west}), ("east_officer", {east}), ("west_officer", {west})):
            await streams[name].until(lambda name=name, expected=expected: streams[name].cases == expected)
        assert streams["east_head"].cases == {east}
        assert streams["gridworker"].cases == {east}
        assert streams["urban_handler"].cases == set()  # no order has come to the department
        said = {name for stream in streams.values() for name, _data, _mark in stream.events}
        assert said == {"hello", "change"}
        assert all(set(data) == {"cases"} for stream in streams.values() for data in stream.heard("change"))

        # Who was away hears what was missed, and only theirs; who was away for longer than is remembered reads anew.
        mark = streams["east_officer"].events[0][2]
        for stream in streams.values():
            await stream.leave()
        assert live.hub.lines == set()
        back = Stream(live, session=keys["east_officer"], last_event_id=mark)
        await back.until(lambda: back.cases)
        assert back.cases == {east}
        elsewhere = Stream(live, session=keys["east_officer"], query=f"since={10**12}")
        await elsewhere.until(lambda: elsewhere.heard("reload"))
        young = Stream(live, session=keys["west_officer"], query="age=30000")  # drawn before the cases came
        await young.until(lambda: young.cases)
        assert young.cases == {west}
        for stream in (back, elsewhere, young):
            await stream.leave()

    listening(story)


def test_who_may_not_listen_any_more_is_let_go_and_who_moved_is_told_of_the_new_place(world):
    keys = {name: signed_in(user) for name, user in world.users.items()}
    posts = Posting.objects.filter
    yesterday = clock.now() - timedelta(days=1)
    ends = {
        "dispatcher": (lambda: Session.objects.filter(pk=keys["dispatcher"]).delete(), "signed_out"),
        "director": (lambda: Session.objects.filter(pk=keys["director"]).update(expire_date=yesterday), "signed_out"),
        "verifier": (lambda: User.objects.filter(username="verifier").update(is_active=False), "signed_out"),
        "supervisor": (lambda: User.objects.filter(username="supervisor").update(password="other"), "signed_out"),
        "west_officer": (lambda: posts(user__username="west_officer").update(valid_until=yesterday), "no_right"),
    }

    async def story(live):
        streams = {name: Stream(live, session=keys[name]) for name in (*ends, "east_officer")}
        for stream in streams.values():
            await stream.until(lambda stream=stream: stream.heard("hello"))
        for name, (end, why) in ends.items():
            await done(end)
            await streams[name].until(streams[name].over.is_set)
            assert streams[name].heard("bye") == [{"why": why}]
        moved = streams["east_officer"]
        assert not moved.over.is_set()
        west = world.units["west_town"]
        await done(lambda: posts(user__username="east_officer").update(unit=west))
        await moved.until(lambda: moved.heard("reload"))
        await done(lambda: filed(world, at=MONDAY, by="dispatcher2", **IN_THE_EAST))
        there = await done(lambda: filed(world, at=MONDAY, by="dispatcher2", **IN_THE_WEST))
        await moved.until(lambda: moved.cases)
        assert moved.cases == {str(there.pk)}
        await moved.leave()

    listening(story)


def test_a_database_that_vanishes_is_said_and_nothing_is_lost(world):
    key = signed_in(world.users["dispatcher"])
    inside, go = threading.Event(), threading.Event()
    name, mine, made = connection.settings_dict["NAME"], [], []

    def stay():
        """Somebody whose connection lives on, and who files a petition while nobody else can come in."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            mine.append(cursor.fetchone()[0])
        inside.set()
        go.wait(SECONDS)
        made.append(str(filed(world, at=MONDAY).pk))

    def shut(*, out: bool):
        """Let nobody in any more, and throw everybody out but that one."""
        beside = psycopg2.connect(**(connection.get_connection_params() | {"dbname": "postgres"}))
        with closing(beside), beside.cursor() as cursor:
            beside.autocommit = True
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {"false" if out else "true"}')
            if out:
                others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s"
                cursor.execute(others, [name, mine[0]])

    async def story(live):
        stream = Stream(live, session=key)
        await stream.until(lambda: stream.heard("hello"))
        staying = asyncio.ensure_future(done(stay))
        await stream.until(inside.is_set)
        shut(out=True)
        try:
            await stream.until(lambda: stream.heard("away"))
            newcomer = Stream(live, session=key)
            await newcomer.until(newcomer.over.is_set)
            assert newcomer.status == 503
            go.set()
            await staying
        finally:
            shut(out=False)
        await stream.until(lambda: stream.heard("back") and stream.cases)
        assert stream.cases == set(made)
        await stream.leave()

    connection.close()  # or it would be thrown out like everybody else
    listening(story)


def test_who_is_let_in(world):
    key, other = signed_in(world.users["dispatcher"]), signed_in(world.users["director"])
    reads_nothing, citizen = signed_in(world.users["administrator"]), signed_in(world.users["citizen"])

    async def story(live):
        async def refused(**given):
            stream = Stream(live, **given)
            await stream.until(stream.over.is_set)
            return stream.status

        assert await refused() == 401
        assert await refused(session="x" * 32) == 401
        assert await refused(session='"\\000aaaaaaaa"') == 401
        assert await refused(session=key, origin="http://[") == 403
        assert await refused(session=reads_nothing) == 403
        assert await refused(session=citizen) == 403
        assert await refused(session=key, path="/live/other") == 404
        assert await refused(session=key, host="elsewhere.example") == 400
        assert await refused(session=key, origin="http://localhost:9999") == 403
        assert await refused(path="/live/health") == 200
        page = Stream(live, session=key, origin="http://localhost:8000", query="since=nonsense")
        await page.until(lambda: page.heard("hello"))
        assert page.headers[b"access-control-allow-origin"] == b"http://localhost:8000"
        assert page.headers[b"access-control-allow-credentials"] == b"true"
        second = Stream(live, session=key, origin="http://localhost:8001")
        await second.until(lambda: second.heard("hello"))
        assert await refused(session=key) == 429
        third = Stream(live, session=other)
        await third.until(lambda: third.heard("hello"))
        assert await refused(session=other) == 503
        await asyncio.gather(page.leave(), second.leave(), third.leave())

    listening(story, limits=Limits(streams=3, of_person=2))
    assert not Petition.objects.exists()
