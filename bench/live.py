"""`python -m bench.live [--people N] [--events N]`: N dashboards on the live stream of one process.

Half of them oversee the county, most others a township, some work for a department and so have a scope of their own.
Measured are the memory of the process, the time from a deed's commit until everybody whom it concerns has heard of it,
and the time from a right withdrawn until the stream is closed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import house
from governance.embedded.ports import free_port
from governance.supervisor import plan

PATIENCE = 30.0
# Of every ten people: what they are posted as.
ROLES = ("dispatcher",) * 5 + ("township_officer",) * 4 + ("handler",)


class Listener:
    """One dashboard: a raw connection that reads the stream and notes when it heard of which case."""

    def __init__(self, user_id: int, role: str, session: str) -> None:
        self.user_id, self.role, self.session = user_id, role, session
        self.heard: dict[str, float] = {}
        self.ready = asyncio.Event()
        self.closed_at = 0.0

    async def listen(self, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        cookie = f"Cookie: sessionid={self.session}\r\n"
        writer.write(f"GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{cookie}\r\n".encode())
        with closing(writer):
            while line := await reader.readline():
                if line == b"event: hello\n":
                    self.ready.set()
                elif line.startswith(b'data: {"cases"'):
                    now = time.perf_counter()
                    for case in json.loads(line[6:])["cases"]:
                        self.heard.setdefault(case, now)
                elif line.startswith(b"event: bye"):
                    break
        self.closed_at = time.perf_counter()


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(prog="bench.live", description=__doc__)
    words.add_argument("--people", type=int, default=500)
    words.add_argument("--events", type=int, default=60)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with house.seeded(data=given.data):
        people = posted(given.people)
        with served() as (port, process):
            figures = asyncio.run(measured(people, port=port, process=process, events=given.events))
    figures["load"] = os.getloadavg()[0]
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """The process as the supervisor starts it; yields its port and its number."""
    port = free_port()
    command = plan.programs(host="127.0.0.1", port=port + 1, live_port=port, data=Path())["live"].command
    process = subprocess.Popen(command, cwd=house.ROOT, stdout=sys.stderr)
    try:
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def posted(count: int) -> list[tuple[int, str, str]]:
    """So many people with postings and sessions: id, role and key of the session of each."""
    from django.contrib.auth import get_user_model, login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from kernel import clock
    from organizations.models import Posting, Unit

    kinds = {"dispatcher": "command_center", "township_officer": "township", "handler": "department"}
    units = {role: list(Unit.objects.filter(kind=kind, active=True).order_by("pk")) for role, kind in kinds.items()}
    units["dispatcher"] = [one for one in units["dispatcher"] if one.level == "county"]
    since, made = clock.now() - timedelta(days=1), []
    for number in range(count):
        role = ROLES[number % len(ROLES)]
        user = get_user_model().objects.create_user(username=f"bench{number}", password=None)
        unit = units[role][number // len(ROLES) % len(units[role])]
        Posting.objects.create(user=user, unit=unit, role=role, valid_from=since)
        request = HttpRequest()
        request.session = SessionStore()
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        request.session.save()
        made.append((user.pk, role, request.session.session_key or ""))
    return made


async def measured(people: list[tuple[int, str, str]], *, port: int, process: int, events: int) -> dict[str, Any]:
    """Connect everybody, let things happen, take rights away."""
    await answering(port)
    idle = memory(process)["rss_mb"]
    listeners = [Listener(*one) for one in people]
    began = time.perf_counter()
    tasks = [asyncio.ensure_future(one.listen(port)) for one in listeners]
    await asyncio.wait_for(asyncio.gather(*(one.ready.wait() for one in listeners)), 120)
    connected = time.perf_counter() - began
    delivered, told = await deliveries(listeners, events)
    closings = await withdrawn(listeners)
    figures = {
        "people": len(people),
        "connected_in_s": round(connected, 2),
        "memory": {"idle_mb": idle, **memory(process)},
        "delivery_to_all_s": {**spread(delivered), "events": len(delivered), "told": told},
        "closed_after_right_withdrawn_s": spread(closings),
    }
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return figures


async def deliveries(listeners: list[Listener], events: int) -> tuple[list[float], int]:
    """Seconds from each commit until the last whom it concerns has heard; at moments of no rhythm."""
    dice, told = random.Random(1), 0
    took: list[float] = []
    cells = await asyncio.to_thread(grids)
    for number in range(events):
        await asyncio.sleep(dice.uniform(0.2, 1.2))
        case, concerned = await asyncio.to_thread(happen, number, cells=cells)
        began = time.perf_counter()
        among = [one for one in listeners if one.user_id in concerned]
        told += len(among)
        while not all(case in one.heard for one in among):
            if time.perf_counter() - began > PATIENCE:
                return [*took, PATIENCE], told
            await asyncio.sleep(0.005)
        took.append(max(max(one.heard[case] for one in among) - began, 0.0))
    return took, told


def grids() -> list[Any]:
    """Where things happen."""
    from django.db import connection

    from grids.models import Cell

    found = list(Cell.objects.drawn().order_by("code"))
    connection.close()
    return found


def happen(number: int, *, cells: Sequence[Any]) -> tuple[str, set[int]]:
    """File a petition; its id, and who of the people sees it (asked before, so that the clock starts at the commit)."""
    from django.db import connection

    from kernel import clock
    from kernel.actors import SYSTEM
    from organizations.models import Posting
    from petitions.services.filing import ReporterData, file_petition

    cell = cells[number * 37 % len(cells)]
    ours = Posting.objects.filter(user__username__startswith="bench")
    concerned = set(ours.filter(role="dispatcher").values_list("user_id", flat=True))
    officers = ours.filter(role="township_officer", unit__area__code__startswith=cell.code[:9])
    concerned |= set(officers.values_list("user_id", flat=True))
    said: dict[str, Any] = {"nature": "complaint", "channel": "hotline", "title": f"bench {number}", "description": "x"}
    reporter = ReporterData(name="", phone="")
    made = file_petition(actor=SYSTEM, at=clock.now(), lng=cell.lng, lat=cell.lat, reporter=reporter, **said)
    connection.close()
    return str(made.pk), concerned


async def withdrawn(listeners: list[Listener]) -> list[float]:
    """Seconds until the stream is closed: five whose posting ends, five who are signed out, five switched off."""
    took = []
    for number, one in enumerate(listeners[:15]):
        began = time.perf_counter()
        await asyncio.to_thread(withdraw, one, number % 3)
        while not one.closed_at and time.perf_counter() - began < PATIENCE:
            await asyncio.sleep(0.01)
        took.append((one.closed_at or began + PATIENCE) - began)
    return took


def withdraw(one: Listener, how: int) -> None:
    """Take away the posting, the session or the account."""
    from django.contrib.auth import get_user_model
    from django.contrib.sessions.models import Session
    from django.db import connection

    from kernel import clock
    from organizations.models import Posting

    if how == 0:
        Posting.objects.filter(user_id=one.user_id).update(valid_until=clock.now())
    elif how == 1:
        Session.objects.filter(pk=one.session).delete()
    else:
        get_user_model().objects.filter(pk=one.user_id).update(is_active=False)
    connection.close()


async def answering(port: int) -> None:
    """Wait until the process lets people in."""
    for _attempt in range(600):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise RuntimeError("the live process did not answer")


def memory(process: int) -> dict[str, float]:
    """What the process holds now and held at most, in MB."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return {
        name: round(int(lines[key].split()[0]) / 1024, 1) for name, key in (("rss_mb", "VmRSS"), ("peak_mb", "VmHWM"))
    }


def spread(seconds: list[float]) -> dict[str, float]:
    """Half, nineteen of twenty, and all are faster than this."""
    ordered = sorted(seconds)
    at = min(int(len(ordered) * 0.95), len(ordered) - 1)
    return {"p50": round(ordered[len(ordered) // 2], 3), "p95": round(ordered[at], 3), "max": round(ordered[-1], 3)}


if __name__ == "__main__":
    main()
