"""City life is played through the real services: whole chains, whole minutes, nothing owed, every state reached."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from calls import models as calls
from calls.models import Call
from developments.models import Development, Enterprise, Paper, PlanTemplate
from dispatch.models import Escalation
from governance.demo.simulation import called, developing, filings
from governance.demo.simulation.playing import release
from kernel.chains import verify_all
from kernel.lanes import HISTORY
from kernel.models import Delivery, Event, Timer
from kernel.timers import fire_everything
from petitions.choices import Channel
from petitions.history import ledger_of
from petitions.models import Petition
from tests.governance.demo_town import START, played, town

__all__ = ["town"]
pytestmark = pytest.mark.django_db
UNTIL = START + timedelta(days=40)


@pytest.fixture(scope="module")
def life(town):
    """Forty days of a quiet district: companies are busy, townships call, people say things twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filings, "TOLD_TWICE", 0.3)
        patch.setattr(called, "CALLS", {Channel.TOWNSHIP: 1.0, Channel.GRIDWORKER: 0.3})
        patch.setattr(developing, "PER_PETITION", 0.12)
        return played("life", until=UNTIL, per_day=2.3)


def test_nothing_was_refused_and_nothing_is_owed(life):
    assert life.figures["refused"] == 0
    assert not Delivery.objects.exclude(state="done").exists()
    assert not Delivery.objects.filter(attempts__gt=0).exists()
    assert not Timer.objects.filter(state="armed", due_at__lt=UNTIL, lane=HISTORY).exists()
    assert not Timer.objects.filter(attempts__gt=0).exists()


def test_every_state_is_reached(life):
    names = set(Event.objects.values_list("name", flat=True))
    wanted = {
        "petition.accepted", "petition.information_requested", "petition.information_supplied", "petition.passed_up",
        "petition.declined", "petition.withdrawn", "petition.joined", "petition.dispatched", "petition.handled",
        "petition.rejected", "petition.verified", "petition.called_back", "petition.rated", "petition.reopened",
        "petition.closed", "petition.archived", "order.signed", "order.progressed", "order.return_requested",
        "order.returned", "order.warned", "order.escalated",
    }  # fmt: skip
    assert wanted <= names


def test_plans_are_played_from_the_company_to_its_rating(life):
    assert Enterprise.objects.filter(green=True).count() == 1
    assert PlanTemplate.objects.get(code="2335").steps.count() == 6
    names = set(Event.objects.filter(name__startswith="development.").values_list("name", flat=True))
    assert {"development.filed", "development.accepted", "development.step_finished", "development.finished"} <= names
    assert {"development.paper_handed", "development.paper_asked", "development.rated"} <= names
    assert Development.objects.filter(tolerant=True).exists()
    assert Paper.objects.filter(state="accepted").exists()


def test_calls_are_played_to_their_end(life):
    names = set(Event.objects.filter(name__startswith="call.").values_list("name", flat=True))
    assert {"call.filed", "call.signed", "call.triaged", "call.answered", "call.arrived", "call.reported"} <= names
    assert {"call.solved", "call.escalated"} <= names
    assert Call.objects.filter(state="solved", speed__isnull=False).exists()
    assert calls.Escalation.objects.exists()  # somebody ignored a call
    assert not Call.objects.exclude(petition_id__isnull=False).exists()


def test_every_chain_is_whole(life):
    assert all(chain.intact for chain in verify_all())


def test_the_minutes_of_every_case_add_up(life):
    for petition in Petition.objects.all():
        book = ledger_of(petition=petition, at=UNTIL)
        assert book["minutes"] == (book["until"] - petition.filed_at) // timedelta(minutes=1)


def test_a_rung_is_climbed_once(life):
    climbed = list(Escalation.objects.values_list("order", "clock", "generation", "rung"))
    assert climbed
    assert len(climbed) == len(set(climbed))


def test_figures_are_those_of_a_real_city(life):
    rated = Petition.objects.exclude(satisfaction="")
    content = rated.exclude(satisfaction="dissatisfied").count()
    handled = Petition.objects.filter(on_time__isnull=False)
    assert content / rated.count() > 0.85
    assert 0.75 < handled.filter(on_time=True).count() / handled.count() < 1


def test_the_beat_does_not_meddle_until_the_play_is_over(life):
    played = Timer.objects.filter(state="armed", lane=HISTORY)
    armed = played.count()
    fire_everything(at=UNTIL + timedelta(days=400))  # the registry of the seeded district has live clocks of its own
    assert played.count() == armed > 0
    assert release() > 0
    assert not played.exists()


def test_a_case_is_traced_in_the_terminal_without_names(life):
    petition = Petition.objects.filter(state="archived").exclude(reporter_masked="").first()
    said = StringIO()
    call_command("trace", petition.number, stdout=said)
    assert petition.title in said.getvalue()
    assert "whole" in said.getvalue()
    assert "1990000" not in said.getvalue()
