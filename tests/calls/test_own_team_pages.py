"""Sending the own team from the page, the desk of whoever is sent, and where it is seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from calls.models import Call
from kernel import clock
from kernel.actors import SYSTEM
from organizations.services.teams import found_team, post_down
from tests.api.conftest import callers
from tests.calls.steps import filed

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(world):
    at = clock.now()
    given = {"valid_from": timezone.localdate(at) - timedelta(days=9), "actor": SYSTEM, "at": at}
    town, home = world.units["east_town"].pk, world.units["urban"].pk
    made = found_team(code="T-1", name="执法中队", township_id=town, kind="squad", powers=["M-CG"], **given)
    post_down(team_id=made.pk, user_id=world.users["enforcer"].pk, home_id=home, **given)
    return made


def form(team, who):
    return {"kind": "emergency", "asked": "清理北门", "when": "list", "place": "370404001000", "who": who,
            "team_id": str(team.pk)}  # fmt: skip


def test_the_page_sends_the_team_alone_or_beside_a_call(world, page, team):
    assert "执法中队" in page("east_officer", "/calls/new/").content.decode()
    assert "执法中队" not in page("west_officer", "/calls/new/").content.decode()
    page("east_officer", "/calls/new/", form(team, "team"))
    own = Call.objects.get()
    assert (own.team_id, own.beside_id, own.state) == (team.pk, None, "called")
    page("east_officer", "/calls/new/", form(team, "both"))
    beside = Call.objects.get(beside__isnull=False)
    assert (beside.team_id, beside.beside.team_id, beside.beside.state) == (team.pk, None, "filed")
    page("east_officer", "/calls/new/", form(team, "department"))
    assert Call.objects.filter(team=None).count() == 2


def test_whoever_is_sent_finds_it_on_the_workbench_and_the_desk_and_answers(world, page, team):
    page("east_officer", "/calls/new/", form(team, "team"))
    call = Call.objects.get()
    for path in ("/", "/calls/", f"/calls/{call.pk}/"):
        assert "清理北门" in page("enforcer", path).content.decode(), path
    said = {"person_id": world.users["enforcer"].pk, "version": 1,
            "promised_at": f"{timezone.localtime(clock.now()) + timedelta(minutes=5):%Y-%m-%dT%H:%M}"}  # fmt: skip
    assert page("urban_handler", f"/calls/{call.pk}/answer/", said).status_code == 403
    page("enforcer", f"/calls/{call.pk}/answer/", said)
    call.refresh_from_db()
    assert (call.state, call.person_id) == ("answered", world.users["enforcer"].pk)
    assert "清理北门" not in page("east_officer", "/calls/?tab=mine").content.decode()


def test_it_stands_on_the_page_of_the_team_and_beside_the_call(world, page, team):
    call = filed(world, at=clock.now())
    page("east_officer", f"/calls/{call.pk}/send/", {"team_id": str(team.pk), "version": call.version})
    own = Call.objects.get(team=team)
    town = world.units["east_town"].pk
    assert own.number in page("east_officer", reverse("governance:township-teams", args=[town])).content.decode()
    assert own.number in page("east_officer", f"/calls/{call.pk}/").content.decode()
    # Water is no home of anybody in the team, and sees neither.
    assert page("water_handler", f"/calls/{own.pk}/").status_code == 404
    assert page("urban_handler", f"/calls/{call.pk}/send/").status_code == 404


def test_the_api_sends_a_team_alone_and_refuses_that_without_one(world, team):
    officer = callers(world, ["east_officer"])["east_officer"]
    said = {"kind": "livelihood", "asked": "清理", "team": str(team.pk), "only_team": True}
    made = officer.create("/calls/", said)
    assert made.status_code == 201
    assert made.json()["team"] == {"id": str(team.pk), "name": "执法中队"}
    del said["team"]
    assert officer.create("/calls/", said).status_code == 400
    both = officer.create("/calls/", {**said, "team": str(team.pk), "only_team": False}).json()
    assert both["team"] is None
    assert Call.objects.get(beside=both["id"]).team_id == team.pk
