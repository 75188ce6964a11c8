"""What has to hold at every instant of a life, asked of the tables directly and not of the code that fills them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

from dispatch.models import Escalation, TimeRequest, WorkOrder
from kernel.chains import verify_case
from kernel.models import Delivery, Event, Timer
from organizations.models import ResponsibilityEntry
from petitions.history import ledger_of
from petitions.models import Petition
from registry.models import Item, ItemVersion
from tests.life.slow import Days

OPEN = ("assigned", "signed", "returning", "paused", "disputed")
FAR = date(9999, 1, 1)


def next_timer(*, before: datetime) -> datetime | None:
    """When the next armed timer is due, if before an instant."""
    row = Timer.objects.filter(state="armed", due_at__lte=before).order_by("due_at").first()
    return row.due_at if row else None


def founded() -> bool:
    return Item.objects.exists()


def one_lead() -> None:
    """No two leading rows of one matter and area in force on one day."""
    rows = ResponsibilityEntry.objects.filter(duty="lead").values_list("matter", "area", "valid_from", "valid_until")
    for one, other in combinations(rows, 2):
        if one[:2] == other[:2]:
            assert max(one[2], other[2]) >= min(one[3] or FAR, other[3] or FAR), (one, other)


def item_and_list_agree(item: Item, *, on: date) -> None:
    """Whom the item in force names leads in the decision table on that day, and nobody else."""
    said = ItemVersion.objects.filter(item=item, valid_from__lte=on).exclude(valid_until__lte=on).get()
    leads = ResponsibilityEntry.objects.in_force(on).filter(matter=item.matter, area=item.area, duty="lead")
    assert list(leads.values_list("unit_id", flat=True)) == [said.lead_unit_id]


def minutes_add_up(*, at: datetime) -> None:
    """The minutes of the holders of every case sum up to its age, and every chain is whole."""
    for petition in Petition.objects.all():
        book = ledger_of(petition=petition, at=at)
        whole = (book["until"] - petition.filed_at) // timedelta(minutes=1)
        assert book["minutes"] == whole == sum(one["minutes"] for one in book["segments"]), petition.number
        assert verify_case(case_id=petition.pk).intact


def deadlines_hold() -> None:
    """Every open order ends when the slow calculation says, and its timer rings then."""
    days = Days()
    for order in WorkOrder.objects.filter(state__in=OPEN, reworks=0):
        rows = TimeRequest.objects.filter(petition=order.petition_id, round=order.round, since__isnull=False)
        pauses = [(one.since, one.ended_at or one.until) for one in rows]
        end = days.end(order.counted_from, float(order.counted_value), order.counted_unit, pauses)
        assert order.handle_due_at == days.extended(end, order.extension_days, pauses), (order.pk, pauses)
        armed = Timer.objects.filter(subject_id=str(order.pk), kind="order.handle", state="armed")
        for timer in armed.filter(generation=1):
            assert timer.due_at == order.handle_due_at or order.rung


def rules_hold(world: Any) -> None:
    """R2 to R6 and R11 of the rules that the texts of law give."""
    orders = list(WorkOrder.objects.select_related("petition"))
    opened = Counter(one.petition_id for one in orders if one.state in (*OPEN, "completed"))
    assert all(number == 1 for number in opened.values())  # R2
    for order in orders:
        assert order.unit_id not in order.assists
        assert order.verified_by_id is None or order.verified_by_id != order.completed_by_id  # R5
        assert order.unit_id != world.units["east_town"].pk or not _only_cooperates(order)  # R4
    for petition in Petition.objects.all():
        mine = [one for one in orders if one.petition_id == petition.pk]
        granted = TimeRequest.objects.filter(petition=petition, kind="extension", outcome="granted")
        assert all(number == 1 for number in Counter(granted.values_list("round", flat=True)).values())  # R6
        assert petition.round <= 2  # R11
        _objections(mine)  # R3
    told = Escalation.objects.values_list("order", "clock", "generation", "rung")
    assert all(number == 1 for number in Counter(told).values())


def _only_cooperates(order: WorkOrder) -> bool:
    day = order.assigned_at.date()
    matter = order.petition.category.matter_id if order.petition.category else None
    rows = ResponsibilityEntry.objects.in_force(day).filter(matter=matter, rule="township_of_place")
    return rows.filter(duty="assist").exists() and not rows.filter(duty="lead").exists()


def _objections(orders: list[WorkOrder]) -> None:
    """A unit objects once to a round; after a ruling that binds, nothing of the case is returned any more."""
    events = Event.objects.filter(subject_id__in=[str(one.pk) for one in orders]).order_by("pk")
    asked = Counter(events.filter(name="order.return_requested").values_list("subject_id", flat=True))
    assert all(number == 1 for number in asked.values())
    bound: set[str] = set()
    for name, subject in events.values_list("name", "subject_id"):
        assert not (name == "order.returned" and subject in bound)
        if name == "order.return_refused":
            bound.add(subject)


def nothing_stuck() -> None:
    """No delivery and no timer has failed."""
    assert not Delivery.objects.filter(attempts__gt=0).exists()
    assert not Timer.objects.filter(attempts__gt=0).exists()
