"""The command that proves or refutes every chain; and the fences that make refuting rare."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from kernel.models import Event
from tests.journeys.steps import dispatched, filed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db

TRIGGERS = ("kernel_event_fixed", "kernel_event_chain")
HISTORY = "UPDATE kernel_event SET canonical = canonical || ' '"
REHASH = """
DO $$
DECLARE row record; before bytea := '';
BEGIN
    FOR row IN SELECT * FROM kernel_event WHERE case_id = '{case}' ORDER BY seq LOOP
        before := sha256(
            before || convert_to(row.case_id || ':' || row.seq || ':' || row.canonical, 'UTF8'));
        UPDATE kernel_event SET hash = before,
               prev = coalesce((SELECT hash FROM kernel_event WHERE case_id = row.case_id AND seq = row.seq - 1), '')
         WHERE id = row.id;
    END LOOP;
END $$
"""


@pytest.fixture
def case(world):
    other = filed(world, at=MONDAY)
    order = dispatched(world, at=MONDAY)
    assert other.pk != order.petition_id
    return order.petition_id


def as_superuser(*statements):
    """What somebody does who owns the table and lowers the fences first."""
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            cursor.execute(f"ALTER TABLE kernel_event DISABLE TRIGGER {trigger}")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for trigger in TRIGGERS:
            cursor.execute(f"ALTER TABLE kernel_event ENABLE ALWAYS TRIGGER {trigger}")


def verified(capsys, **options) -> str:
    """What the command says of what is broken; empty where nothing is."""
    code = 0
    try:
        call_command("verify_chains", **options)
    except SystemExit as ended:
        code = ended.code
    told = capsys.readouterr()
    assert code == (1 if "broken:" in told.err else 0)
    assert "verified in" in told.out
    return told.err


def test_what_nobody_touched_verifies(case, capsys):
    assert verified(capsys) == ""
    assert verified(capsys, case=[case]) == ""


@pytest.mark.parametrize(
    ("change", "seq", "why"),
    [
        ("""payload = payload || '{"kind": "development"}' WHERE seq = 1""", 1, "columns"),
        ("canonical = replace(canonical, 'livelihood', 'development') WHERE seq = 1", 1, "hash"),
        ("seq = seq + 100 WHERE seq IN (2, 3)", 2, "missing"),
    ],
)
def test_a_changed_row_is_named_with_its_case(case, capsys, change, seq, why):
    as_superuser(f"UPDATE kernel_event SET {change} AND case_id = '{case}'")
    told = verified(capsys)
    assert told.count("broken:") == 1
    assert f"case {case} at {seq}: {why}" in told


def test_two_rows_that_changed_places_are_found(case, capsys):
    swap = "UPDATE kernel_event SET seq = CASE seq WHEN 2 THEN 903 ELSE 902 END WHERE case_id = '{}' AND seq IN (2, 3)"
    back = "UPDATE kernel_event SET seq = seq - 900 WHERE case_id = '{}' AND seq > 900"
    as_superuser(swap.format(case), back.format(case))
    assert f"case {case} at 2: previous" in verified(capsys)


@pytest.mark.parametrize("which", ["seq = 2", "seq = (SELECT max(seq) FROM kernel_event WHERE case_id = '{}')"])
def test_a_row_taken_out_of_the_middle_or_the_end_is_missed(case, capsys, which):
    gone = f"case_id = '{case}' AND {which.format(case)}"
    as_superuser(
        f"DELETE FROM kernel_delivery WHERE event_id IN (SELECT id FROM kernel_event WHERE {gone})",
        f"DELETE FROM kernel_event WHERE {gone}",
    )
    assert f"case {case} at " in (told := verified(capsys))
    assert "missing (no such row)" in told


def test_a_whole_history_hashed_anew_does_not_reach_the_head(case, capsys):
    as_superuser(
        f"UPDATE kernel_event SET actor_key = 'user:0', canonical = regexp_replace(canonical, 'user:\\d+', 'user:0') "
        f"WHERE case_id = '{case}' AND actor_key LIKE 'user:%'",
        REHASH.format(case=case),
    )
    assert "head" in verified(capsys)


def test_only_cases_with_later_events_are_asked(case, capsys):
    assert verified(capsys, since=MONDAY.replace(year=2001)) == ""
    as_superuser(f"{HISTORY} WHERE case_id = '{case}'")
    assert str(case) in verified(capsys, since=MONDAY.replace(year=2001))
    assert verified(capsys, since=MONDAY.replace(year=2090)) == ""


@pytest.mark.parametrize(
    "attack", ["UPDATE kernel_event SET holder = ''", "DELETE FROM kernel_event", "TRUNCATE kernel_event CASCADE"]
)
def test_the_triggers_refuse_to_rewrite_even_for_the_owner(case, attack):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kernel_event ENABLE ALWAYS TRIGGER kernel_event_kept")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(attack)
    assert Event.objects.filter(case_id=case).exists()


def test_the_end_of_a_chain_cannot_be_removed(case):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_chain")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE kernel_event SET holder = ''",
        "DELETE FROM kernel_event",
        "TRUNCATE kernel_event",
        "UPDATE kernel_chain SET seq = 1",
        "INSERT INTO kernel_chain (case_id, seq, head) VALUES (gen_random_uuid(), 1, '')",
        "ALTER TABLE kernel_event DISABLE TRIGGER ALL",
        "DROP TABLE kernel_event",
    ],
)
def test_the_grants_refuse_the_application_itself(as_application, attack):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        as_application(attack)


@pytest.fixture
def as_application(transactional_db) -> Iterator[Callable[[str], None]]:
    """A session of the role that serves requests, on the embedded server of this run."""
    secrets = Path(os.environ.get("GRID_DATA_DIR", "")) / "servers.secret"
    if not secrets.exists():
        pytest.skip("this database has one role only")
    call_command("grant_rights", verbosity=0)
    given = connection.settings_dict
    session = psycopg2.connect(
        host=given["HOST"],
        port=given["PORT"],
        dbname=given["NAME"],
        user="grid_app",
        password=json.loads(secrets.read_text())["grid_app"],
    )
    with closing(session), session.cursor() as cursor:
        yield cursor.execute
