"""How many statements the registry costs, however many items there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.actors import SYSTEM
from registry.choices import DraftOrigin
from registry.services import drafts, publishing
from registry.services.drafts import LineInput
from tests.api.conftest import enter  # noqa: F401
from tests.api.test_budgets import budget, ok
from tests.registry.steps import FOUNDED, duty, found, proposed, stall
from tests.world import EAST_VILLAGE, MONDAY

pytestmark = pytest.mark.django_db


def test_reading(enter):  # noqa: F811
    found(("T-CG", stall()), *((f"D-GS-{number}", duty()) for number in range(20)))
    citizen = enter("citizen")
    citizen.get("/items/")
    with budget("list items"):
        assert len(ok(citizen.get("/items/", q="供水"))["results"]) == 20
    with budget("show an item"):
        ok(citizen.get("/items/T-CG/"))
    with budget("history of an item"):
        ok(citizen.get("/items/T-CG/history/"))
    with budget("who was responsible"):
        ok(citizen.get("/items/responsible/", code="T-CG", place=EAST_VILLAGE))


def test_a_draft(enter, world):  # noqa: F811
    found(("T-CG", stall()))
    made = proposed(world, ("change", "T-CG", {"safeguards": "新"}))
    director = enter("director")
    with budget("plan of a draft"):
        ok(director.get(f"/drafts/{made.pk}/plan/"))
    with budget("approve a draft"):
        ok(director.deed(f"/drafts/{made.pk}/approve/", {}, version=3))


def cost_of(count: int) -> int:
    """Statements of founding so many items."""
    lines = [LineInput(op="new", item_code=f"D-{count}-{n}", payload=duty(name=str(n))) for n in range(count)]
    opened = drafts.open_draft(
        title="x", origin=DraftOrigin.FOUNDING, reason="x", effective=FOUNDED, document="1", actor=SYSTEM, at=MONDAY
    )
    with CaptureQueriesContext(connection) as seen:
        drafts.put_lines(draft_id=opened.pk, lines=lines, actor=SYSTEM, at=MONDAY)
        drafts.submit(draft_id=opened.pk, actor=SYSTEM, at=MONDAY)
        publishing.approve(draft_id=opened.pk, actor=SYSTEM, at=MONDAY)
    return len(seen.captured_queries)


def test_a_hundred_items_cost_what_two_cost(world):
    assert cost_of(100) == cost_of(2)
