"""The tests stand on a real PostgreSQL whose role is no superuser."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_ours_and_its_role_is_no_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, usesuper FROM pg_user WHERE usename = current_user")
        assert cursor.fetchone() == ("grid", False)


@pytest.mark.django_db
def test_pages_of_the_cluster_carry_checksums():
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_checksums")
        assert cursor.fetchone() == ("on",)
