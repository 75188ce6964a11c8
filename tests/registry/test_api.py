"""The registry over HTTP: from a draft to the answer who was responsible."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel import clock
from tests.api.conftest import enter  # noqa: F401
from tests.registry.steps import FOUNDED, duty, found, stall
from tests.world import EAST_VILLAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return timezone.localtime(clock.now()).date() + timedelta(days=30)


def body(day):
    return {"title": "调整", "reason": "职责调整", "effective": day.isoformat()}


def test_a_draft_by_api(enter, day):  # noqa: F811
    found(("T-CG", stall()), ("D-GS-1", duty()))
    keeper, director, citizen = enter("keeper"), enter("director"), enter("citizen")
    draft = keeper.create("/drafts/", body(day)).json()
    path = f"/drafts/{draft['id']}/"
    wrong = keeper.deed(
        f"{path}lines/", {"op": "change", "item_code": "T-CG", "payload": {"lead_unit": "NONE"}}, version=1
    )
    assert wrong.json()["lines"][0]["verdict"] == "wrong"
    refused = keeper.deed(f"{path}submit/", {}, version=2)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "draft_has_faults")
    line = {"op": "change", "item_code": "T-CG", "payload": {"lead_unit": "U-GS"}}
    assert keeper.deed(f"{path}lines/", line, version=1).status_code == 412
    assert keeper.deed(f"{path}lines/", line, version=2).status_code == 200
    plan = keeper.get(f"{path}plan/").json()
    assert plan["counts"]["changed"] == 1
    assert plan["lines"][0]["changes"] == [{"name": "lead_unit", "before": "D-CG", "after": "U-GS"}]
    assert keeper.deed(f"{path}submit/", {}, version=3).json()["state"] == "submitted"
    own = keeper.deed(f"{path}approve/", {}, version=4)
    assert (own.status_code, own.json()["error"]["code"]) == (403, "not_allowed")
    assert director.deed(f"{path}approve/", {"document": "2026-9"}, version=4).json()["state"] == "approved"
    history = citizen.get("/items/T-CG/history/").json()
    assert [one["number"] for one in history["versions"]] == [2, 1]
    assert history["acts"][0]["document"] == "2026-9"
    before = citizen.get("/items/responsible/", code="T-CG", place=EAST_VILLAGE, on=str(day - timedelta(days=1))).json()
    after = citizen.get("/items/responsible/", code="M-CG", place=EAST_VILLAGE, on=day.isoformat()).json()
    assert before["lead"]["unit"] != after["lead"]["unit"]
    assert (before["number"], after["number"]) == (1, 2)


def test_lists_of_items(enter):  # noqa: F811
    found(("T-CG", stall()), ("D-GS-1", duty()))
    citizen = enter("citizen")
    codes = lambda **query: [one["code"] for one in citizen.get("/items/", **query).json()["results"]]  # noqa: E731
    assert codes() == ["D-GS-1", "T-CG"]
    assert codes(kind="unit_duty") == ["D-GS-1"]
    assert codes(unit="U-GS") == ["D-GS-1"]
    assert codes(matter="M-CG") == ["T-CG"]
    assert codes(q="占道") == ["T-CG"]
    assert codes(status="withdrawn") == []
    card = citizen.get("/items/T-CG/").json()
    assert card["content"]["conditions"][0]["code"] == "M-CG-01"
    assert card["content"]["chart"][0]["next"] == ["2"]
    assert citizen.get("/items/T-CG/", on=str(FOUNDED - timedelta(days=1))).status_code == 404
    assert citizen.get("/items/NONE/").status_code == 404
    assert citizen.get("/items/responsible/", code="NONE", place=EAST_VILLAGE).status_code == 404
    assert citizen.get("/items/responsible/", code="M-CG").status_code == 400
    assert citizen.get("/items/", colour="red").status_code == 400


def test_a_draft_is_made_once(enter, day):  # noqa: F811
    keeper = enter("keeper")
    first = keeper.create("/drafts/", body(day), key="one")
    again = keeper.create("/drafts/", body(day), key="one")
    assert (first.status_code, first.json()["id"]) == (201, again.json()["id"])
    assert keeper.create("/drafts/", {**body(day), "origin": "founding"}).status_code == 400
    assert keeper.create("/drafts/", {**body(day), "effective": "soon"}).status_code == 400
