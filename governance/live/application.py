"""The ASGI application: what uvicorn starts and stops, with its loop and its threads."""

from __future__ import annotations

import asyncio
import contextlib

from governance.live.door import Door, Limits, Receive, Scope, Send
from governance.live.hub import Hub, Pace
from governance.live.room import Room

# One thread reads for everybody, so that there is one order of things; two look newcomers up.
READERS, PORTERS = 1, 2


class Live:
    """Streams of what changed. One per process: all that it knows is in its memory, and is gone with it."""

    def __init__(self, *, pace: Pace | None = None, limits: Limits | None = None) -> None:
        self.pace = pace or Pace()
        self.limits = limits or Limits()
        self._loop: asyncio.Task[None] | None = None
        self._rooms: list[Room] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the life of the process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self.door.answer(scope, receive, send)

    async def start(self) -> None:
        """Begin to read and to let people in."""
        sizes = {"live-reader": READERS, "live-porter": PORTERS, "live-rights": 1}
        self._rooms = [Room(name=name, size=size) for name, size in sizes.items()]
        self.hub = Hub(room=self._rooms[0], rights=self._rooms[2], pace=self.pace)
        self.door = Door(hub=self.hub, room=self._rooms[1], limits=self.limits)
        await self.hub.begin()
        self._loop = asyncio.create_task(self.hub.run())

    async def stop(self) -> None:
        """End everything; whoever is still connected comes back to the next process by itself."""
        if self._loop is not None:
            self._loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
        for room in self._rooms:
            await asyncio.to_thread(room.close)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.stop()
        await send({"type": "lifespan.shutdown.complete"})
