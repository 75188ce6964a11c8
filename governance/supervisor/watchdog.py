"""Health is progress: a worker that lives but lets events and timers lie is started anew."""

import json
import time
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import urlopen

PERIOD_SECONDS = 10.0
LAG_SECONDS = 60
SAMPLES = 3  # a backlog that shrinks is work being done; only one that never shrinks is a stuck worker
GRACE_SECONDS = 120.0
LAGS = ("oldest_due_timer_seconds", "oldest_pending_delivery_seconds")


class Watchdog:
    """Looks at /healthz now and then and tells when the worker or the web server has to be started anew."""

    def __init__(self, *, address: str) -> None:
        self.address = address
        self.next_look = time.monotonic() + PERIOD_SECONDS
        self.quiet_until = 0.0
        self.lags: list[int] = []
        self.silences = 0

    def victim(self) -> str:
        """Return the program to start anew, "worker" or "web", or nothing."""
        now = time.monotonic()
        if now < self.next_look:
            return ""
        self.next_look = now + PERIOD_SECONDS
        found = self._judge()
        if not found or now < self.quiet_until:
            return ""
        self.quiet_until = now + GRACE_SECONDS
        self.lags.clear()
        self.silences = 0
        return found

    def _judge(self) -> str:
        answer = self._look()
        if answer is None:
            self.silences += 1
            return "web" if self.silences >= SAMPLES else ""
        self.silences = 0
        self.lags = [*self.lags[-SAMPLES + 1 :], max((int(answer.get(name, 0)) for name in LAGS), default=0)]
        stuck = len(self.lags) == SAMPLES and self.lags == sorted(self.lags) and self.lags[0] > LAG_SECONDS
        return "worker" if stuck else ""

    def _look(self) -> dict[str, int] | None:
        """Return what /healthz says; an empty answer when the database is away, None when the web server is silent."""
        try:
            with urlopen(f"{self.address}healthz", timeout=5) as answer:  # noqa: S310  (our own address)
                return dict(json.load(answer))
        except HTTPError as late:
            with suppress(ValueError):
                return dict(json.load(late))
            return {}
        except OSError:
            return None
