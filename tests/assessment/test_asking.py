"""What statistics are asked: addresses are read strictly and back, and one question sees one instant."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.db import connection

from assessment.statistics import asking
from assessment.statistics.counting import one_snapshot
from assessment.statistics.indicators import TABLE
from assessment.statistics.tables import table_of
from kernel import snapshots
from kernel.actors import SYSTEM
from kernel.errors import Invalid
from tests.world import WEST, at

NOW = at("2026-11-18 11:30")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"whatever": "1"}, "whatever"),
        ({"of": "nothing"}, "of"),
        ({"of": ",".join(row.code for row in TABLE)}, "of"),
        ({"by": "moon"}, "by"),
        ({"by": "unit", "across": "unit", "of": "filed"}, "across"),
        ({"by": "unit", "across": "channel", "of": "filed,closed"}, "across"),
        ({"by": "day", "across": "month", "of": "filed"}, "across"),
        ({"period": "decade"}, "period"),
        ({"on": "2026-02-30"}, "on"),
        ({"period": "range", "since": "2026-03-01", "until": "2026-02-01"}, "until"),
        ({"period": "range", "since": "2000-01-01", "until": "2100-01-01", "by": "day"}, "by"),
        ({"area": "3704' OR 1=1"}, "area"),
        ({"unit": "0"}, "unit"),
        ({"category": "%"}, "category"),
        ({"channel": "carrier-pigeon"}, "channel"),
        ({"against": "tomorrow"}, "against"),
    ],
)
def test_what_an_address_says_wrongly_is_refused_by_name(world, said, field):
    with pytest.raises(Invalid) as refused:
        table_of(question=asking.read(said=said, at=NOW), actor=SYSTEM, at=NOW)
    assert field in refused.value.fields


def test_a_question_reads_back_from_its_own_address(world):
    said = {"of": "closed", "by": "unit", "across": "week", "period": "quarter", "on": "2026-10-05", "area": WEST[:9]}
    question = asking.read(said=said, at=NOW)
    assert asking.read(said=question.parameters(), at=NOW) == question


def test_one_snapshot_may_stand_inside_another_transaction(world):
    with one_snapshot(), connection.cursor() as cursor:
        assert connection.in_atomic_block
        cursor.execute("SHOW transaction_isolation")  # that of the transaction around it, which may write
        assert cursor.fetchone() == ("read committed",)


def test_one_snapshot_is_one_and_only_reads(monkeypatch):
    said = []
    cursor = SimpleNamespace(execute=said.append)
    monkeypatch.setattr(
        snapshots, "connection", SimpleNamespace(in_atomic_block=False, cursor=lambda: nullcontext(cursor))
    )
    monkeypatch.setattr(snapshots, "transaction", SimpleNamespace(atomic=nullcontext))
    with one_snapshot():
        assert "REPEATABLE READ, READ ONLY" in said[0]
