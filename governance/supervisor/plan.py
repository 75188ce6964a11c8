"""What runs: a table of programs with the reason for each word on their command lines."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """A program of the supervisor: `once` programs are finished when they exit with 0, the others must not exit."""

    name: str
    command: tuple[str, ...]
    once: bool = False
    niceness: int = 0


def manage(*words: str) -> tuple[str, ...]:
    """Return a management command as a command line."""
    return (sys.executable, "manage.py", *words)


def programs(*, host: str, port: int, live_port: int, data: Path) -> Mapping[str, Plan]:
    """Return every program by its name."""
    plans = (
        Plan("web", _web(host, port)),
        Plan("live", _live(host, live_port)),
        Plan("worker", _worker()),
        Plan("beat", _beat(data)),
        # Nice: the person who looks at the first page must not feel the history grow behind it.
        Plan("history", manage("grow_history"), once=True, niceness=10),
    )
    return {plan.name: plan for plan in plans}


def _web(host: str, port: int) -> tuple[str, ...]:
    granian = (sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--http", "1")
    listen = ("--host", host, "--port", str(port))
    # Two processes for two cores; four threads each, so that a slow page does not hold up the others.
    size = ("--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "3")
    return (*granian, *listen, *size, "--log-level", "warning", "governance.wsgi:application")


def _live(host: str, port: int) -> tuple[str, ...]:
    uvicorn = (sys.executable, "-m", "uvicorn", "--host", host, "--port", str(port), "--lifespan", "on")
    # Streams never end by themselves: whoever stops it does not wait for them, and browsers come back.
    quiet = ("--timeout-graceful-shutdown", "1", "--no-access-log", "--no-server-header", "--log-level", "warning")
    return (*uvicorn, *quiet, "governance.live.asgi:application")


def _worker() -> tuple[str, ...]:
    celery = (sys.executable, "-m", "celery", "-A", "governance.celery:app", "worker", "--pool", "prefork")
    # One worker has nobody to gossip with; each of these would be traffic for nothing.
    alone = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    return (*celery, "--concurrency", "2", *alone, "--loglevel", "INFO")


def _beat(data: Path) -> tuple[str, ...]:
    celery = (sys.executable, "-m", "celery", "-A", "governance.celery:app", "beat")
    return (*celery, "--schedule", str(data / "beat" / "schedule"), "--pidfile", "", "--loglevel", "WARNING")
