"""Browsers that listen to the live process, which runs in this very process: no socket, the same application."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest

from governance.live.application import Live
from governance.live.door import Limits
from governance.live.hub import Pace

QUICK = Pace(look=0.02, check=0.02, beat=30)
SECONDS = 20  # only a test that fails waits that long
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user) -> str:
    """The key of a new session of somebody."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(request, user, backend=BACKEND)
    request.session.save()
    return request.session.session_key


class Stream:
    """One request to /live/ and what comes back."""

    def __init__(self, live: Live, *, session: str = "", query: str = "", path: str = "/live/", **headers: str) -> None:
        self.status = 0
        self.events: list[tuple[str, dict[str, Any], str]] = []
        self.over = asyncio.Event()
        self._left: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()
        cookie = {"cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}
        given = {"host": "localhost:8001", **cookie, **{name.replace("_", "-"): text for name, text in headers.items()}}
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), text.encode()) for name, text in given.items()],
        }
        self._task = asyncio.ensure_future(self._run(live, scope))

    async def _run(self, live: Live, scope: dict[str, Any]) -> None:
        try:
            await live(scope, lambda: asyncio.shield(self._left), self._send)
        finally:
            self.over.set()

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = dict(message["headers"])
        elif message["body"] and self.status == 200:
            self.events += map(_read, message["body"].decode().strip().split("\n\n"))

    def heard(self, name: str) -> list[dict[str, Any]]:
        return [data for event, data, _mark in self.events if event == name]

    @property
    def cases(self) -> set[str]:
        return {case for data in self.heard("change") for case in data["cases"]}

    @property
    def mark(self) -> str:
        return [mark for _event, _data, mark in self.events if mark][-1]

    async def until(self, happened: Callable[[], object]) -> None:
        """Wait until something has happened."""
        async with asyncio.timeout(SECONDS):
            while not happened():
                await asyncio.sleep(0.005)

    async def leave(self) -> None:
        if not self._left.done():
            self._left.set_result({"type": "http.disconnect"})
        await self._task


def _read(text: str) -> tuple[str, dict[str, Any], str]:
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    return lines["event"], json.loads(lines["data"]), lines.get("id", "")


def listening(story: Callable[[Live], Awaitable[None]], *, limits: Limits | None = None) -> None:
    """Tell a story beside a live process of its own."""

    async def told() -> None:
        live = Live(pace=QUICK, limits=limits)
        await live.start()
        try:
            await story(live)
        finally:
            await live.stop()

    in_a_loop(told)


def in_a_loop(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Tell a story in a loop and a thread of its own: in this one a browser of other tests may have its loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(story())).result()


async def done(deed: Callable[[], Any]) -> Any:
    """Do something to the database, from a thread that then closes its connection."""

    def run() -> Any:
        with contextlib.closing(connection):
            return deed()

    return await asyncio.to_thread(run)
