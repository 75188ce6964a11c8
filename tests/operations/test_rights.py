"""The application's role: reads and writes, only adds to the log, and owns nothing."""

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def as_application(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'grid_app'")
        if not cursor.fetchone():
            pytest.skip("this database has one role only")
    call_command("grant_rights")
    call_command("grant_rights")  # again: nothing changes
    return _rights


def test_the_log_can_only_be_added_to(as_application):
    assert as_application("kernel_event") == {"SELECT", "INSERT"}
    assert as_application("kernel_chain") == {"SELECT"}


def test_everything_else_can_be_written(as_application):
    assert as_application("kernel_delivery") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert as_application("petitions_petition") == {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_no_table_is_missing(as_application):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' EXCEPT "
            "SELECT table_name FROM information_schema.role_table_grants WHERE grantee = 'grid_app'"
        )
        assert cursor.fetchall() == []


def test_there_is_nothing_to_do_where_one_role_does_all(monkeypatch, capsys):
    monkeypatch.setenv("APP_ROLE", "nobody_here")
    call_command("grant_rights")
    assert "one role both owns and uses" in capsys.readouterr().out


def _rights(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants "
            "WHERE grantee = 'grid_app' AND table_name = %s",
            [table],
        )
        return {right for (right,) in cursor.fetchall()}
