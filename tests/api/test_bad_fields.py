"""Anything in any field of what plans, key work and liaison officials take: a clear 4xx and nothing changed, or a deed.

What is right is known from the table of access; each field of it, at every depth, is then sent as something else, by
somebody who may do the deed.
"""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest

from developments.models import Development
from kernel import clock
from kernel.models import Event, StoredAnswer, Timer
from tests.api import assigned, keyed, planned
from tests.api.conftest import callers, undone
from tests.api.matrix import PEOPLE, WHO

pytestmark = pytest.mark.django_db
PARTS = (assigned, keyed, planned)
CREATING = tuple(one for part in PARTS for one in part.CREATING)
SENT = {address: sent for part in PARTS for address, sent in part.SENT.items() if address.startswith("POST ")}
BY_FILE = "/hand-in/"  # a file, and no field
JUNK = (
    None, True, -1, 0, 1.5, 10**17, "", " ", "x", "\x00", "\u202e", "长" * 5001, "１２", [], [None], {}, {"x": 1},
    "0001-01-01", "9999-12-31", "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
SHAPE = {"code", "message", "fields", "details", "request_id"}


@pytest.fixture(scope="module")
def scene(county):
    at = clock.now() - timedelta(minutes=10)
    things = {}
    for part in PARTS:
        things |= part.things(county, at=at)
    return county, callers(county, PEOPLE), things


def sender(scene, address):
    """What a good client would send, and a way to send it, by the first person who may."""
    county, people, things = scene
    key, sent = SENT[address]
    thing = things[key]
    if not isinstance(thing, planned.PieceOf):
        thing.refresh_from_db()
    allowed = WHO[address].replace(" ", "").index("x")
    caller = people[list(PEOPLE)[allowed]]
    names = ("step_id", "paper_id")
    path = address.split(" ")[1].format(pk=thing.pk, **{name: getattr(thing, name, "") for name in names})

    def send(body):
        if path in CREATING or path.endswith(keyed.BESIDE):
            return caller.create(path, body)
        return caller.deed(path, body, version=getattr(thing, "version", 1))

    body = orjson.loads(orjson.dumps(sent(county, thing), default=str))
    return body, send


def places(body, path=()):
    """Every place of a body that something stands in: the keys and numbers that lead there."""
    inner = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


def changed(body, path, value):
    """The body with something else in one place."""
    copy = orjson.loads(orjson.dumps(body))
    where = copy
    for key in path[:-1]:
        where = where[key]
    where[path[-1]] = value
    return copy


def state_of_things():
    return Event.objects.count(), StoredAnswer.objects.count(), Timer.objects.count(), Development.objects.count()


def told(answer, said):
    """A refusal in the one shape, or the deed; never a fault of ours."""
    assert answer.status_code < 500, (said, answer.status_code, answer.content[:300])
    if answer.status_code >= 400:
        error = answer.json()["error"]
        assert set(error) == SHAPE, said
        assert error["message"], said
    return answer.status_code


@pytest.mark.parametrize("address", sorted(one for one in SENT if not one.endswith(BY_FILE)))
def test_anything_in_any_field(scene, address):
    body, send = sender(scene, address)
    before = state_of_things()
    with undone():
        assert told(send(body), body) < 300
    for path in places(body):
        for value in JUNK:
            said = changed(body, path, value)
            with undone():
                if told(send(said), (path, value)) >= 400:
                    assert state_of_things() == before, (path, value)
    for wrong in ({**body, "state": "closed"}, [body], "x", 1, None):
        with undone():
            assert told(send(orjson.dumps(wrong)), wrong) == 400
            assert state_of_things() == before


@pytest.mark.parametrize("address", sorted(one for one in SENT if not one.endswith(BY_FILE)))
def test_whatever_is_needed_cannot_be_left_out(scene, address):
    body, send = sender(scene, address)
    for name in body:
        with undone():
            less = {key: value for key, value in body.items() if key != name}
            assert told(send(less), name) in (200, 201, 400, 409), name


FAR = {"starts_on": "2026-01-01", "ends_on": "9999-12-31"}


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("POST /action-plans/", FAR),
        ("POST /action-plans/", {"starts_on": "9999-12-01", "ends_on": "9999-12-31"}),
        ("POST /action-plans/", {"starts_on": "0001-01-01", "ends_on": "2030-12-31"}),
        ("POST /action-plans/{pk}/batches/", FAR),
        ("POST /projects/{pk}/instructions/", {"due_on": "9999-12-31"}),
        ("POST /project-bulletins/", {"day": "9999-12-31"}),
        ("POST /liaison-assignments/", {"valid_from": "0001-01-01", "valid_until": "0001-01-02"}),
    ],
)
def test_for_ever_and_before_all_time_are_no_days(scene, address, wrong):
    body, send = sender(scene, address)
    with undone():
        answer = send({**body, **wrong})
        assert told(answer, wrong) == 400
        assert set(answer.json()["error"]["fields"]) <= set(wrong)
