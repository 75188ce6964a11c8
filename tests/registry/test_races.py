"""Two people at one item, on committed data with real threads: one wins, the other is told, nothing is half made."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kernel.errors import DomainError
from organizations.models import ResponsibilityEntry
from registry.models import Act, ItemVersion
from registry.services import handover, publishing
from tests.registry.steps import LATER, found, item, offered, proposed, stall
from tests.world import MONDAY, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(db):
    return build()


def at_once(*deeds):
    """What each of the deeds answered or was refused with, all begun together."""
    gate = threading.Barrier(len(deeds))

    def run(deed):
        try:
            gate.wait(timeout=60)
            return deed()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def approve(county, draft):
    return publishing.approve(draft_id=draft.pk, actor=county.actor("director"), at=MONDAY)


def whole():
    """Every version has its act, and one lead stands."""
    assert ItemVersion.objects.filter(valid_until__isnull=True).count() == 1
    assert Act.objects.count() == ItemVersion.objects.count()
    rows = ResponsibilityEntry.objects.in_force(LATER).filter(matter__code="M-CG", duty="lead")
    assert rows.get().unit == ItemVersion.objects.get(valid_until__isnull=True).lead_unit


def test_two_approvals_of_one_draft(county):
    found(("T-CG", stall()))
    made = proposed(county, ("change", "T-CG", {"lead_unit": "U-GS"}))
    answers = at_once(*[lambda: approve(county, made)] * 4)
    assert sum(not isinstance(one, DomainError) for one in answers) == 1
    assert ItemVersion.objects.filter(item=item()).count() == 2
    whole()


def test_two_drafts_about_one_item(county):
    found(("T-CG", stall()))
    drafts = [proposed(county, ("change", "T-CG", {"lead_unit": "U-GS", "safeguards": str(n)})) for n in range(3)]
    answers = at_once(*[lambda one=one: approve(county, one) for one in drafts])
    assert sum(not isinstance(one, DomainError) for one in answers) == 1
    assert ItemVersion.objects.filter(item=item()).count() == 2
    whole()


def test_an_approval_against_the_last_signature_of_a_hand_over(county):
    found(("T-CG", stall()))
    handed = offered(county)
    handover.sign(hand_over_id=handed.pk, actor=county.actor("water_handler"), at=MONDAY)
    made = proposed(county, ("change", "T-CG", {"safeguards": "新"}))
    answers = at_once(
        lambda: approve(county, made),
        lambda: handover.sign(hand_over_id=handed.pk, actor=county.actor("urban_handler"), at=MONDAY),
    )
    assert sum(not isinstance(one, DomainError) for one in answers) == 1
    whole()
