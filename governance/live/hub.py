"""The middle: reads the log for everybody, tells each what is in their scope, and lets nobody listen who may not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import DatabaseError

from governance.live.line import MANY, Line
from governance.live.people import may_watch, still_there
from governance.live.room import Room
from governance.live.scope import shared_out
from governance.live.tail import Batch, Tail
from kernel import clock
from kernel.actors import Actor

log = structlog.get_logger(__name__)
Actors = dict[Hashable, Actor]
LONGEST_PAUSE = 5.0


@dataclass(frozen=True)
class Pace:
    """Seconds between looks at the log, between looks at people's rights, and between beats on a silent line."""

    look: float = 0.3
    check: float = 2.5
    beat: float = 15.0


class Hub:
    """Everybody who is connected, and the two loops that serve them."""

    def __init__(self, *, room: Room, rights: Room, pace: Pace, tail: Tail | None = None) -> None:
        self.room = room
        self.rights = rights  # of its own: a right that is withdrawn does not wait for a large piece of the log
        self.pace = pace
        self.tail = tail or Tail()
        self.lines: set[Line] = set()
        self.away = False

    async def begin(self) -> None:
        """Find the end of the log; where the database is away, later: until then nobody is let in."""
        try:
            await self.look()
        except DatabaseError as error:
            self._lost(error)

    @property
    def ready(self) -> bool:
        """Whether it is known where the log ends, and so what will be new."""
        return self.tail.high is not None

    async def run(self) -> None:
        """Serve, for ever."""
        await asyncio.gather(self._again(self.look, self.pace.look), self._again(self.check, self.pace.check))

    def add(self, line: Line) -> None:
        """From now on this line is told."""
        self.lines.add(line)
        if self.away:
            line.say("away")

    def remove(self, line: Line) -> None:
        """From now on it is not."""
        self.lines.discard(line)

    def of_person(self, user_id: int) -> int:
        """How many streams a person has open."""
        return sum(line.viewer.user_id == user_id for line in self.lines)

    async def look(self) -> None:
        """Read what is new in the log and tell everybody what is theirs."""
        actors = {line.scope: line.viewer.actor for line in self.lines}
        batch, seen = await self.room.ask(lambda: self._read(actors))
        for line in self.lines:
            # The log is another one; or so much changed at once that nobody is told it one by one (an import); or the
            # line came, or its scope changed, while we were reading.
            if batch.rewound or len(batch.cases) > MANY or (batch.cases and line.scope not in actors):
                line.reload()
            else:
                line.change(seen.get(line.scope, ()))
        self.tail.accept(batch)
        self._back()

    async def check(self) -> None:
        """Let go of everybody whose session, account or seats ended, and take over the seats that changed."""
        lines = list(self.lines)
        if not lines:
            return
        viewers = {line.viewer.session_key: line.viewer for line in lines}
        there = await self.rights.ask(lambda: still_there(viewers.values(), at=clock.now()))
        for line in lines:
            viewer = there.get(line.viewer.session_key)
            if viewer is None:
                line.bye(why="signed_out")
            elif not may_watch(viewer):
                line.bye(why="no_right")
            else:
                line.take_over(viewer)

    def _read(self, actors: Actors) -> tuple[Batch, dict[Hashable, frozenset[UUID]]]:
        batch = self.tail.look()
        if not batch.cases or not actors or len(batch.cases) > MANY:
            return batch, {}
        return batch, shared_out(actors=actors, cases=batch.cases)

    async def _again(self, act: Callable[[], Awaitable[None]], pause: float) -> None:
        """Over and over, with growing pauses while the database is away."""
        wait = pause
        while True:
            try:
                await act()
                wait = pause
            except DatabaseError as error:
                self._lost(error)
                wait = min(wait * 2, LONGEST_PAUSE)
            except Exception:  # one bad turn must not leave everybody without news for ever
                log.exception("live.turn_failed")
            await asyncio.sleep(wait)

    def _lost(self, error: DatabaseError) -> None:
        if not self.away:
            log.warning("live.database_away", error=type(error).__name__)
            self.away = True
            for line in self.lines:
                line.say("away")

    def _back(self) -> None:
        if self.away:
            log.info("live.database_back")
            self.away = False
            for line in self.lines:
                line.say("back")
