"""Joint orders over the API: bad input, versions, the same key twice, and two at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from knox.models import AuthToken

from dispatch.models import JointTask
from dispatch.services.joint import answering
from kernel import clock
from organizations.choices import Role
from organizations.models import Posting, User
from tests.api.conftest import Caller, Enter
from tests.api.joined import joint, task_in
from tests.races import at_once
from tests.world import START, World, build

SOON = timedelta(minutes=10)


@pytest.fixture
def task(world: World) -> JointTask:
    return task_in(world, "given", at=clock.now() - SOON)


def address(task: JointTask, name: str = "") -> str:
    return f"/orders/{task.order_id}/tasks/{task.pk}/{name}"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"parts": []}, 400),
        ({"parts": "water"}, 400),
        ({"parts": [{"unit": 10**9, "text": "查明"}]}, 400),
        ({"parts": [{"unit": "1", "text": "查明"}]}, 400),
        ({"parts": [{"unit": "water", "text": "\u200b"}]}, 400),
        ({"parts": [{"unit": "water", "text": "查明", "days": 0}]}, 400),
        ({"parts": [{"unit": "water", "text": "查明", "days": 61}]}, 400),
        ({"parts": [{"unit": "water", "text": "查明", "more": 1}]}, 400),
        ({"parts": [{"unit": "water", "text": "查明"}, {"unit": "water", "text": "再查"}]}, 400),
        ({"parts": [{"unit": "urban", "text": "自己"}]}, 400),
        ({"parts": [{"unit": "east_town", "text": "再做"}]}, 409),
        ({"parts": [{"unit": "water", "text": "查明"}]}, 201),
    ],
)
def test_what_is_asked_is_checked(world: World, enter: Enter, task: JointTask, body: Any, status: int) -> None:
    parts = body.get("parts")
    named = parts if isinstance(parts, list) else []
    known = [
        {**one, "unit": world.units[one["unit"]].pk if one["unit"] in world.units else one["unit"]} for one in named
    ]
    sent = {**body, "parts": known} if named else body
    answer = enter("urban_handler").create(f"/orders/{task.order_id}/tasks/", sent)
    assert answer.status_code == status, answer.content


def test_a_deed_names_the_version_that_was_seen(world: World, enter: Enter, task: JointTask) -> None:
    officer = enter("east_officer")
    assert officer.deed(address(task, "receive/")).status_code == 428
    assert officer.deed(address(task, "receive/"), version=7).status_code == 412
    other = officer.deed(address(task, "receive/"), {"officer": world.users["water_handler"].pk}, version=1)
    assert (other.status_code, list(other.json()["error"]["fields"])) == (400, ["officer"])
    received = officer.deed(address(task, "receive/"), version=1)
    assert (received.status_code, received.headers["ETag"]) == (200, '"2"')
    early = officer.deed(address(task, "receive/"), version=2)
    assert early.status_code == 409
    offered = [one["action"] for one in received.json()["moves"] if one["allowed"]]
    assert offered == ["reply"]


def test_the_same_key_asks_once(world: World, enter: Enter) -> None:
    order, lead = joint(world, at=clock.now() - SOON), enter("urban_handler")
    body = {"parts": [{"unit": world.units["water"].pk, "text": "查明管线"}]}
    first, second = (lead.create(f"/orders/{order.pk}/tasks/", body, key="once") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    shown = lead.get(f"/orders/{order.pk}/").json()
    assert shown["joint"] == {"asked": 2, "replied": 0}
    assert [one["joint"] for one in lead.get("/orders/").json()["results"]] == [{"asked": 2, "replied": 0}]


def test_nobody_learns_who_reported_it(world: World, enter: Enter, task: JointTask) -> None:
    officer = enter("water_handler")
    lead = enter("urban_handler")
    lead.create(f"/orders/{task.order_id}/tasks/", {"parts": [{"unit": world.units["water"].pk, "text": "查明"}]})
    said = b"".join(
        officer.get(path).content
        for path in (f"/orders/{task.order_id}/", f"/orders/{task.order_id}/tasks/", f"/petitions/{task.petition_id}/")
    )
    assert "查明".encode() in said
    assert "张三丰".encode() not in said
    assert b"13812345678" not in said


@pytest.mark.django_db(transaction=True)
def test_two_replies_at_once() -> None:
    """One of them is the unit's reply; the other person is told that somebody was faster."""
    county = build()
    task = task_in(county, "given", at=clock.now() - SOON)
    answering.receive(task_id=task.pk, actor=county.actor("east_officer", on=clock.now()), at=clock.now())
    user = User.objects.create_user(username="second")
    Posting.objects.create(
        user=user, unit=county.units["east_town"], role=Role.TOWNSHIP_OFFICER, cell_code="", valid_from=START
    )
    callers = [Caller(AuthToken.objects.create(user=one)[1]) for one in (user, county.users["east_officer"])]
    answers = at_once(
        [
            lambda one=one, text=text: one.deed(address(task, "reply/"), {"text": text}, version=2)
            for one, text in zip(callers, ("甲", "乙"), strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    task.refresh_from_db()
    assert task.reply in ("甲", "乙")
    assert task.version == 3
