"""The page of work orders and the API ask by the same words and find the same orders."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from desk.lists import LISTS, Reader
from dispatch.api.filters import OrderFilters
from dispatch.choices import IN_HAND, Light, OrderState
from dispatch.models import WorkOrder
from dispatch.order_list import FILTERS, TABS, OrderFilter
from dispatch.querysets import OrderQuerySet
from kernel import clock
from petitions.choices import Urgency
from petitions.models import Petition
from tests.journeys.steps import dispatched
from tests.world import World, at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-18 11:30")
HOUR = timedelta(hours=1)


@pytest.fixture
def orders(world: World, monkeypatch: pytest.MonkeyPatch) -> list[WorkOrder]:
    """Forty orders in any state, of two units, due some hours ago or hence, some with the help of another unit."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    chance, pattern = random.Random(12), dispatched(world, at=NOW - 40 * HOUR)
    case, units = Petition.objects.get(pk=pattern.petition_id), [world.units[name].pk for name in ("urban", "water")]
    rows, cases = [], []
    for number in range(40):
        copy = {field.attname: getattr(case, field.attname) for field in Petition._meta.concrete_fields}
        copy |= {
            "id": f"00000000-0000-4000-8000-{number:012d}",
            "number": f"T{number:06d}",
            "tracking_code": f"T{number}",
        }
        cases.append(Petition(**copy))
        row = WorkOrder(**{one.attname: getattr(pattern, one.attname) for one in WorkOrder._meta.concrete_fields})
        row.pk, row.petition_id = f"00000000-0000-4000-9000-{number:012d}", copy["id"]
        row.state, row.urgency = (
            chance.choice([one for one in OrderState.values if one != "recalled"]),
            chance.choice(Urgency.values),
        )
        row.unit_id = chance.choice(units)
        row.assists = [one for one in units if one != row.unit_id and chance.random() < 0.4]
        row.handle_due_at = NOW + chance.choice([-30, -3, 2, 9, 50]) * HOUR
        row.half_at, row.yellow_at = row.handle_due_at - 10 * HOUR, row.handle_due_at - 4 * HOUR
        row.completed_at = NOW - chance.choice([1, 20]) * HOUR if row.state in ("completed", "closed") else None
        row.provisional, row.asking = chance.random() < 0.3, chance.choice(["", "", "extension", "pause"])
        rows.append(row)
    Petition.objects.bulk_create(cases)
    return WorkOrder.objects.bulk_create(rows)


def test_both_doors_know_the_same_words() -> None:
    assert set(OrderFilters.base_filters) == set(OrderFilter.base_fields) == set(FILTERS)


QUESTIONS: list[dict[str, Any]] = [
    *({"tab": tab} for tab in TABS),
    *({"tab": tab, "overdue": "true"} for tab in ("sign", "hand", "paused", "verify")),
    *({"open": "true", "light": light} for light in Light.values),
    {"state": ["signed", "completed"]},
    {"state": ["signed"], "urgency": "urgent"},
    {"state": ["completed", "paused", "assigned"], "overdue": "true"},
    {"open": "true"},
    {"open": "true", "overdue": "false"},
    {"open": "true", "mine": "true"},
    {"open": "true", "scope": "unit"},
    {"tab": "hand", "scope": "all"},
    {"open": "true", "asking": "pause"},
    {"open": "true", "provisional": "true"},
    {"open": "true", "due_before": "2026-11-18T15:00:00+08:00"},
    {"tab": "hand", "state": ["paused"]},
]


@pytest.mark.parametrize("who", ["urban_handler", "director", "west_officer"])
def test_the_page_and_the_api_find_the_same_orders(world: World, orders: list[WorkOrder], enter: Any, who: str) -> None:
    client, sizes = enter(who), set()
    units: list[dict[str, Any]] = [{"open": "true", "unit": str(world.units["water"].pk)}]
    for question in QUESTIONS + units:
        said = {"scope": client.get("/dispatch/").context["scope"], **question}
        shown = client.get(f"/dispatch/?{urlencode(said, doseq=True)}").context
        answer = client.get(f"/api/v1/orders/?{urlencode({**said, 'page_size': 200}, doseq=True)}")
        assert answer.status_code == 200, (question, answer.content)
        page = {str(row.order.pk) for row in shown["rows"]}
        assert page == {row["id"] for row in answer.json()["results"]}, (who, question)
        sizes.add(len(page))
        if all(isinstance(value, str) for value in said.values()):
            (form,), reader = LISTS["orders"].read([said]), Reader(actor=world.actor(who, on=NOW), at=NOW)
            kept = {str(one.pk) for rows in LISTS["orders"].rows(form, reader) for one in rows}
            assert kept == page, "what is kept of the list counts the same"
    assert who == "west_officer" or len(sizes) > 6, "the questions tell orders apart"


def test_only_what_a_unit_has_in_hand_is_overdue(orders: list[WorkOrder]) -> None:
    found: OrderQuerySet = WorkOrder.objects.overdue(at=NOW)
    expected = {str(one.pk) for one in orders if one.state in IN_HAND and one.handle_due_at < NOW}
    assert {str(one.pk) for one in found} == expected != set()
    assert {one.state for one in orders if one.handle_due_at < NOW} > {"paused", "completed"}


def test_a_wrong_word_is_refused_by_name_and_finds_nothing(enter: Any, orders: list[WorkOrder]) -> None:
    client = enter("director")
    for name, value in {"light": "pink", "urgency": "x", "asking": "y", "unit": "0x", "state": "z"}.items():
        assert list(client.get("/api/v1/orders/", {name: value}).json()["error"]["fields"]) == [name]
        shown = client.get("/dispatch/", {name: value, "open": "true"})
        assert shown.status_code == 200
        assert (shown.context["rows"], list(shown.context["form"].errors)) == ([], [name])
