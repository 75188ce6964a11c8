"""`python -m bench.calls [--calls N]`: the desk of calls, its tabs and the workbench with N open calls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench import pages

STATES = ("filed", "called", "called", "answered", "arrived", "reported")
BUDGET = 20
PATHS = ("/calls/?tab=all", "/calls/?tab=answer", "/calls/?tab=closed", "/calls/?tab=all&late=on", "/")


def main() -> None:
    """Measure and print."""
    pages.main(of="calls", doc=__doc__, usual=5000, fill=fill, measure=measure)


def fill(*, total: int) -> None:
    """Open calls in every state, of all townships to all departments, one in three with two cooperating units."""
    from calls.models import Call, Part
    from kernel import clock
    from kernel.ids import new_id
    from organizations.models import Posting, Unit

    at = clock.now()
    towns = list(Unit.objects.filter(kind="township").select_related("area").order_by("code"))
    departments = list(Unit.objects.filter(kind="department").order_by("code").values_list("pk", flat=True))
    center = Unit.objects.get(code="CC-370404").pk
    handlers = dict(Posting.objects.filter(role="handler").values_list("unit_id", "user_id"))
    calls, parts = [], []
    for number in range(total):
        town, lead = towns[number % len(towns)], departments[number * 7 % len(departments)]
        then = at - timedelta(minutes=number)
        calls.append(_call(Call, number, town, lead, center, handlers.get(lead), then, new_id(at=then)))
        for step in (1, 2) if number % 3 == 0 else ():
            unit = departments[(number * 7 + step) % len(departments)]
            due = then + timedelta(hours=4)
            parts.append(
                Part(id=new_id(at=then), call_id=calls[-1].pk, round=1, unit_id=unit, task="配合", called_at=then,
                     changed_at=then, answer_due_at=due, work_due_at=due, stage_due_at=due)
            )  # fmt: skip
    Call.objects.bulk_create(calls, batch_size=1000)
    Part.objects.bulk_create(parts, batch_size=1000)


def _call(model: Any, number: int, town: Any, lead: int, center: int, person: int | None, at: Any, pk: Any) -> Any:
    state = STATES[number % len(STATES)] if person else "called"
    led = state != "filed"
    answered = state in ("answered", "arrived", "reported")
    arrived = state in ("arrived", "reported")
    return model(
        id=pk, case_id=pk, number=f"B{number:09d}", state=state, kind="livelihood", place=town.area.prefix,
        asked=f"请派人到现场处置 {number}", salt=b"0", caller=town, center_id=center, round=1 if led else 0,
        lead_id=lead if led else None, involved=[lead] if led else [], called_at=at if led else None,
        answer_due_at=at + timedelta(hours=4) if led else None, work_due_at=at + timedelta(days=5) if led else None,
        person_id=person if answered else None, promised_at=at + timedelta(hours=3) if answered else None,
        answered_at=at if answered else None, arrived_at=at if arrived else None,
        result="已处置" if state == "reported" else "", reported_at=at if state == "reported" else None,
        parts_total=2 if number % 3 == 0 and led else 0, filed_at=at, stage_from=at, changed_at=at,
        stage_due_at=at + timedelta(hours=4),
    )  # fmt: skip


def measure() -> dict[str, Any]:
    """The pages of a dispatcher of the county, a department and a township."""
    from calls.models import Call
    from organizations.models import Posting

    lead = Call.objects.filter(state="called").values_list("lead_id", flat=True)[0]
    people = {
        "dispatcher": Posting.objects.filter(role="dispatcher", unit__code="CC-370404").first(),
        "handler": Posting.objects.filter(role="handler", unit_id=lead).first(),
        "township": Posting.objects.filter(role="township_officer").first(),
    }
    return pages.of_people(people, paths=lambda _posting: zip(PATHS, PATHS, strict=True), budget=BUDGET)


if __name__ == "__main__":
    main()
