"""Liaison officials over the API: the way of one, what is sent wrongly, and the same key twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel import clock
from liaisons.models import Assignment, Visit
from petitions.models import Petition
from tests.api import assigned as sent
from tests.api.conftest import enter
from tests.liaisons import steps
from tests.world import EAST_OTHER, EAST_VILLAGE, WEST_VILLAGE

__all__ = ["enter"]
pytestmark = pytest.mark.django_db
ASSIGNMENTS, VISITS = "/liaison-assignments/", "/liaison-visits/"


@pytest.fixture
def held(world):
    return steps.assigned(world, at=clock.now())


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_an_official_is_assigned_once_visits_and_is_relieved(world, enter):
    head, official = enter("east_head"), enter("verifier")
    made, again = (head.create(ASSIGNMENTS, sent.assigning(world, None), key="k") for _ in range(2))
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert made.json() == again.json()
    assert made.json()["assigned_by"]["name"] == "east_head"
    held = Assignment.objects.get()
    wrote = official.create(VISITS, sent.visiting(world, held), key="v")
    assert wrote.status_code == 201, wrote.content
    assert official.create(VISITS, sent.visiting(world, held), key="v").status_code in (201, 422)
    assert Petition.objects.count() == Visit.objects.count() == 1
    assert wrote.json()["petition"]["number"] == Petition.objects.get().number
    assert (wrote.json()["outcome"], wrote.json()["became"]) == ("passed", "open")
    (first, second) = rows(head.get("/liaison-communities/"))
    assert (first["code"], first["month"]["passed"], first["officials"][0]["official"]["name"]) == (
        EAST_VILLAGE, 1, "verifier",
    )  # fmt: skip
    assert second["officials"] == []
    assert [one["code"] for one in rows(head.get("/liaison-communities/", missing="true"))] == [EAST_OTHER]
    path = f"{ASSIGNMENTS}{held.pk}/end/"
    stale = head.deed(path, sent.ending(world, None), version=9)
    assert stale.status_code == 412
    assert head.deed(path, sent.ending(world, None)).status_code == 428
    done = head.deed(path, sent.ending(world, None), version=1)
    assert (done.status_code, done["ETag"], done.json()["ended_because"]) == (200, '"2"', "deed")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"place": "370404001000"}, "place"),
        ({"place": "工农"}, "place"),
        ({"place": 370404001006}, "place"),
        ({"official": "1"}, "official"),
        ({"official": 2_147_483_647}, "person"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"valid_until": "2025-01-01"}, "valid_until"),
        ({"reason": " "}, "reason"),
        ({"version": 1}, "version"),
    ],
)
def test_an_assignment_sent_wrongly_names_the_field(world, enter, changes, named):
    answer = enter("director").create(ASSIGNMENTS, {**sent.assigning(world, None), **changes})
    assert answer.status_code == 400
    assert named in answer.json()["error"]["fields"]
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"visited_at": "gestern"}, "visited_at"),
        ({"visited_at": "2030-01-01T00:00:00+08:00"}, "visited_at"),
        ({"found": ""}, "found"),
        ({"place": WEST_VILLAGE}, "place"),
        ({"lng": 117.59}, "lng"),
        ({"lng": "117.59", "lat": 34.77}, "lng"),
        ({"lng": 117.61, "lat": 34.77}, "lng"),
        ({"pass_on": {}}, "pass_on"),
        ({"pass_on": {"title": "x" * 200}}, "pass_on"),
        ({"pass_on": {"title": "路灯", "category_code": "999999"}}, "category"),
        ({"petition": "x"}, "petition"),
    ],
)
def test_a_visit_sent_wrongly_names_the_field_and_files_nothing(world, enter, held, changes, named):
    answer = enter("urban_handler").create(VISITS, {**sent.visiting(world, held), **changes})
    assert answer.status_code == 400
    assert named in answer.json()["error"]["fields"]
    assert not Visit.objects.exists()
    assert not Petition.objects.exists()


def test_a_visit_for_an_assignment_that_one_does_not_see_is_missing(world, enter, held):
    body = sent.visiting(world, held)
    assert enter("west_officer").create(VISITS, body).status_code == 404
    official = enter("urban_handler")
    assert official.create(VISITS, {**body, "assignment": "018f0000-0000-7000-8000-000000000000"}).status_code == 404
    assert official.create(VISITS, {**body, "assignment": "x"}).status_code == 400


def test_lists_are_narrowed_and_turned(world, enter, held):
    now = clock.now()
    steps.visited(world, held, at=now)
    steps.visited(world, held, at=now, passed_on=steps.PASSED)
    head = enter("east_head")
    assert len(rows(head.get(VISITS, outcome="solved"))) == 1
    assert len(rows(head.get(VISITS, open="true"))) == 1
    assert rows(head.get(VISITS, inside=EAST_OTHER)) == []
    assert rows(head.get(VISITS, until=(now - timedelta(days=1)).isoformat())) == []
    today = timezone.localdate().isoformat()
    assert len(rows(head.get(ASSIGNMENTS, on=today, official=str(held.user_id), inside="370404001"))) == 1
    assert rows(head.get(ASSIGNMENTS, on="2025-01-01")) == []
    assert rows(enter("west_officer").get(ASSIGNMENTS)) == []
    for name in ("outcome", "inside", "official", "open", "nonsense", "since"):
        assert head.get(VISITS, **{name: "x"}).status_code == 400, name
    first = head.get(VISITS, page_size="1").json()
    assert first["next"]
    assert head.get(f"{VISITS}?{first['next'].split('?')[1]}").json()["results"][0]["id"] != first["results"][0]["id"]


def test_colleagues_learn_nothing_of_what_was_passed_on(world, enter, held):
    steps.visited(world, held, at=clock.now(), passed_on=steps.PASSED)
    head = enter("urban_head")
    assert rows(head.get(VISITS)) == []
    assert head.get(f"{VISITS}{Visit.objects.get().pk}/").status_code == 404
    assert [one["id"] for one in rows(head.get(ASSIGNMENTS))] == [str(held.pk)]
