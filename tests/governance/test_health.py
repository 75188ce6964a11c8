"""/healthz says whether work that must happen lies undone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from governance.web.health import LATE_AFTER_SECONDS
from kernel import clock
from kernel.models import Timer


def timer_due(*, seconds_ago: int) -> None:
    """An armed timer that somebody should have fired."""
    due = clock.now() - timedelta(seconds=seconds_ago)
    Timer.objects.create(
        case_id=uuid4(), subject_id=uuid4().hex, kind="test.clock", started_at=due - timedelta(hours=1), due_at=due
    )


def test_a_quiet_system_is_well(db: None) -> None:
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "oldest_due_timer_seconds": 0,
        "oldest_pending_delivery_seconds": 0,
    }


def test_a_timer_in_the_future_is_nobodys_fault(db: None) -> None:
    timer_due(seconds_ago=-3600)
    assert Client().get("/healthz").status_code == 200


def test_a_timer_long_overdue_is_an_alarm(db: None) -> None:
    timer_due(seconds_ago=LATE_AFTER_SECONDS + 60)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "late"
    assert answer.json()["oldest_due_timer_seconds"] >= LATE_AFTER_SECONDS
