"""The demo district has the shape of the real one, comes once, and only where it belongs."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from grids.models import Cell
from grids.queries import locate
from organizations.models import Area, Membership, Posting, ResponsibilityEntry, Team, Unit, User
from organizations.queries import actor_of, center_of, responsible_for
from petitions.models import Category
from tests.governance.demo_town import START, town

__all__ = ["town"]
pytestmark = pytest.mark.django_db


def test_the_district_has_the_numbers_of_the_real_one(town):
    assert Counter(Cell.objects.values_list("kind", flat=True)) == {"basic": 438, "dedicated": 118}
    assert Area.objects.filter(level="township").count() == 7
    assert Area.objects.filter(level="village").count() == 328
    assert ResponsibilityEntry.objects.count() > 600


def test_every_grid_has_a_worker_and_every_unit_somebody(town):
    workers = set(Posting.objects.filter(role="gridworker").values_list("cell_code", flat=True))
    assert workers == set(Cell.objects.values_list("code", flat=True))
    idle = Unit.objects.exclude(pk__in=Posting.objects.values("unit_id"))
    assert not idle.exists()


def test_every_village_climbs_to_the_city(town):
    parents = dict(Unit.objects.values_list("pk", "superior_id"))
    top = Unit.objects.get(code="CC-3704").pk
    for village in Unit.objects.filter(kind="village").values_list("pk", flat=True):
        chain = [village]
        while parents[chain[-1]] is not None:
            chain.append(parents[chain[-1]])
        assert len(chain) == 4
        assert chain[-1] == top


def test_every_matter_of_a_category_finds_a_lead_in_a_village(town):
    place = Cell.objects.order_by("code").values_list("code", flat=True).first()
    matters = set(Category.objects.filter(matter__isnull=False).values_list("matter_id", flat=True))
    nobody = [one for one in matters if responsible_for(matter_id=one, place=place, at=START).lead is None]
    assert not nobody


def test_a_point_lies_in_the_grid_that_was_drawn_there(town):
    for cell in Cell.objects.filter(kind="basic").order_by("code")[:40]:
        found = locate(lng=cell.lng, lat=cell.lat)
        assert cell.code in (found.cell_code, *found.others)
    assert center_of(place=cell.code, level="village").code == f"VL-{cell.code[:12]}"


def test_140_people_are_posted_down_to_the_seven_townships(town):
    people = Counter(Membership.objects.values_list("team__township_id", "team__kind"))
    assert sorted(people.values()) == [4] * 7 + [7] * 7 + [9] * 7
    assert all(one.powers.exists() for one in Team.objects.all())
    stations = Membership.objects.filter(home__kind="stationed_agency")
    assert all(one.home.area_id == one.team.township.area_id for one in stations)


def test_a_second_run_says_that_it_is_there(town):
    said = StringIO()
    before = User.objects.count()
    call_command("seed_demo", stdout=said)
    assert "already" in said.getvalue()
    assert User.objects.count() == before


def test_an_installation_gets_no_accounts_that_everybody_knows(town, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("seed_demo", stdout=StringIO())


def test_the_accounts_to_try_are_printed_and_can_sign_in(town, settings):
    said = StringIO()
    call_command("demo_accounts", stdout=said)
    for name in ("dispatcher", "verifier", "citylaw", "village001006", "citizen"):
        assert name in said.getvalue()
        user = User.objects.get(username=name)
        assert user.check_password(settings.DEMO_PASSWORD)
        assert actor_of(user, at=START).seats
