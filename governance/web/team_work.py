"""What the people of enforcement teams have on their hands: calls that they come for, orders that they signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from calls.choices import OPEN_STATES, OWED_PARTS
from calls.models import Call, Part
from dispatch.choices import OPEN_ORDERS
from dispatch.joint.choices import OPEN_TASKS
from dispatch.models import JointTask, WorkOrder


@dataclass(frozen=True, slots=True)
class Work:
    """Open calls and open orders by the id of the person, who is named for a call or signed an order."""

    calls: Counter[int]
    orders: Counter[int]

    def of(self, people: Iterable[int]) -> tuple[int, int]:
        """How many calls and how many orders these people have open together."""
        ids = set(people)
        return sum(self.calls[one] for one in ids), sum(self.orders[one] for one in ids)


def work_of(*, people: Iterable[int]) -> Work:
    """The open work of these people, whether they lead or cooperate. Four queries, none for nobody."""
    ids = sorted(set(people))
    if not ids:
        return Work(Counter(), Counter())
    calls = Call.objects.filter(person_id__in=ids, state__in=OPEN_STATES)
    parts = Part.objects.filter(person_id__in=ids, state__in=OWED_PARTS)
    orders = WorkOrder.objects.filter(signed_by_id__in=ids, state__in=OPEN_ORDERS)
    tasks = JointTask.objects.filter(officer_id__in=ids, state__in=OPEN_TASKS)
    return Work(
        _counted(calls, "person_id") + _counted(parts, "person_id"),
        _counted(orders, "signed_by_id") + _counted(tasks, "officer_id"),
    )


def _counted(rows: object, person: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(person).annotate(Count("pk"))))  # type: ignore[attr-defined]
