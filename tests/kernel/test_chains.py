"""The chain of a case proves itself, and names the first row where somebody was at it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from kernel.chains import verify_all, verify_case
from tests.journeys.steps import dispatched, let_time_pass
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    order = dispatched(world, at=MONDAY)
    let_time_pass(until=at("2026-11-17 12:00"))
    return order.petition_id


def tamper(sql, *parameters):
    """As a superuser would who is not afraid of triggers."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_event DISABLE TRIGGER kernel_event_fixed")
        cursor.execute("ALTER TABLE kernel_event DISABLE TRIGGER kernel_event_chain")
        cursor.execute("ALTER TABLE kernel_chain DISABLE TRIGGER kernel_chain_kept")
        cursor.execute(sql, parameters)
        assert cursor.rowcount > 0


def test_what_nobody_touched_is_intact(case):
    status = verify_case(case_id=case)
    assert status.intact
    assert status.length >= 5
    assert [one.case_id for one in verify_all(batch=1)] == [case]
    assert all(one.intact for one in verify_all())


def test_a_case_that_never_was_has_nothing_to_prove():
    assert verify_case(case_id=uuid4()).length == 0


@pytest.mark.parametrize(
    ("sql", "seq", "why"),
    [
        ("UPDATE kernel_event SET holder = 'nobody' WHERE seq = 2", 2, "columns"),
        ("UPDATE kernel_event SET actor_key = 'user:99' WHERE seq = 1", 1, "columns"),
        ("UPDATE kernel_event SET occurred_at = occurred_at - interval '1 day' WHERE seq = 3", 3, "columns"),
        ("""UPDATE kernel_event SET payload = payload || '{"unit": 1}' WHERE seq = 3""", 3, "columns"),
        ("UPDATE kernel_event SET canonical = replace(canonical, 'user', 'xxxx') WHERE seq = 2", 2, "hash"),
        ("UPDATE kernel_event SET hash = sha256('x') WHERE seq = 2", 2, "hash"),
        ("UPDATE kernel_event SET prev = '' WHERE seq = 2", 2, "previous"),
        ("UPDATE kernel_event SET seq = 99 WHERE seq = 2", 2, "missing"),
        ("UPDATE kernel_chain SET head = sha256('x')", 0, "head"),
    ],
)
def test_the_first_changed_row_is_named(case, sql, seq, why):
    tamper(sql)
    found = verify_case(case_id=case)
    assert (found.broken.why, found.broken.seq) == (why, seq or found.length)
    assert [one.broken for one in verify_all()] == [found.broken]


@pytest.mark.parametrize("missing", ["seq = 2", "seq = 1", "seq = (SELECT max(seq) FROM kernel_event)", "true"])
def test_what_was_cut_out_shows(case, missing):
    tamper("DELETE FROM kernel_delivery")
    length = verify_case(case_id=case).length
    tamper(f"DELETE FROM kernel_event WHERE {missing}")
    found = verify_case(case_id=case)
    assert found.broken.why == "missing"
    assert found.broken.seq <= length
    assert not all(one.intact for one in verify_all())


def test_events_whose_chain_was_removed_are_reported(case):
    tamper("DELETE FROM kernel_chain")
    assert verify_case(case_id=case).broken.why == "unchained"
    assert [one.broken.why for one in verify_all()] == ["unchained"]
