"""Enforcement teams of townships: founded, posted down to, recalled from, ended, and what the database refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from kernel.actors import SYSTEM
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale
from kernel.models import Event
from organizations.choices import Role, UnitKind
from organizations.models import Membership, Team
from organizations.queries import actor_of
from organizations.queries.teams import rosters
from organizations.services.teams import end_team, found_team, post_down, recall
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, 1, tzinfo=UTC)
JANUARY, MARCH, JUNE, DECEMBER = (date(2026, month, 1) for month in (1, 3, 6, 12))


@pytest.fixture
def township():
    return make.unit(UnitKind.TOWNSHIP, make.TOWNSHIP)


def team(township, code="T-1", actor=SYSTEM, **fields):
    given = {"name": "执法中队", "kind": "squad", "valid_from": JANUARY} | fields
    return found_team(code=code, township_id=township.pk, actor=actor, at=AT, **given)


def down(into, person=None, actor=SYSTEM, **fields):
    """Post somebody down; without a person a new one of a new department."""
    held = person or make.posting(Role.ENFORCER)
    given = {"valid_from": MARCH, "home_id": held.unit_id} | fields
    return post_down(team_id=into.pk, user_id=held.user_id, actor=actor, at=AT, **given)


def holder(role, unit):
    return actor_of(make.posting(role, unit=unit).user, at=AT)


def wrong(deed, **given):
    """The fields that the deed names."""
    with pytest.raises(Invalid) as refused, transaction.atomic():
        deed(**given)
    return set(refused.value.fields)


def test_a_township_has_a_team_with_powers_and_people_of_two_superiors(township):
    matter = make.matter()
    made = team(township, powers=[matter.code])
    held = make.posting(Role.ENFORCER)
    member = down(made, held)
    (seen,) = rosters(team_ids=[made.pk], on=MARCH)[made.pk]
    assert (seen.pk, seen.home_id, seen.team.township) == (member.pk, held.unit_id, township)
    assert list(made.powers.all()) == [matter]
    assert (made.sign, Team.objects.get().version) == ("1", 2)
    told = {one.name: one.payload for one in Event.objects.filter(case_id=made.pk)}
    assert told["team.founded"]["powers"] == [matter.code]
    assert told["team.posted"] == {
        "user_id": held.user_id, "home": held.unit_id, "valid_from": "2026-03-01", "valid_until": "",
    }  # fmt: skip


def test_somebody_is_in_one_team_at_a_time_but_may_go_from_one_to_another(township):
    first, other = team(township), team(make.unit(UnitKind.TOWNSHIP, "370404102000"), "T-2")
    held = make.posting(Role.ENFORCER)
    member = down(first, held)
    assert wrong(down, into=other, person=held, valid_from=JUNE) == {"person"}
    recall(team_id=first.pk, membership_id=member.pk, on=JUNE, actor=SYSTEM, at=AT)
    down(other, held, valid_from=JUNE)
    assert wrong(down, into=first, person=held, valid_from=JANUARY) == {"person"}
    assert down(first, held, valid_from=JANUARY, valid_until=MARCH).valid_until == MARCH


def test_only_people_of_a_department_are_posted_down(township):
    made, held = team(township), make.posting(Role.ENFORCER)
    village = make.posting(Role.VILLAGE_OFFICER, unit=make.unit(UnitKind.VILLAGE, make.VILLAGE))
    assert wrong(down, into=made, person=held, home_id=make.unit().pk) == {"person"}
    assert wrong(down, into=made, person=village) == {"home"}
    assert wrong(down, into=made, person=make.posting(user=make.user(is_active=False))) == {"person"}
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"code": "中队"}, {"code"}),
        ({"code": "t 1"}, {"code"}),
        ({"name": " "}, {"name"}),
        ({"kind": "army"}, {"kind"}),
        ({"powers": ["NO-SUCH"]}, {"powers"}),
        ({"valid_until": JANUARY}, {"valid_until"}),
        ({"code": "", "name": ""}, {"code", "name"}),
    ],
)
def test_a_team_that_cannot_be_names_its_fields(township, fields, named):
    assert wrong(team, township=township, **fields) == named


def test_a_township_has_one_squad_and_any_number_of_others(township):
    squad = team(township, valid_until=JUNE)
    assert wrong(team, township=township, code="T-2", valid_from=MARCH) == {"kind"}
    assert wrong(team, township=township, code="T-1", kind="stationed") == {"code"}
    team(township, "T-2", valid_from=JUNE)
    assert team(township, "T-3", kind="auxiliary").sign == "Y"
    with pytest.raises(IntegrityError, match="team_one_squad"), transaction.atomic():
        Team.objects.filter(pk=squad.pk).update(valid_until=DECEMBER)


def test_periods_lie_inside_of_the_team(township):
    made = team(township, valid_from=MARCH, valid_until=JUNE)
    assert wrong(down, into=made, valid_from=JANUARY) == {"valid_from"}
    assert wrong(down, into=made, valid_from=JUNE, valid_until=DECEMBER) == {"valid_from", "valid_until"}
    assert wrong(down, into=made, valid_until=MARCH) == {"valid_until"}
    assert down(made).valid_until == JUNE


def test_a_team_that_ends_sends_its_people_back(township):
    made = team(township)
    gone, staying = down(made, valid_until=JUNE), down(made)
    assert wrong(end_team, team_id=made.pk, on=MARCH, actor=SYSTEM, at=AT) == {"on"}
    end_team(team_id=made.pk, on=DECEMBER, actor=SYSTEM, at=AT)
    assert [Membership.objects.get(pk=one.pk).valid_until for one in (gone, staying)] == [JUNE, DECEMBER]
    ended = Event.objects.filter(case_id=made.pk).latest("seq")
    assert (ended.name, ended.payload["people"]) == ("team.ended", [staying.user_id])
    with pytest.raises(Conflict), transaction.atomic():
        end_team(team_id=made.pk, on=DECEMBER, actor=SYSTEM, at=AT)
    assert wrong(down, into=made, valid_from=DECEMBER) == {"valid_from"}


def test_nobody_is_recalled_twice_or_before_the_first_day(township):
    made = team(township)
    member = down(made)
    said = {"team_id": made.pk, "membership_id": member.pk, "actor": SYSTEM, "at": AT}
    assert wrong(recall, **said, on=MARCH) == {"on"}
    assert wrong(recall, **{**said, "membership_id": 0}, on=JUNE) == {"membership"}
    assert recall(**said, on=JUNE).valid_until == JUNE
    with pytest.raises(Conflict), transaction.atomic():
        recall(**said, on=DECEMBER)


def test_a_township_keeps_its_own_roster_and_no_other(township):
    other = make.unit(UnitKind.TOWNSHIP, "370404102000")
    for role in (Role.TOWNSHIP_HEAD, Role.TOWNSHIP_OFFICER):
        head = holder(role, township)
        made = team(township, f"T-{role.value[-4:].upper()}", actor=head, kind="stationed")
        member = down(made, actor=head)
        with pytest.raises(NotAllowed), transaction.atomic():
            down(made, actor=holder(role, other))
        with pytest.raises(NotAllowed), transaction.atomic():
            recall(team_id=made.pk, membership_id=member.pk, on=JUNE, actor=holder(Role.HANDLER, make.unit()), at=AT)
    with pytest.raises(NotAllowed), transaction.atomic():
        team(township, "T-9", actor=holder(Role.TOWNSHIP_HEAD, other))
    team(township, "T-9", actor=holder(Role.ADMINISTRATOR, make.unit()))


def test_who_sees_a_team(township):
    made, held = team(township), make.posting(Role.ENFORCER)
    down(made, held)
    county = make.unit(UnitKind.COMMAND_CENTER)
    seeing = {
        "township": holder(Role.TOWNSHIP_OFFICER, township),
        "county": holder(Role.DISPATCHER, county),
        "home": holder(Role.HANDLER, held.unit),
        "keeps all": holder(Role.ADMINISTRATOR, county),
        "other township": holder(Role.TOWNSHIP_HEAD, make.unit(UnitKind.TOWNSHIP, "370404102000")),
        "other department": holder(Role.HANDLER, make.unit()),
        "village": holder(Role.VILLAGE_OFFICER, make.unit(UnitKind.VILLAGE, make.VILLAGE)),
        "citizen": actor_of(make.user(), at=AT),
    }
    seen = {who for who, actor in seeing.items() if Team.objects.visible_to(actor).exists()}
    assert seen == {"township", "county", "home", "keeps all"}


def test_a_change_names_the_version_it_was_made_from(township):
    made = team(township)
    down(made, version=1)
    with pytest.raises(Stale) as refused, transaction.atomic():
        down(made, version=1)
    assert refused.value.details == {"current_version": 2, "your_version": 1}
    with pytest.raises(Missing), transaction.atomic():
        end_team(team_id="00000000-0000-0000-0000-000000000000", on=JUNE, actor=SYSTEM, at=AT)


def test_the_database_keeps_teams_to_townships_and_members_to_departments_and_periods(township):
    made, held = team(township, valid_until=DECEMBER), make.posting(Role.ENFORCER)
    row = {"team": made, "user": held.user, "home": held.unit, "valid_from": MARCH}
    refused = {
        "team_of_a_township": lambda: Team.objects.filter(pk=made.pk).update(township=make.unit()),
        "membership_from_department": lambda: Membership.objects.create(**row | {"home": township}),
        "membership_inside_team": lambda: Membership.objects.create(**row),
        "membership_dates_ordered": lambda: Membership.objects.create(**row, valid_until=MARCH),
        "team_dates_ordered": lambda: Team.objects.filter(pk=made.pk).update(valid_from=DECEMBER),
    }
    for constraint, act in refused.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            act()


def test_a_row_of_the_roster_stands(township):
    made = team(township)
    member = down(made, valid_until=JUNE)
    rows = Membership.objects.filter(pk=member.pk)
    for change in ({"valid_until": DECEMBER}, {"valid_until": None}, {"valid_from": JANUARY}, {"user": make.user()}):
        with pytest.raises(IntegrityError, match="membership_stands"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="membership_stands"), transaction.atomic():
        member.delete()
    with pytest.raises(IntegrityError, match="membership_one_team"), transaction.atomic():
        Membership.objects.create(team=made, user=member.user, home=member.home, valid_from=MARCH)
    with pytest.raises(IntegrityError, match="membership_inside_team"), transaction.atomic():
        Team.objects.filter(pk=made.pk).update(valid_until=MARCH)
    assert rows.update(valid_until=date(2026, 5, 1)) == 1
