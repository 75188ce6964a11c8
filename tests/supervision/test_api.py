"""The API of supervision: what it takes, what it refuses, and that nothing of a reporter comes out of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from knox.models import AuthToken

from kernel import clock
from supervision.api.outputs import ListingOutput, SupervisionOutput, SupervisionRow, UrgingOutput
from tests.api import supervised
from tests.api.conftest import Caller
from tests.supervision.steps import answered, in_hand, issued

pytestmark = pytest.mark.django_db
TEXT = {"reason": "overdue", "level": "ordinary", "content": "请立即办理。"}
REPORTER = ("张三丰", "张**", "13812345678", "138****5678")


@pytest.fixture
def enter(world):
    return lambda name: Caller(AuthToken.objects.create(user=world.users[name])[1])


@pytest.fixture
def work(world):
    return in_hand(world, at=clock.now() - timedelta(minutes=5))


def test_rows_are_as_described_and_tell_nothing_of_the_reporter(world, enter, work):
    supervisor = enter("supervisor")
    things = supervised.things(world, at=clock.now())
    supervisor.create("/urgings/", {"petition": str(work.petition_id)})
    pk, listed = things["order_answered"].pk, things["listed"].pk
    shapes = [
        ("/supervision-orders/", SupervisionRow),
        ("/urgings/", UrgingOutput),
        ("/listings/", ListingOutput),
    ]
    for path, shape in shapes:
        answer = supervisor.get(path)
        assert answer.status_code == 200
        assert answer.json()["results"]
        for row in answer.json()["results"]:
            assert set(row) == set(shape().fields), path
        assert not any(secret in answer.content.decode() for secret in REPORTER)
    one = supervisor.get(f"/supervision-orders/{pk}/")
    assert set(one.json()) == set(SupervisionOutput().fields)
    assert one.headers["ETag"] == f'"{one.json()["version"]}"'
    assert {move["action"] for move in one.json()["moves"]} == {"accept", "send-back", "withdraw"}
    stranger = enter("water_handler").get(f"/listings/{listed}/").json()
    assert stranger["petition"] is None
    assert stranger["moves"] == [] or not any(move["allowed"] for move in stranger["moves"])


def test_the_same_key_issues_once(enter, work):
    supervisor, key = enter("supervisor"), uuid4().hex
    body = {**TEXT, "petition": str(work.petition_id), "unit": work.unit_id}
    first, again = (supervisor.create("/supervision-orders/", body, key=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["number"] == again.json()["number"]
    assert supervisor.create("/supervision-orders/", body).status_code == 409
    assert supervisor.send("POST", "/supervision-orders/", body).status_code == 428


def test_a_second_urging_says_from_when(enter, work):
    dispatcher, body = enter("dispatcher"), {"petition": str(work.petition_id)}
    assert dispatcher.create("/urgings/", body).status_code == 201
    refused = dispatcher.create("/urgings/", body)
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "urged_already"
    assert refused.json()["error"]["details"]["again_at"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "dislike"},
        {"level": "top"},
        {"content": ""},
        {"content": "x" * 2001},
        {"content": 7},
        {"unit": "12"},
        {"unit": 0},
        {"unit": 2**40},
        {"unit": True},
        {"petition": "x"},
        {"petition": None},
        {"more": 1},
    ],
)
def test_what_an_order_may_not_say(enter, work, wrong):
    body = {**TEXT, "petition": str(work.petition_id), "unit": work.unit_id, **wrong}
    assert enter("supervisor").create("/supervision-orders/", body).status_code == 400


def test_bad_lists_are_answered_with_reasons(enter, work):
    supervisor = enter("supervisor")
    for path, query in [
        ("/supervision-orders/", {"state": "nonsense"}),
        ("/supervision-orders/", {"unit": "x"}),
        ("/supervision-orders/", {"ordering": "content"}),
        ("/supervision-orders/", {"cursor": "x"}),
        ("/supervision-orders/", {"petition": "x"}),
        ("/listings/", {"state": "gone"}),
        ("/urgings/", {"nothing": "1"}),
    ]:
        assert supervisor.get(path, **query).status_code == 400, (path, query)
    assert supervisor.get(f"/supervision-orders/{uuid4()}/").status_code == 404
    unknown = {**TEXT, "petition": str(uuid4()), "unit": work.unit_id}
    assert supervisor.create("/supervision-orders/", unknown).status_code == 404


def test_a_change_names_its_version_and_a_late_one_learns_what_happened(world, enter, work):
    made = issued(world, work, at=clock.now())
    handler = enter("urban_handler")
    path = f"/supervision-orders/{made.pk}/receive/"
    assert handler.deed(path, {}).status_code == 428
    assert handler.deed(path, {}, version=7).status_code == 412
    assert handler.deed(path, {}, version=1).status_code == 200
    late = handler.deed(path, {}, version=2)
    assert late.status_code == 409
    assert late.json()["error"]["details"]["last_event"] == "supervision.received"


def test_bad_dates_of_a_listing_are_named(world, enter):
    things = supervised.things(world, at=clock.now())
    body = {"petition": str(things["overdue"].pk), "demand": "x", "until": "2026-02-30", "recheck_on": "2026-12-01"}
    for until in ("2026-02-30", "9999-12-31", "1900-01-01", 5):
        answer = enter("supervisor").create("/listings/", {**body, "until": until})
        assert answer.status_code == 400, until
        assert "until" in answer.json()["error"]["fields"]


def test_who_answered_is_told_that_another_judges(world, enter, work):
    from organizations.models import Posting
    from tests.world import START

    Posting.objects.create(
        user=world.users["urban_handler"], unit=world.units["county"], role="supervisor", valid_from=START
    )
    made = answered(world, work, at=clock.now())
    refused = enter("urban_handler").deed(f"/supervision-orders/{made.pk}/accept/", {}, version=3)
    assert refused.status_code == 403
