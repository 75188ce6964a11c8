"""The play plays development petitions too: companies file, units work side by side, some late, and most in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from developments.models import Development, Enterprise, Paper, PlanTemplate
from governance.demo.simulation import developing
from kernel.chains import verify_case
from kernel.lanes import HISTORY
from kernel.models import Event, Timer
from tests.governance.demo_town import START, played, town

__all__ = ["town"]
pytestmark = pytest.mark.django_db
UNTIL = START + timedelta(days=40)


def test_plans_are_played_from_the_company_to_its_rating(town, monkeypatch):
    monkeypatch.setattr(developing, "PER_PETITION", 0.5)
    assert Enterprise.objects.filter(green=True).count() == 1
    assert PlanTemplate.objects.get(code="2335").steps.count() == 6
    life = played("plans", until=UNTIL, per_day=1)
    names = set(Event.objects.filter(name__startswith="development.").values_list("name", flat=True))
    assert life.figures["refused"] == 0
    assert {"development.filed", "development.accepted", "development.step_finished", "development.finished"} <= names
    assert {"development.paper_handed", "development.paper_asked", "development.rated"} <= names
    assert Development.objects.filter(tolerant=True).exists()
    assert Paper.objects.filter(state="accepted").exists()
    assert not Timer.objects.filter(state="armed", due_at__lt=UNTIL, lane=HISTORY).exists()
    assert all(verify_case(case_id=one.petition_id).intact for one in Development.objects.all())
