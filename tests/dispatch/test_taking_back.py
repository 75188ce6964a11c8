"""A dispatch is taken back before anybody signed for it: the petition waits as before, and nobody gains a minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from assessment.models import CaseFact, OrderFact
from assessment.statistics.balance import balances
from assessment.statistics.recounting import balances_as_of
from dispatch.models import FirstUnit, WorkOrder
from dispatch.services import adjudicating, opening, returning, working
from dispatch.services.taking_back import recall
from kernel.actors import SYSTEM
from kernel.errors import Conflict, Invalid, NotAllowed, Stale
from kernel.models import Event, Timer
from kernel.relay import deliver_everything
from notices.models import Notice
from petitions.history import ledger_of
from petitions.models import Petition
from petitions.services.reception import accept
from tests.journeys.steps import dispatched, filed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SENT, BACK = MONDAY + 20 * MINUTE, MONDAY + 50 * MINUTE


def waiting(world, **said):
    """Accepted at nine, and the list names nobody for it."""
    petition = filed(world, at=MONDAY, **said)
    accept(petition_id=petition.pk, category_code="010199", actor=world.actor("dispatcher"), at=MONDAY)
    deliver_everything(at=MONDAY)
    petition.refresh_from_db()
    return petition


def named(world, petition, unit="urban", by="dispatcher", at=SENT):
    return opening.assign(petition_id=petition.pk, unit_id=world.units[unit].pk, actor=world.actor(by), at=at)


def taken(world, order, *, by="dispatcher", at=BACK, reason="wrong_unit", **said):
    return recall(order_id=order.pk, reason=reason, actor=world.actor(by), at=at, **said)


def armed(petition):
    rows = Timer.objects.filter(case_id=petition.pk, state="armed")
    return dict(rows.values_list("kind", "due_at"))


def test_the_petition_waits_as_before_and_no_minute_is_lost_or_given(world):
    petition = waiting(world)
    before = {"stage_from": petition.stage_from, "stage_due_at": petition.stage_due_at, "state": petition.state}
    before |= {"unroutable": petition.unroutable, "center_id": petition.center_id, "rung": petition.rung}
    assert before["unroutable"]
    order = named(world, petition)
    order = taken(world, order)
    assert (order.state, order.ended_at, order.signed_at) == ("recalled", BACK, None)
    petition.refresh_from_db()
    assert {name: getattr(petition, name) for name in before} == before
    assert (petition.lead_unit, petition.holder) == (None, f"unit:{petition.center_id}")
    assert petition.due_at == order.handle_due_at  # what was promised stands
    assert armed(petition) == {"petition.dispatch": before["stage_due_at"]}
    held = ledger_of(petition=petition, at=BACK + 10 * MINUTE)
    center, unit = f"unit:{petition.center_id}", f"unit:{order.unit_id}"
    assert [(one["holder"], one["minutes"]) for one in held["segments"]] == [(center, 20), (unit, 30), (center, 10)]
    # Whoever gets it next goes on with the promise; that too is nothing new.
    again = named(world, petition, "water", at=BACK + MINUTE)
    assert (again.handle_due_at, again.waited_from) == (order.handle_due_at, before["stage_from"])


def test_what_the_list_dispatched_is_taken_back_for_good_and_the_unit_is_told(world):
    order = dispatched(world, at=MONDAY)
    taken(world, order)
    deliver_everything(at=BACK)
    petition = Petition.objects.get(pk=order.petition_id)
    assert (petition.state, petition.unroutable) == ("accepted", "")  # nobody dispatches it by itself again
    told = Notice.objects.filter(kind="dispatch.recalled")
    assert {one.user.username for one in told.select_related("user")} >= {"urban_handler"}
    assert {(one.subject, one.facts["why"]) for one in told} == {(str(petition.pk), "wrong_unit")}
    happened = Event.objects.get(case_id=petition.pk, name="order.recalled")
    assert happened.payload == {"unit": order.unit_id, "reason": "wrong_unit"}
    names = list(Event.objects.filter(case_id=petition.pk).order_by("seq").values_list("name", flat=True))
    assert names.index("petition.recalled") < names.index("order.recalled")
    assert names.count("petition.dispatched") == 1


def test_the_clock_of_the_centre_rings_at_once_where_its_time_is_over(world):
    petition = waiting(world)
    due = petition.stage_due_at
    order = named(world, petition)
    late = due + 5 * MINUTE
    taken(world, order, at=late)
    petition.refresh_from_db()
    assert petition.stage_due_at == due < late


def test_whoever_dispatched_takes_it_back_or_whose_right_reaches_further(world):
    by_hand = named(world, waiting(world), by="dispatcher")
    with pytest.raises(NotAllowed):
        taken(world, by_hand, by="dispatcher2")
    for stranger in ("urban_handler", "verifier", "west_dispatcher"):
        with pytest.raises(NotAllowed):
            taken(world, by_hand, by=stranger)
    assert taken(world, by_hand, by="director").state == "recalled"
    by_list = dispatched(world, at=MONDAY)
    assert by_list.assigned_by is None
    assert taken(world, by_list, by="dispatcher2").state == "recalled"


def test_what_an_adjudication_named_is_not_taken_back(world):
    first = dispatched(world, at=MONDAY, category="010102")
    for order, who in ((first, "water_handler"), (None, "urban_handler")):
        order = order or named(world, Petition.objects.get(pk=first.petition_id))
        given = {"order_id": order.pk, "reason_code": "not_ours", "note": "不属"}
        returning.request_return(**given, actor=world.actor(who), at=SENT)
        if order.pk == first.pk:
            returning.rule_return(order_id=order.pk, granted=True, actor=world.actor("dispatcher"), at=SENT)
    said = {"unit_id": world.units["water"].pk, "note": "属供水", "basis": "清单"}
    ruled = adjudicating.adjudicate(order_id=order.pk, **said, actor=world.actor("director"), at=SENT)
    assert ruled.state == "assigned"
    with pytest.raises(NotAllowed):
        taken(world, ruled, by="director")


def test_whoever_is_second_is_told_what_happened(world):
    order = dispatched(world, at=MONDAY)
    version = order.version
    working.sign(order_id=order.pk, actor=world.actor("urban_handler"), at=SENT, version=version)
    with pytest.raises(Conflict) as late:
        taken(world, order, version=version)
    assert (late.value.status, late.value.code) == (409, "signed")
    assert "09:20:00" in str(late.value.message)
    other = dispatched(world, at=MONDAY, title="另一件")
    taken(world, other, version=other.version)
    with pytest.raises(Conflict) as late:
        working.sign(order_id=other.pk, actor=world.actor("urban_handler"), at=BACK, version=other.version)
    assert (late.value.status, late.value.code) == (409, "recalled")
    with pytest.raises(Conflict):
        taken(world, other)
    third = dispatched(world, at=MONDAY, title="第三件")
    with pytest.raises(Stale):
        taken(world, third, version=third.version + 1)


def test_a_reason_is_needed_and_in_words_where_it_is_another(world):
    order = dispatched(world, at=MONDAY)
    for said in ({"reason": "mood"}, {"reason": ""}, {"reason": "other", "note": " "}):
        with pytest.raises(Invalid):
            taken(world, order, **said)
    assert taken(world, order, reason="other", note="来电人改口").recall_note == "来电人改口"


def test_it_counts_for_no_unit_and_the_books_balance(world):
    order = dispatched(world, at=MONDAY)
    late = order.sign_due_at + MINUTE  # not signed in time either: still nobody's fault but the centre's
    taken(world, order, at=late)
    deliver_everything(at=late)
    assert OrderFact.objects.get(order=order).scored is False
    fact = CaseFact.objects.get(petition=order.petition_id)
    assert (fact.first_unit, fact.last_unit) == (order.unit, None)
    total, lines = balances(actor=SYSTEM)
    assert total.holds
    assert total.classes["returned"] == 1
    assert balances_as_of(actor=SYSTEM, area="", at=late + MINUTE) == (total, lines)
    petition = Petition.objects.get(pk=order.petition_id)
    again = named(world, petition, "water", at=late + MINUTE)
    deliver_everything(at=late + MINUTE)
    fact.refresh_from_db()
    assert (fact.first_unit, fact.last_unit) == (order.unit, again.unit)  # the centre's own first choice was wrong
    assert FirstUnit.objects.get(petition=petition).last_unit == again.unit
    assert balances(actor=SYSTEM)[0].classes["open"] == 1


def test_the_database_refuses_an_order_taken_back_after_it_was_signed_for(world):
    order = dispatched(world, at=MONDAY)
    working.sign(order_id=order.pk, actor=world.actor("urban_handler"), at=SENT)
    rows = WorkOrder.objects.filter(pk=order.pk)
    for wrong in ({"recall_reason": "other"}, {"recall_reason": "", "signed_at": None}):
        with pytest.raises(IntegrityError, match="dispatch_recalled_unsigned"), transaction.atomic():
            rows.update(state="recalled", ended_at=BACK, **wrong)


def test_on_the_page_of_the_case(world, enter):
    order = dispatched(world, at=MONDAY)
    client = enter("dispatcher")
    page = client.get(f"/cases/{order.petition_id}/").content.decode()
    assert f"/dispatch/{order.pk}/recall/" in page
    assert "undone" not in client.get(f"/dispatch/{order.pk}/recall/").content.decode()  # a word of the desk's undo
    assert client.post(f"/dispatch/{order.pk}/recall/", {"version": 1, "reason": "undone"}).status_code == 422
    assert client.post(f"/dispatch/{order.pk}/recall/", {"version": 1, "reason": "wrong_case"}).status_code == 302
    page = client.get(f"/cases/{order.petition_id}/").content.decode()
    assert "Dispatch taken back before it was signed for" in page
    late = enter("urban_handler").post(f"/dispatch/{order.pk}/sign/", {"version": 1})
    assert late.status_code == 409
    assert "The centre took this order back" in late.content.decode()
