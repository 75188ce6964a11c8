"""The play plays calls too: townships call, units answer or do not, and the same seed gives the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls.models import Call, Escalation
from governance.demo.simulation import called
from kernel.chains import verify_case
from kernel.lanes import HISTORY
from kernel.models import Event, Timer
from petitions.choices import Channel
from tests.governance.demo_town import START, played, town

__all__ = ["town"]
pytestmark = pytest.mark.django_db
UNTIL = START + timedelta(days=12)


def test_calls_are_played_to_their_end(town, monkeypatch):
    monkeypatch.setattr(called, "CALLS", {Channel.TOWNSHIP: 1.0, Channel.GRIDWORKER: 0.7})
    life = played("calls", until=UNTIL, per_day=6)
    names = set(Event.objects.filter(name__startswith="call.").values_list("name", flat=True))
    assert life.figures["refused"] == 0
    assert {"call.filed", "call.signed", "call.triaged", "call.answered", "call.arrived", "call.reported"} <= names
    assert {"call.solved", "call.escalated"} <= names
    assert Call.objects.filter(state="solved", speed__isnull=False).exists()
    assert Escalation.objects.exists()  # somebody ignored a call
    assert not Timer.objects.filter(state="armed", due_at__lt=UNTIL, lane=HISTORY).exists()
    assert all(verify_case(case_id=call.case_id).intact for call in Call.objects.all())
    assert not Call.objects.exclude(petition_id__isnull=False).exists()
