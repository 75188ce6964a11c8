"""`python -m bench.whistles [--whistles N]`: desk, tasks, month, one whistle and the workbench with N open whistles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench import pages

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
    pages.main(of="whistles", doc=__doc__, usual=500, fill=fill, measure=measure)


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
                     limit_value=3, limit_unit="workday", given_at=then, due_at=due, stage_from=then, stage_due_at=due,
                     changed_at=then)
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


def measure() -> dict[str, Any]:
    """The pages of a dispatcher of the county, a department and a township's head."""
    from organizations.models import Posting
    from whistles.models import Task

    lead = Task.objects.values_list("unit_id", flat=True)[0]
    people = {
        "dispatcher": Posting.objects.filter(role="dispatcher", unit__code="CC-370404").first(),
        "department": Posting.objects.filter(role="handler", unit_id=lead).first()
        or Posting.objects.filter(role="department_head", unit_id=lead).first(),
        "head": Posting.objects.filter(role="township_head").first(),
    }
    return pages.of_people(people, paths=_paths, budget=BUDGET)


def _paths(posting: Any) -> list[tuple[str, str]]:
    """The same for everybody, and one whistle that the person's unit is called to."""
    from whistles.models import Whistle

    shown = Whistle.objects.filter(state="recorded", summonses__unit=posting.unit).first()
    own = [("/whistles/{id}/", f"/whistles/{shown.pk}/")] if shown else []
    return [*((path, path) for path in PATHS), *own]


if __name__ == "__main__":
    main()
