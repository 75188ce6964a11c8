"""Two at once: one assignment, and no end before a visit that is being written down."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel.actors import SYSTEM
from kernel.relay import deliver_everything
from liaisons.models import Assignment, Visit
from liaisons.services.assigning import end
from organizations.models import Posting
from organizations.services.staffing import end_posting
from tests.liaisons.steps import assigned, visited
from tests.races import at_once, tried
from tests.world import MONDAY, at, build

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_keepers_assign_the_same_person_once():
    world = build()
    found = at_once([lambda by=by: tried(lambda: assigned(world, by=by)) for by in ("east_head", "east_officer")])
    assert sorted(found) == ["done", "invalid"]
    assert Assignment.objects.count() == 1


def test_an_end_and_a_visit_of_the_same_day_exclude_each_other():
    world = build()
    held = assigned(world)
    ending = {"assignment_id": held.pk, "on": MONDAY.date(), "reason": "轮岗", "actor": SYSTEM, "at": MONDAY}
    found = at_once([lambda: tried(lambda: end(**ending)), lambda: tried(lambda: visited(world, held))])
    assert found.count("done") == 1
    held.refresh_from_db()
    assert Visit.objects.exists() == (held.valid_until is None)


def test_an_assignment_never_outlasts_a_posting_that_ends_meanwhile():
    world = build()
    posting, leaves = Posting.objects.get(user=world.users["urban_handler"]), at("2026-12-20 00:00")
    leave = lambda: tried(lambda: end_posting(posting_id=posting.pk, until=leaves, actor=SYSTEM, at=MONDAY))  # noqa: E731
    assert at_once([leave, lambda: tried(lambda: assigned(world))]) == ["done", "done"]
    deliver_everything(at=MONDAY + timedelta(minutes=1))
    assert Assignment.objects.get().valid_until == leaves.date()
