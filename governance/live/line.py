"""One open stream: what it still has to say, kept small however slowly the other end reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable, Iterable
from uuid import UUID

from governance.live import frames
from governance.live.people import Viewer
from governance.live.scope import scope_of

# More changes than this at once are said as "read everything anew".
MANY = 200
# A reader that is stuck is cut off so long after the last word to it.
LAST_WORD_SECONDS = 1.0


class Line:
    """What is to be said to one browser. Changes that wait are put together, so a slow reader costs nothing."""

    def __init__(self, viewer: Viewer, *, mark: Callable[[], int], since: int) -> None:
        self.viewer = viewer
        self.scope: Hashable = scope_of(viewer.actor)
        self.cut: Callable[[], object] = lambda: None
        self.ended = False
        self._newest = mark
        self._since: int | None = since  # until it was told what it missed: a line cut off before asks for it again
        self._cases: set[UUID] = set()
        self._reload = False
        self._words: list[bytes] = []
        self._said_goodbye = False
        self._wake = asyncio.Event()

    def caught_up(self) -> None:
        """From now on the marks are those of the log."""
        self._since = None

    def _mark(self) -> int:
        return self._newest() if self._since is None else self._since

    def change(self, cases: Iterable[UUID]) -> None:
        """Say that cases changed."""
        if self.ended:
            return
        self._cases.update(cases)
        if len(self._cases) > MANY:
            self.reload()
        if self._cases:
            self._wake.set()

    def reload(self) -> None:
        """Say that anything may have changed."""
        if self.ended:
            return
        self._cases.clear()
        self._reload = True
        self._wake.set()

    def say(self, name: str) -> None:
        """Say how the stream itself is: "away" and "back" of the database."""
        if self.ended:
            return
        self._words.append(frames.frame(name))
        self._wake.set()

    def bye(self, *, why: str) -> None:
        """Say that this is the end, and end; nothing else is said any more. `why` is a code for the page."""
        if self.ended:
            return
        self.ended, self._reload = True, False
        self._cases.clear()
        self._words = [frames.frame("bye", why=why)]
        self._wake.set()
        asyncio.get_running_loop().call_later(LAST_WORD_SECONDS, lambda: self.cut())

    def take_over(self, viewer: Viewer) -> None:
        """Go on with the seats that the person has now; where they changed, everything is to be read anew."""
        if viewer.actor != self.viewer.actor:
            self.scope = scope_of(viewer.actor)
            self.reload()
        self.viewer = viewer

    async def frames(self, *, beat: float) -> AsyncIterator[bytes]:
        """What goes down the wire, until the end; a beat after so many seconds without a word."""
        yield frames.hello(mark=self._mark())
        while True:
            try:
                await asyncio.wait_for(self._wake.wait(), beat)
            except TimeoutError:
                yield frames.beat(mark=self._mark())
                continue
            yield self._taken()
            if self._said_goodbye:
                return

    def _taken(self) -> bytes:
        """Everything that waits, in one piece."""
        self._wake.clear()
        said, self._words = b"".join(self._words), []
        if self._reload:
            said += frames.frame("reload", mark=self._mark())
        elif self._cases:
            said += frames.change(self._cases, mark=self._mark())
        self._cases, self._reload, self._said_goodbye = set(), False, self.ended
        return said
