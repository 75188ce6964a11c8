"""Learning in a deployment: from its own cases, kept sealed, tested before learnt, shown as a suggestion only."""

from __future__ import annotations

import io
from datetime import timedelta

import orjson
import pytest
from django.core.management import call_command

from dispatch.learnt import learnt
from dispatch.management import learning
from dispatch.models import TriageCount, TriageModel, TriageTrial
from dispatch.services.opening import reassign
from dispatch.suggestions import category_hints
from dispatch.trials import fared
from kernel import clock
from kernel.relay import deliver_everything
from petitions.hinting import Told
from petitions.models import Category, Petition
from petitions.services.reception import accept
from tests.journeys.steps import dispatched, filed

pytestmark = pytest.mark.django_db
# Read before any test begins: what learning needs takes a while to load, and a transaction is not to idle meanwhile.
assert learning


@pytest.fixture
def start():
    """The project's own words only."""
    Category.objects.filter(code="010101").update(keywords="占道|摊贩|摆摊")
    call_command("train_triage", stdout=io.StringIO())


def test_without_any_case_the_own_words_are_learnt(world, start):
    model = TriageModel.objects.get()
    assert model.origin == "start"
    assert model.cases == 0
    (found,) = category_hints(told=[Told(title="门前占道", text="摊贩摆摊", place="")], at=clock.now())
    assert found[0].code == "010101"
    assert found[0].words


def test_a_model_of_somebody_else_is_refused(world, start):
    TriageModel.objects.update(seal="0" * 64)
    assert learnt() is None


def test_a_damaged_model_is_refused(world, start):
    model = TriageModel.objects.get()
    body = bytearray(model.body)
    body[len(body) // 2] ^= 0xFF
    TriageModel.objects.update(body=bytes(body))
    assert learnt() is None
    assert category_hints(told=[Told(title="占道", text="", place="")], at=clock.now()) is None


def test_only_the_newest_five_are_kept(world, start):
    for _ in range(6):
        call_command("train_triage", stdout=io.StringIO())
    assert TriageModel.objects.count() == 5
    call_command("train_triage", if_none=True, stdout=io.StringIO())
    assert TriageModel.objects.count() == 5


def test_every_dispatched_case_is_tested_first_and_counted_then(world):
    at = clock.now() - timedelta(days=1)
    order = dispatched(world, at=at)
    trial = TriageTrial.objects.get(petition=order.petition_id)
    assert trial.units == []  # of the first nothing was known
    assert (trial.decided_category, trial.decided_unit) == ("010101", order.unit_id)
    again = dispatched(world, at=at + timedelta(minutes=5), title="又占道")
    trial = TriageTrial.objects.get(petition=again.petition_id)
    assert trial.units[0] == order.unit_id
    assert fared(actor=world.actor("director"), since=at - timedelta(days=1), until=clock.now())["units"].first == 1


def test_what_a_unit_lost_again_is_not_counted_for_it(world):
    at = clock.now() - timedelta(days=1)
    order = dispatched(world, at=at)
    kept = TriageCount.objects.get(subject="unit", context="all", answer=str(order.unit_id))
    assert kept.weight == pytest.approx(1)
    reassign(
        order_id=order.pk,
        unit_id=world.units["water"].pk,
        note="属供水",
        actor=world.actor("dispatcher", on=at),
        at=at + timedelta(minutes=1),
    )
    deliver_everything(at=at + timedelta(minutes=2))
    kept.refresh_from_db()
    assert kept.weight == pytest.approx(0, abs=0.01)
    assert TriageTrial.objects.get(petition=order.petition_id).decided_unit == world.units["water"].pk


def test_accepting_shows_suggestions_and_keeps_what_was_shown(world, enter, start):
    petition = filed(world, at=clock.now())
    page = enter("dispatcher").get(f"/petitions/{petition.pk}/accept/").content.decode()
    assert "Suggestion" in page
    assert 'href="?suggest=010101"' in page
    chosen = enter("dispatcher").get(f"/petitions/{petition.pk}/accept/?suggest=010101")
    assert chosen.context["form"]["category"].value() == "010101"
    said = {"version": petition.version, "category": "010101"}
    assert enter("dispatcher").post(f"/petitions/{petition.pk}/accept/", said).status_code == 302
    assert TriageTrial.objects.get(petition=petition).shown


def test_while_a_report_is_written_its_words_suggest_categories(world, enter, start):
    client = enter("dispatcher")
    page = client.post("/petitions/file/suggested/", {"title": "占道", "description": "摊贩摆摊"}).content.decode()
    assert 'data-value="010101"' in page
    assert 'data-take="id_category"' in page
    chosen = {"title": "占道", "description": "摊贩摆摊", "category": "010101"}
    assert "data-take" not in client.post("/petitions/file/suggested/", chosen).content.decode()


def test_what_was_seen_while_filing_is_kept_and_counted(world, enter, start):
    client = enter("dispatcher")
    said = {"title": "门前占道", "description": "摊贩摆摊", "category": ""}
    assert 'name="suggested" value="1"' in client.post("/petitions/file/suggested/", said).content.decode()
    taken = {**said, "category": "010101"}
    assert 'name="suggested"' not in client.post("/petitions/file/suggested/", taken).content.decode()
    after = client.post("/petitions/file/suggested/", {**taken, "suggested": "1"}).content.decode()
    assert 'name="suggested" value="1"' in after  # taking a suggestion does not unsee it
    whole = {**taken, "nature": "complaint", "channel": "hotline", "address": "坛山街道"}
    refused = client.post("/petitions/file/", {**whole, "address": "", "suggested": "1"})
    assert refused.status_code == 422
    assert 'name="suggested" value="1"' in refused.content.decode()
    assert client.post("/petitions/file/", whole).status_code == 302
    assert not TriageTrial.objects.exists()
    assert client.post("/petitions/file/", {**whole, "suggested": "1"}).status_code == 302
    trial = TriageTrial.objects.get()
    assert trial.shown
    assert trial.categories[0] == "010101"


def test_the_centre_sees_which_units_got_such_cases_lately(world, enter):
    at = clock.now() - timedelta(hours=5)
    order = dispatched(world, at=at)
    petition = filed(world, at=clock.now(), title="又一处占道")
    Category.objects.filter(code="010101").update(matter=None)
    accept(petition_id=petition.pk, category_code="010101", actor=world.actor("dispatcher"), at=clock.now())
    page = enter("dispatcher").get(f"/dispatch/assign/{petition.pk}/").content.decode()
    assert f'data-value="{order.unit_id}"' in page
    assert "1 of 1 cases lately" in page
    chosen = enter("dispatcher").get(f"/dispatch/assign/{petition.pk}/?unit={order.unit_id}")
    assert chosen.context["form"]["unit"].value() == str(order.unit_id)
    said = {"version": chosen.context["form"]["version"].value(), "unit": order.unit_id}
    assert enter("dispatcher").post(f"/dispatch/assign/{petition.pk}/", said).status_code == 302
    trial = TriageTrial.objects.get(petition=petition)
    assert (trial.unit_shown, trial.units[0], trial.shown) == (True, order.unit_id, False)
    deliver_everything(at=clock.now())
    figures = fared(actor=world.actor("director"), since=at, until=clock.now() + timedelta(minutes=1))
    assert (figures["units"].of, figures["units_shown"].of, figures["units_shown"].first) == (1, 1, 1)
    assert figures["shown"].of == 0


def test_the_page_of_suggestions_tells_how_they_fared(world, enter, start):
    dispatched(world, at=clock.now() - timedelta(hours=1))
    page = enter("director").get("/dispatch/suggestions/").content.decode()
    assert "1 = 100.0 %" in page
    assert enter("director").get("/dispatch/suggestions/?missed=unit").status_code == 200
    assert enter("citizen").get("/dispatch/suggestions/").status_code == 403


def test_the_api_suggests_to_the_centre(world, enter, start):
    order = dispatched(world, at=clock.now() - timedelta(hours=1))
    said = enter("dispatcher").get(f"/api/v1/suggestions/{order.petition_id}/").json()
    assert said["categories"][0]["code"] == "010101"
    assert said["units"][0]["unit"]["id"] == order.unit_id
    assert said["model"] == TriageModel.objects.get().pk


def test_own_cases_are_learnt_and_measured(world):
    at = clock.now() - timedelta(days=1)
    for number in range(60):
        said = {"title": f"占道经营{number}", "description": "摊贩占道" + "门" * number}
        dispatched(world, at=at + timedelta(minutes=number), **said)
    Petition.objects.filter(title__endswith="1").update(description="另一条街的摊贩摆摊占道")
    told = io.StringIO()
    call_command("train_triage", stdout=told)
    said = orjson.loads(told.getvalue())
    assert said["cases"] == 60
    assert TriageModel.objects.latest("pk").origin == "cases"
    told = io.StringIO()
    call_command("evaluate_triage", stdout=told, stderr=io.StringIO())
    figures = orjson.loads(told.getvalue().splitlines()[-1])
    assert figures["texts"]["cases"] == 60
    assert figures["units"]["top1"] > 0.9


def test_too_few_cases_are_not_measured(world):
    told = io.StringIO()
    call_command("evaluate_triage", stdout=told, stderr=io.StringIO())
    assert orjson.loads(told.getvalue().splitlines()[-1]) == {"texts": None, "units": None}
