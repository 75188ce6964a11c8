"""`python -m bench.whistles [--whistles N]`: desk, tasks, month, one whistle and the workbench with N open whistles."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import house

AIM_MS = 300.0
TIMES = 20
BUDGET = 21  # the workbench, which asks each of its tables
UNITS = 5
STATES = ("asked", "issued", "issued", "assembled", "recorded", "recorded")
PATHS = (
    "/whistles/",
    "/whistles/?tab=all",
    "/whistles/?tab=gather",
    "/whistles/?tab=all&late=on",
    "/whistles/tasks/?tab=open",
    "/whistles/month/",
    "/",
)


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(prog="bench.whistles", description=__doc__)
    words.add_argument("--whistles", type=int, default=500)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with house.seeded(data=given.data):
        house.manage("collectstatic", "--noinput", "--verbosity", "0")
        began = time.perf_counter()
        fill(total=given.whistles)
        figures = {"filled_in_seconds": round(time.perf_counter() - began, 1), **measure(total=given.whistles)}
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


def fill(*, total: int) -> None:
    """Open whistles in every state, of all townships to five departments each, those with minutes with three tasks."""
    from kernel import clock
    from kernel.ids import new_id
    from organizations.models import Unit
    from whistles.models import Summons, Task, Whistle

    at = clock.now()
    towns = list(Unit.objects.filter(kind="township").select_related("area").order_by("code"))
    departments = list(Unit.objects.filter(kind="department").order_by("code").values_list("pk", flat=True))
    whistles, summonses, tasks = [], [], []
    for number in range(total):
        then = at - timedelta(minutes=number)
        one = _whistle(Whistle, number, towns[number % len(towns)], then, new_id(at=then))
        whistles.append(one)
        called = [departments[(number * 7 + step) % len(departments)] for step in range(UNITS)]
        summonses += [_summons(Summons, one, unit, then, new_id(at=then)) for unit in called]
        for step in range(3) if one.minutes else ():
            due = then + timedelta(days=3)
            tasks.append(
                Task(id=new_id(at=then), whistle=one, number=step + 1, what=f"清理第{step + 1}处", unit_id=called[step],
                     limit_value=3, limit_unit="workday", given_at=then, due_at=due, stage_due_at=due, changed_at=then)
            )  # fmt: skip
    Whistle.objects.bulk_create(whistles, batch_size=500)
    Summons.objects.bulk_create(summonses, batch_size=1000)
    Task.objects.bulk_create(tasks, batch_size=1000)


def _whistle(model: Any, number: int, town: Any, at: Any, pk: Any) -> Any:
    state = STATES[number % len(STATES)]
    blown, recorded = state != "asked", state == "recorded"
    held = recorded or state == "assembled"
    return model(
        id=pk, case_id=pk, state=state, kind="key_work", county="370404", year=2020 if blown else None,
        serial=number + 1 if blown else None, number=f"B{number:06d}" if blown else "", matter=f"联合整治 {number}",
        salt=b"0", place=town.area.prefix, where="现场", meets_at=at + timedelta(hours=4), asker=town, opened_at=at,
        issuer=town if blown else None, issued_at=at if blown else None, stage_due_at=at + timedelta(hours=5),
        changed_at=at, held_at=at if held else None, minutes="会议纪要" if recorded else "",
        minutes_at=at if recorded else None, finish_by=at + timedelta(days=10) if recorded else None,
    )  # fmt: skip


def _summons(model: Any, whistle: Any, unit: int, at: Any, pk: Any) -> Any:
    blown, held = whistle.issued_at is not None, whistle.held_at is not None
    return model(
        id=pk, whistle=whistle, unit_id=unit, summoned_at=at if blown else None,
        receipt_due_at=at + timedelta(hours=4) if blown else None, attendance="present" if held else "awaited",
        arrived_at=at if held else None,
    )  # fmt: skip


def measure(*, total: int) -> dict[str, Any]:
    """Milliseconds and statements of each page for a dispatcher of the county, a department and a township's head."""
    from django.test import Client

    from organizations.models import Posting
    from whistles.models import Task, Whistle

    lead = Task.objects.values_list("unit_id", flat=True)[0]
    who = {
        "dispatcher": Posting.objects.filter(role="dispatcher", unit__code="CC-370404").first(),
        "department": Posting.objects.filter(role="handler", unit_id=lead).first()
        or Posting.objects.filter(role="department_head", unit_id=lead).first(),
        "head": Posting.objects.filter(role="township_head").first(),
    }
    found: dict[str, Any] = {"whistles": total, "aim_ms": AIM_MS, "budget": BUDGET, "pages": {}}
    for name, posting in who.items():
        assert posting is not None
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(posting.user)
        shown = Whistle.objects.filter(state="recorded", summonses__unit=posting.unit).first()
        paths = (*PATHS, f"/whistles/{shown.pk}/") if shown else PATHS
        for path in paths:
            label = "/whistles/{id}/" if shown and str(shown.pk) in path else path
            found["pages"][f"{name} {label}"] = _page(client, path)
    found["worst_statements"] = max(one["statements"] for one in found["pages"].values())
    return found


def _page(client: Any, path: str) -> dict[str, Any]:
    """How many statements one page takes, and how long."""
    from django.db import connection

    seen: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    def ask() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"

    ask()
    with connection.execute_wrapper(count):
        ask()
    return {"statements": len(seen), **house.timed(ask, times=TIMES)}


if __name__ == "__main__":
    main()
