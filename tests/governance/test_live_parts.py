"""The parts of the live process by themselves: reading the end of the log, and one slow line."""

from __future__ import annotations

import asyncio
import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from governance.live.line import MANY, Line
from governance.live.people import Viewer
from governance.live.tail import PATIENCE_SECONDS, Tail
from kernel.actors import SYSTEM
from kernel.events import record
from petitions.events import PetitionFiled
from tests.governance.streams import in_a_loop
from tests.world import MONDAY


class Watch:
    """A clock that stands until it is told to go on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def told(case):
    said = {"kind": "", "channel": "", "urgency": "", "category": "", "place": "", "content": "", "reporter": ""}
    record(PetitionFiled(case_id=case, subject_id=str(case), **said), actor=SYSTEM, at=MONDAY)


def read(tail):
    batch = tail.look()
    tail.accept(batch)
    return batch.cases


@pytest.mark.django_db(transaction=True)
def test_what_commits_late_is_told_late_and_once_and_never_skipped():
    slow, quick, later = uuid4(), uuid4(), uuid4()
    written, go = threading.Event(), threading.Event()
    watch = Watch()
    tail = Tail(clock=watch)

    def slowly():
        with transaction.atomic():
            told(slow)
            written.set()
            go.wait(30)
        connection.close()

    with transaction.atomic():
        told(uuid4())
    assert read(tail) == frozenset()  # what was there before is on the page already
    start = tail.mark
    thread = threading.Thread(target=slowly)
    thread.start()
    written.wait(30)
    with transaction.atomic():
        told(quick)
    assert read(tail) == {quick}
    assert tail.mark == start  # whoever comes back from here is told of the slow one too
    assert tail.end_ago(0) == start  # and so is a page that was drawn a moment ago
    assert read(tail) == frozenset()
    go.set()
    thread.join()
    assert read(tail) == {slow}
    assert read(tail) == frozenset()
    assert tail.mark == tail.high
    assert tail.missed(since=start) == {slow, quick}

    # One that was rolled back never comes, and is not asked for for ever.
    with transaction.atomic():
        told(uuid4())
        transaction.set_rollback(True)
    with transaction.atomic():
        told(later)
    assert read(tail) == {later}
    assert tail.gaps
    watch.now += PATIENCE_SECONDS
    read(tail)
    assert not tail.gaps
    assert tail.mark == tail.high


@pytest.mark.django_db
def test_a_log_that_ends_earlier_than_before_is_another_log():
    tail = Tail()
    told(uuid4())
    read(tail)
    tail.high += 100
    batch = tail.look()
    assert batch.rewound
    tail.accept(batch)
    read(tail)
    told(case := uuid4())
    assert read(tail) == {case}


def test_a_line_that_is_read_slowly_keeps_its_words_few():
    async def story():
        line = Line(Viewer("key", 1, "", SYSTEM), mark=lambda: 7, since=3)
        said = line.frames(beat=0.001)
        assert b"id: 3\nevent: hello" in await anext(said), "cut off now, it asks again for what it missed"
        assert await anext(said) == b"id: 3\nevent: beat\ndata: {}\n\n"
        line.caught_up()
        assert await anext(said) == b"id: 7\nevent: beat\ndata: {}\n\n"
        case = uuid4()
        line.change([case])
        line.change([case])
        assert await anext(said) == b'id: 7\nevent: change\ndata: {"cases":["%s"]}\n\n' % str(case).encode()
        line.change([uuid4() for _number in range(MANY + 1)])
        line.change([case])
        assert await anext(said) == b"id: 7\nevent: reload\ndata: {}\n\n"
        line.change([case])
        line.bye(why="signed_out")
        line.change([case])
        assert await anext(said) == b'event: bye\ndata: {"why":"signed_out"}\n\n'
        with pytest.raises(StopAsyncIteration):
            await anext(said)

    in_a_loop(story)


def test_a_reader_that_is_stuck_is_cut_off(monkeypatch):
    monkeypatch.setattr("governance.live.line.LAST_WORD_SECONDS", 0.0)
    cut = []

    async def story():
        line = Line(Viewer("key", 1, "", SYSTEM), mark=lambda: 7, since=3)
        line.cut = lambda: cut.append(1)
        line.bye(why="no_right")
        await asyncio.sleep(0.01)

    in_a_loop(story)
    assert cut == [1]
