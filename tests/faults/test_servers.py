"""Redis may vanish at any moment and nobody notices except by waiting; PostgreSQL may stop in the middle of a word."""

from __future__ import annotations

import time

import pytest

from tests.faults.ledger import Crowd
from tests.faults.oracle import chains_verify, check
from tests.faults.stage import eventually

pytestmark = pytest.mark.processes


def test_redis_is_emptied_while_people_file(stage):
    with Crowd(stage) as crowd:
        for _ in range(5):
            stage.flush_redis()
            time.sleep(0.3)
        eventually(lambda: crowd.acknowledged > 10, what="filing goes on")
    crowd.ledgers[0].accept(next(iter(crowd.ledgers[0].acknowledged.values())))
    check(stage, *crowd.ledgers)
    assert crowd.ledgers[0].refused == {}


def test_without_redis_petitions_are_filed_all_the_same(stage, ledger):
    with stage.redis_stopped():
        for _ in range(5):
            ledger.file()
        assert len(ledger.acknowledged) == 5
        for case_id in ledger.acknowledged.values():
            ledger.accept(case_id)
    check(stage, ledger)


def test_a_hung_redis_holds_up_nobody_who_files(stage, ledger):
    with stage.redis_hung():
        for _ in range(5):
            ledger.file()
        assert len(ledger.acknowledged) == 5
        assert ledger.slowest < 10, "a generous bound: the aim is three seconds on a quiet machine"
        for case_id in ledger.acknowledged.values():
            ledger.accept(case_id)
        time.sleep(5)  # long enough for the worker and the beat to find out
    check(stage, ledger)


def test_postgres_stops_at_once_while_people_file(stage):
    with Crowd(stage) as crowd:
        for _ in range(2):
            before = crowd.acknowledged
            stage.restart_postgres()
            eventually(lambda before=before: crowd.acknowledged > before + 3, what="filing goes on")
    for ledger in crowd.ledgers[:1]:
        for case_id in list(ledger.acknowledged.values())[:2]:
            ledger.accept(case_id)
    check(stage, *crowd.ledgers)


def test_after_everything_the_command_of_the_operator_verifies_every_chain(stage, ledger):
    ledger.file()
    check(stage, ledger)
    chains_verify(stage)
