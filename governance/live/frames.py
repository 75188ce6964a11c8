"""Server-sent events as bytes: what goes down the wire, and nothing of what a case says."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import orjson

RETRY_MS = 2000
"""How long a browser waits before it connects again by itself."""


def frame(name: str, *, mark: int | None = None, **data: object) -> bytes:
    """One event; `mark` is where a browser goes on reading after a gap (Last-Event-ID)."""
    head = f"id: {mark}\n".encode() if mark is not None else b""
    return head + f"event: {name}\n".encode() + b"data: " + orjson.dumps(data) + b"\n\n"


def hello(*, mark: int) -> bytes:
    """The first event of a stream, with how soon to come back when it breaks."""
    return f"retry: {RETRY_MS}\n".encode() + frame("hello", mark=mark)


def change(cases: Iterable[UUID], *, mark: int) -> bytes:
    """Cases that changed, by their ids alone: who may see one fetches it, and is checked again there."""
    return frame("change", mark=mark, cases=sorted(map(str, cases)))


def beat(*, mark: int) -> bytes:
    """A sign of life: it keeps the line open, and a page that misses it knows that the line is dead."""
    return frame("beat", mark=mark)
