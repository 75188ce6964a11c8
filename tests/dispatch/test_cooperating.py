"""Who only cooperates never leads (R4): where nothing else has stopped it, the database does, and says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from dispatch.models import WorkOrder
from dispatch.services import choosing
from kernel import clock, refusals
from kernel.refusals import refuses
from tests.api.conftest import enter as calling  # noqa: F401
from tests.journeys.steps import dispatched

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world, monkeypatch):
    """An order in hand, and a check that has been fooled: only the database is left."""
    monkeypatch.setattr(choosing, "_is_only_cooperating", lambda listed, unit_id: False)
    return dispatched(world, at=clock.now() - timedelta(hours=1))


def test_a_page_says_why(world, order, client):
    client.force_login(world.users["dispatcher"])
    said = {"version": order.version, "unit": world.units["east_town"].pk, "note": "试试"}
    for language, words in (("en", "only cooperate"), ("zh-hans", "仅负配合责任")):
        client.cookies["django_language"] = language
        answer = client.post(f"/dispatch/{order.pk}/reassign/", said)
        assert (answer.status_code, words in answer.content.decode()) == (409, True)
    assert WorkOrder.objects.get(petition=order.petition_id).unit == world.units["urban"]


def test_the_api_says_why(world, order, calling):  # noqa: F811
    body = {"unit": world.units["east_town"].pk, "note": "试试"}
    answer = calling("dispatcher").deed(f"/orders/{order.pk}/reassign/", body, version=order.version)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "only_cooperating")
    assert "配合" in answer.json()["error"]["message"]
    order.refresh_from_db()
    assert (order.state, order.unit) == ("assigned", world.units["urban"])


def test_every_constraint_that_has_words_is_one():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE prorettype = 'trigger'::regtype OR proname LIKE 'registry_%'")
        raised = " ".join(row[0] for row in cursor.fetchall())
        # Some triggers refuse by their own name.
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
            " UNION SELECT tgname FROM pg_trigger"
        )
        named = {row[0] for row in cursor.fetchall()}
    unknown = [name for name in refusals.REASONS if name not in named and f"'{name}'" not in raised]
    assert unknown == []


def test_words_are_given_once_and_other_faults_stay_faults():
    with pytest.raises(ValueError, match="has its words"):
        refuses("dispatch_cooperating_never_leads", code="x", because="x")
    assert refusals.refusal_of(IntegrityError("of no constraint")) is None
