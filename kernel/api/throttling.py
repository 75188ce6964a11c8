"""How often somebody may ask: counted per minute in Redis, and in the process itself while Redis is away."""

from __future__ import annotations

import threading
import time
from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from kernel.counting import counted


class _Here:
    """What this process counted in the present window: the fallback, forgotten with each new window."""

    lock = threading.Lock()
    window = 0
    counts: dict[str, int]


_here = _Here()
_here.counts = {}


class CountingThrottle(SimpleRateThrottle):
    """One counter per caller and window. Without Redis each process counts alone, so that limiting fails nobody."""

    num_requests: int | None
    duration: int | None

    def allow_request(self, request: Request, view: Any) -> bool:
        """True while the caller is below the rate; the rate None allows everything."""
        if self.num_requests is None or self.duration is None:
            return True
        key = self.get_cache_key(request, view)
        if key is None:
            return True
        window = int(self.timer() // self.duration)
        return _count(f"{key}:{window}", window, self.duration) <= self.num_requests

    def wait(self) -> float:
        """Seconds until the next window; only asked for where there is a rate."""
        assert self.duration is not None
        return self.duration - self.timer() % self.duration

    def timer(self) -> float:
        """Seconds of the clock that all processes share."""
        return time.time()


class PerPerson(CountingThrottle):
    """Somebody signed in, wherever they sit."""

    scope = "user"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return f"asked:user:{request.user.pk}" if request.user.is_authenticated else None


class PerAddress(CountingThrottle):
    """Somebody unknown, by address: an office behind one address shares it."""

    scope = "anon"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        if request.user.is_authenticated:
            return None
        return f"asked:address:{self.get_ident(request)}"


def _count(key: str, window: int, seconds: int) -> int:
    """How often the key was counted in this window, this time included."""
    shared = counted(key, seconds=seconds)
    if shared is not None:
        return shared
    with _here.lock:
        if _here.window != window:
            _here.window, _here.counts = window, {}
        _here.counts[key] = _here.counts.get(key, 0) + 1
        return _here.counts[key]
