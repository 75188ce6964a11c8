"""The id of the request or task at hand, so that an event can be traced to what caused it."""

from __future__ import annotations

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
