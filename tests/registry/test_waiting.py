"""Clocks of drafts and hand-overs, and the day on which categories take force."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel.models import Event, Timer
from kernel.timers import fire_everything
from petitions.models import Category
from registry.choices import DraftState, HandOverState
from registry.models import Draft, HandOver
from registry.services import drafts, publishing
from tests.registry.steps import LATER, approved, found, offered, proposed, stall
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


def test_a_draft_that_nobody_goes_on_with_is_discarded(world):
    actor = world.actor("keeper")
    opened = drafts.open_draft(title="x", origin="by_hand", reason="x", effective=LATER, actor=actor, at=MONDAY)
    fire_everything(at=MONDAY + timedelta(days=59))
    assert Draft.objects.get(pk=opened.pk).state == DraftState.PREPARING
    fire_everything(at=MONDAY + timedelta(days=61))
    assert Draft.objects.get(pk=opened.pk).state == DraftState.DISCARDED
    assert Event.objects.filter(case_id=opened.pk, name="registry.draft_discarded", actor_key="system").exists()


def test_a_draft_that_nobody_decides_on_is_told(world):
    found(("T-CG", stall()))
    made = proposed(world, ("change", "T-CG", {"safeguards": "新"}))
    fire_everything(at=MONDAY + timedelta(days=15))
    assert Event.objects.filter(case_id=made.pk, name="registry.draft_late").count() == 1
    publishing.approve(draft_id=made.pk, actor=world.actor("director"), at=MONDAY + timedelta(days=15), effective=LATER)
    assert not Timer.objects.filter(case_id=made.pk, state="armed").exists()


def test_a_hand_over_that_is_not_signed_is_withdrawn(world):
    found(("T-CG", stall()))
    made = offered(world)
    fire_everything(at=MONDAY + timedelta(days=31))
    made = HandOver.objects.get(pk=made.pk)
    assert (made.state, made.version) == (HandOverState.WITHDRAWN, 2)
    assert made.note


def test_categories_lead_elsewhere_on_the_day(world):
    found(("T-CG", stall()))
    assert Category.objects.get(pk="010101").matter.code == "M-CG"
    approved(world, ("change", "T-CG", {"categories": ["010199"]}))
    assert Category.objects.get(pk="010199").matter is None
    fire_everything(at=at(f"{LATER} 00:01"))
    assert Category.objects.get(pk="010199").matter.code == "M-CG"
    assert Category.objects.get(pk="010101").matter is None
