"""The door of the streams: who may come in, and the stream itself. An ASGI application, without the loop behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

from governance.live import scope as scopes
from governance.live.hub import Hub
from governance.live.line import Line
from governance.live.people import Viewer, may_watch, viewer_of
from governance.live.room import Room
from kernel import clock

log = structlog.get_logger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
PATH = "/live/"
LONGEST_NUMBER = 18
# A page tells how old it is, so that what happened while it was drawn is not lost; older ones read anew anyway.
OLDEST_PAGE_SECONDS = 30.0


class Refused(Exception):
    """Somebody may not come in: the status says why, to whom it concerns."""

    def __init__(self, status: int, *, again: int = 0) -> None:
        super().__init__(status)
        self.status = status
        self.again = again


@dataclass(frozen=True)
class Limits:
    """How many streams there may be in all, and for one person: some windows on some machines."""

    streams: int = 2000
    of_person: int = 8


@dataclass(frozen=True)
class Asked:
    """What a request says that concerns us."""

    host: str
    origin: str
    session_key: str
    since: int | None
    age: float | None

    @classmethod
    def of(cls, scope: Scope) -> Asked:
        """Read the request; what makes no sense in it is as if it were not there."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        since = headers.get("last-event-id") or query.get("since", [""])[0]
        age = query.get("age", [""])[0]
        return cls(
            host=headers.get("host", ""),
            origin=headers.get("origin", ""),
            session_key=parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, ""),
            since=int(since) if _is_number(since) else None,
            age=min(int(age) / 1000, OLDEST_PAGE_SECONDS) if _is_number(age) else None,
        )


class Door:
    """Answers requests; `room` has the threads in which newcomers are looked up."""

    def __init__(self, *, hub: Hub, room: Room, limits: Limits) -> None:
        self.hub = hub
        self.room = room
        self.limits = limits
        self.entering = 0

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request from beginning to end."""
        asked = Asked.of(scope)
        try:
            if scope["path"] == f"{PATH}health":
                await _whole(send, 200, {"status": "away" if self.hub.away else "ok", "streams": len(self.hub.lines)})
                return
            if scope["path"] != PATH:
                raise Refused(404)
            if scope["method"] != "GET":
                raise Refused(405)
            _check_address(asked)
            viewer = await self._admitted(asked)
        except Refused as refused:
            await _whole(send, refused.status, {"error": refused.status}, again=refused.again)
            return
        await self._stream(viewer, asked, receive, send)

    async def _admitted(self, asked: Asked) -> Viewer:
        """Who comes in; those who are being looked up count as if they were in. Raises Refused."""
        if not self.hub.ready or len(self.hub.lines) + self.entering >= self.limits.streams:
            raise Refused(503, again=10)
        self.entering += 1
        try:
            return await self._viewer(asked)
        finally:
            self.entering -= 1

    async def _viewer(self, asked: Asked) -> Viewer:
        if not (asked.session_key.isascii() and asked.session_key.isalnum()):
            raise Refused(401)
        try:
            viewer = await self.room.ask(lambda: viewer_of(session_key=asked.session_key, at=clock.now()))
        except DatabaseError:
            raise Refused(503, again=3) from None
        if viewer is None:
            raise Refused(401)
        if not may_watch(viewer):
            raise Refused(403)
        if self.hub.of_person(viewer.user_id) >= self.limits.of_person:
            raise Refused(429, again=10)
        return viewer

    async def _stream(self, viewer: Viewer, asked: Asked, receive: Receive, send: Send) -> None:
        since = asked.since if asked.since is not None else self.hub.tail.end_ago(asked.age or 0)
        line = Line(viewer, mark=lambda: self.hub.tail.mark, since=since)
        self.hub.add(line)
        writing = asyncio.ensure_future(_write(send, line, asked.origin, self.hub.pace.beat))
        gone = asyncio.ensure_future(_gone(receive))
        line.cut = writing.cancel
        try:
            await self._catch_up(line, since)
            line.caught_up()
            await asyncio.wait({writing, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.remove(line)
            writing.cancel()
            gone.cancel()
            ended = await asyncio.gather(writing, gone, return_exceptions=True)
            for fault in ended:
                if isinstance(fault, Exception):
                    log.error("live.stream_failed", exc_info=fault)

    async def _catch_up(self, line: Line, since: int) -> None:
        """Tell a line what it missed; where that is too much or cannot be known, to read everything anew."""
        actor, tail = line.viewer.actor, self.hub.tail
        if since == tail.high:
            return

        def missed() -> frozenset[Any] | None:
            cases = tail.missed(since=since)
            return cases and scopes.visible(actor=actor, found=scopes.sorted_out(cases))

        try:
            found = await self.room.ask(missed)
        except DatabaseError:
            found = None
        if found is None:
            line.reload()
        else:
            line.change(found)


async def _write(send: Send, line: Line, origin: str, beat: float) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"vary", b"Origin"),
    ]
    if origin:
        headers += [(b"access-control-allow-origin", origin.encode()), (b"access-control-allow-credentials", b"true")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    async for said in line.frames(beat=beat):
        await send({"type": "http.response.body", "body": said, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    """Return when the other end has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _whole(send: Send, status: int, body: dict[str, Any], *, again: int = 0) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    if again:
        headers.append((b"retry-after", str(again).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps(body)})


def _check_address(asked: Asked) -> None:
    """Raise Refused unless the page that asks is one of ours: on this very address, or named in the settings."""
    host, _port = split_domain_port(asked.host)
    if not host or not validate_host(host, settings.ALLOWED_HOSTS):
        raise Refused(400)
    try:
        own = urlsplit(asked.origin).netloc == asked.host
    except ValueError:  # what is no address at all
        raise Refused(403) from None
    if asked.origin and not own and asked.origin not in settings.LIVE_ORIGINS:
        raise Refused(403)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
