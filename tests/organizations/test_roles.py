"""The table of roles, and the actor that it makes of a person."""

from datetime import UTC, datetime, timedelta

import pytest

from organizations.choices import Role, UnitKind
from organizations.queries import actor_of
from organizations.roles import CAPABILITIES, COLUMNS, TABLE
from tests.factories import organizations as make

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CELL = f"{make.VILLAGE}001"


def test_the_table_names_every_role_once_and_every_row_is_whole():
    assert sorted(COLUMNS.values()) == sorted(Role)
    assert all(len(marks.split()) == len(COLUMNS) for marks in TABLE.values())
    assert all(set(marks.split()) <= {"x", "."} for marks in TABLE.values())
    assert all("x" in marks for marks in TABLE.values())


def test_whoever_keeps_the_accounts_sees_no_petition():
    assert CAPABILITIES[Role.ADMINISTRATOR] == {
        "account.manage",
        "development.keep",
        "finding.accept",
        "finding.assign",
        "finding.run",
        "finding.view",
        "operations.view",
        "reference.edit",
        "team.manage",
        "team.view",
        "time.rules",
    }


def test_only_the_centre_dispatches_and_whoever_handles_never_verifies():
    assert {role for role, held in CAPABILITIES.items() if "order.assign" in held} == {"dispatcher", "center_director"}
    for held in CAPABILITIES.values():
        assert not {"order.complete", "order.verify"} <= held


@pytest.mark.django_db
class TestActor:
    def test_somebody_without_a_posting_sits_as_a_citizen(self):
        someone = make.user()
        actor = actor_of(someone, at=AT)
        assert (actor.key, actor.user_id) == (f"user:{someone.pk}", someone.pk)
        assert actor.roles == {"citizen"}
        assert (actor.territories, actor.unit_ids) == ((), frozenset())

    def test_somebody_switched_off_has_no_seat(self):
        assert actor_of(make.posting(user=make.user(is_active=False)).user, at=AT).seats == ()

    @pytest.mark.parametrize(
        ("role", "kind", "place", "territory"),
        [
            (Role.DISPATCHER, UnitKind.COMMAND_CENTER, make.COUNTY, "370404"),
            (Role.VERIFIER, UnitKind.COMMAND_CENTER, make.COUNTY, "370404"),
            (Role.CENTER_DIRECTOR, UnitKind.COMMAND_CENTER, "370400000000", "3704"),
            (Role.SUPERVISOR, UnitKind.DEPARTMENT, make.COUNTY, "370404"),
            (Role.TOWNSHIP_OFFICER, UnitKind.TOWNSHIP, make.TOWNSHIP, "370404101"),
            (Role.VILLAGE_OFFICER, UnitKind.VILLAGE, make.VILLAGE, make.VILLAGE),
            (Role.GRIDWORKER, UnitKind.VILLAGE, make.VILLAGE, CELL),
            (Role.GRID_LEADER, UnitKind.VILLAGE, make.VILLAGE, CELL),
            (Role.HANDLER, UnitKind.DEPARTMENT, make.COUNTY, ""),
            (Role.MEDIATOR, UnitKind.MEDIATION_COMMITTEE, make.COUNTY, ""),
        ],
    )
    def test_a_seat_oversees_what_its_role_oversees(self, role, kind, place, territory):
        cell_code = CELL if role in (Role.GRIDWORKER, Role.GRID_LEADER) else ""
        held = make.posting(role, unit=make.unit(kind, place), cell_code=cell_code)
        (seat,) = actor_of(held.user, at=AT).seats
        assert (seat.role, seat.territory, seat.unit_id) == (role, territory, held.unit_id)
        assert seat.capabilities == CAPABILITIES[role]

    def test_an_administrator_reaches_no_case_by_place_or_unit(self):
        (seat,) = actor_of(make.posting(Role.ADMINISTRATOR).user, at=AT).seats
        assert (seat.territory, seat.unit_id) == ("", None)

    def test_only_postings_in_force_count_and_the_end_is_not_part_of_them(self):
        held = make.posting(Role.HANDLER, valid_until=AT)
        make.posting(Role.MEDIATOR, user=held.user, valid_from=AT)
        make.posting(Role.SUPERVISOR, user=held.user, valid_from=AT + timedelta(seconds=1))
        assert actor_of(held.user, at=AT).roles == {"mediator"}
        assert actor_of(held.user, at=AT - timedelta(seconds=1)).roles == {"handler"}

    def test_a_posting_to_a_closed_unit_does_not_count(self):
        assert actor_of(make.posting(unit=make.unit(active=False)).user, at=AT).roles == {"citizen"}

    def test_however_many_postings_one_query_reads_them(self, django_assert_num_queries):
        held = make.posting(Role.HANDLER)
        for role in (Role.MEDIATOR, Role.SUPERVISOR, Role.DISPATCHER):
            make.posting(role, user=held.user)
        with django_assert_num_queries(1):
            actor = actor_of(held.user, at=AT)
        assert len(actor.seats) == 4
