"""The same seed gives the same life, interrupted or not; the history grows once and goes on where it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from governance.demo import history
from governance.demo.progress import history_progress
from governance.demo.simulation import results
from petitions.models import Petition
from tests.governance.demo_town import START, played, town
from tests.world import at

__all__ = ["town"]
pytestmark = pytest.mark.django_db
TWO_DAYS, PER_DAY = START + timedelta(days=2), 10


def results_of(source: str) -> results.Results:
    return results.results_of(petitions=Petition.objects.filter(source=source))


def digest_of(source: str) -> str:
    return results_of(source).digest


@pytest.fixture(scope="module")
def one(town):
    return played("one", until=TWO_DAYS, per_day=PER_DAY)


def test_the_same_seed_gives_the_same_life(one):
    played("two", until=TWO_DAYS, per_day=PER_DAY)
    first, second = results_of("one"), results_of("two")
    assert first.filed > 12
    assert first == second


def test_a_life_in_pieces_is_the_same_life(one):
    for hours in (5, 11, 34, 48):
        played("pieces", until=START + timedelta(hours=hours), per_day=PER_DAY)
    assert digest_of("pieces") == digest_of("one")


def test_another_seed_gives_another_life(one):
    played("other", until=START + timedelta(days=1), per_day=PER_DAY, seed=8)
    assert digest_of("other") != digest_of("one")


def test_a_history_that_was_killed_goes_on_and_ends_once(town, monkeypatch):
    monkeypatch.setattr(history, "PER_DAY", 6)
    present = at("2026-11-20 10:00")
    told = []

    def killed(day, done, total):
        told.append((day, done, total))
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        history.grow(now=lambda: present, say=killed, days=3)
    assert history_progress(at=present) == (2, 4)
    before = set(Petition.objects.filter(source="history").values_list("source_no", flat=True))
    history.grow(now=lambda: present, say=lambda *_: None, days=3)
    after = list(Petition.objects.filter(source="history").values_list("source_no", flat=True))
    assert before < set(after)
    assert len(after) == len(set(after))
    assert Petition.objects.filter(source="history", filed_at__gt=present).count() == 0
    assert history_progress(at=present) is None
    assert history.grow(now=lambda: present, say=lambda *_: None, days=3) == 0
