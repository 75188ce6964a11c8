"""The machinery behind the doors: relay, timers, transitions, statements. Run in processes of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import django

WORKERS = 2


def in_processes(task: str, *words: str) -> dict[str, float]:
    """Run one task in two processes at once; what they did together, and how long that took."""
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.engine", task, *words]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _number in range(WORKERS)]
    said = [json.loads(worker.communicate()[0]) for worker in workers]
    total, busy = sum(one["done"] for one in said), max(one["seconds"] for one in said)
    return {
        "done": total,
        "seconds": round(busy, 2),
        "per_second": round(total / busy, 1) if busy else 0.0,
        "with_start_seconds": round(time.monotonic() - began, 2),
    }


def _drain() -> int:
    from kernel import clock, relay

    return relay.deliver_everything(at=clock.now() + timedelta(seconds=1))


def _fire() -> int:
    from kernel import clock, timers

    return timers.fire_everything(at=clock.now())


def idle_poll() -> dict[str, float]:
    """What one look for due timers costs when none is due."""
    from kernel import clock, timers

    times = []
    for _attempt in range(50):
        began = time.perf_counter()
        timers.fire_due(at=clock.now())
        times.append((time.perf_counter() - began) * 1000)
    return {"median_ms": round(statistics.median(times), 2), "max_ms": round(max(times), 2)}


def transitions(count: int) -> dict[str, Any]:
    """Accept petitions one after the other, and count the statements of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from kernel import clock
    from organizations.models import Posting
    from organizations.queries import actor_of
    from petitions.models import Petition
    from petitions.services.reception import accept

    posting = Posting.objects.filter(role="dispatcher", unit__level="county").select_related("user").first()
    if posting is None:
        raise RuntimeError("the district has no dispatcher")
    actor = actor_of(posting.user, at=clock.now())
    waiting = list(
        Petition.objects.filter(state="filed", number__startswith="YC")
        .order_by("filed_at")
        .values_list("pk", flat=True)[:count]
    )
    times = []
    with CaptureQueriesContext(connection) as first:
        accept(petition_id=waiting.pop(), category_code="010101", actor=actor, at=clock.now())
    for petition_id in waiting:
        began = time.perf_counter()
        accept(petition_id=petition_id, category_code="010101", actor=actor, at=clock.now())
        times.append((time.perf_counter() - began) * 1000)
    ordered = sorted(times)
    return {
        "per_second": round(1000 * len(times) / sum(times), 1),
        "p50_ms": round(statistics.median(times), 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 2),
        "statements": len(first.captured_queries),
    }


if __name__ == "__main__":
    django.setup()
    started = time.monotonic()
    done = {"drain": _drain, "fire": _fire}[sys.argv[1]]()
    sys.stdout.write(json.dumps({"done": done, "seconds": time.monotonic() - started}))
