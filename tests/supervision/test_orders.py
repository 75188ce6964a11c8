"""A supervision order from its number to an answer that is good enough, through the real relay with a moved clock."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from dispatch.services import working
from kernel.chains import verify_case
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale, WrongState
from kernel.models import Event
from petitions.services.closing import withdraw as withdraw_petition
from supervision.models import Escalation, SupervisionOrder
from supervision.services import answering, ending, judging
from supervision.services.issuing import Said, issue
from tests.journeys.steps import dispatched, filed, let_time_pass
from tests.refusals import refused
from tests.supervision.steps import ANSWER, SAID, TUESDAY, answered, armed, in_hand, issued, names, received, sent_back
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


def test_an_order_is_issued_received_answered_accepted(world):
    work = in_hand(world)
    made = issued(world, work)
    assert (made.number, made.state, made.unit, made.issuer) == (
        "〔2026〕督字第1号",
        "issued",
        world.units["urban"],
        world.units["county"],
    )
    assert made.receive_due_at == at("2026-11-17 15:00")  # 4 working hours, the noon not counted
    assert made.answer_due_at == at("2026-11-20 17:30")  # 3 working days, the first not counted
    assert armed(work.petition_id) == {"supervision.receive"}
    handler, supervisor = world.actor("urban_handler"), world.actor("supervisor")
    answering.receive(order_id=made.pk, actor=handler, at=at("2026-11-17 10:00"))
    assert armed(work.petition_id) == {"supervision.answer"}
    answering.answer(order_id=made.pk, actor=handler, at=at("2026-11-18 10:00"), **ANSWER)
    assert armed(work.petition_id) == {"supervision.check"}
    judging.accept(order_id=made.pk, actor=supervisor, at=at("2026-11-18 15:00"))
    made.refresh_from_db()
    assert (made.state, made.ended_at) == ("accepted", at("2026-11-18 15:00"))
    assert [one.verdict for one in made.answers.all()] == ["accepted"]
    assert armed(work.petition_id) == set()
    assert names(work.petition_id) == ["issued", "received", "answered", "accepted"]
    assert verify_case(case_id=work.petition_id).intact


def test_an_answer_that_is_not_enough_is_sent_back_with_a_fresh_limit(world):
    work = in_hand(world)
    made = answered(world, work)
    back = sent_back(world, made, at=at("2026-11-18 09:00"))
    assert (back.state, back.sent_back, back.answer_due_at) == ("received", 1, at("2026-11-23 17:30"))
    handler = world.actor("urban_handler")
    answering.answer(order_id=made.pk, actor=handler, at=at("2026-11-24 09:00"), **ANSWER)
    judging.accept(order_id=made.pk, actor=world.actor("director"), at=at("2026-11-24 10:00"))
    assert [(one.number, one.on_time, one.verdict) for one in made.answers.order_by("number")] == [
        (1, True, "sent_back"),
        (2, False, "accepted"),
    ]


def test_what_is_not_answered_climbs_each_rung_once(world):
    work = in_hand(world)
    received(world, work)
    for moment in ("20 17:31", "20 18:00", "23 17:31", "25 17:31", "30 17:31"):
        let_time_pass(until=at(f"2026-11-{moment}"))
    told = Escalation.objects.filter(clock="supervision.answer").order_by("rung").values_list("rung", "told_unit")
    assert list(told) == [(1, world.units["county"].pk), (2, world.units["city"].pk)]  # and there the chain ends
    events = Event.objects.filter(case_id=work.petition_id, name="supervision.escalated")
    assert [one.payload["what"] for one in events.order_by("seq")] == ["not_answered", "not_answered"]


def test_receipt_and_check_climb_too(world):
    work = in_hand(world)
    made = issued(world, work)
    let_time_pass(until=at("2026-11-17 15:01"))
    assert Escalation.objects.get().what == "not_received"
    handler = world.actor("urban_handler")
    answering.receive(order_id=made.pk, actor=handler, at=at("2026-11-17 15:30"))
    answering.answer(order_id=made.pk, actor=handler, at=at("2026-11-17 16:00"), **ANSWER)
    let_time_pass(until=at("2026-11-18 17:31"))
    late = Escalation.objects.get(clock="supervision.check")
    assert (late.rung, late.told_unit) == (1, world.units["county"])


def test_after_an_answer_was_sent_back_the_ladder_begins_anew(world):
    work = in_hand(world)
    made = received(world, work)
    let_time_pass(until=at("2026-11-20 17:31"))
    answering.answer(order_id=made.pk, actor=world.actor("urban_handler"), at=at("2026-11-20 17:40"), **ANSWER)
    sent_back(world, made, at=at("2026-11-23 09:00"))
    let_time_pass(until=at("2026-11-26 17:31"))
    found = Escalation.objects.filter(clock="supervision.answer").order_by("generation")
    assert [(one.generation, one.rung) for one in found] == [(0, 1), (1, 1)]


def test_an_order_is_withdrawn_with_the_reason_and_keeps_its_number(world):
    first = issued(world, in_hand(world))
    ending.withdraw(order_id=first.pk, note="已当面说明。", actor=world.actor("supervisor"), at=TUESDAY)
    second = issued(world, in_hand(world))
    assert SupervisionOrder.objects.get(pk=first.pk).number == "〔2026〕督字第1号"
    assert second.number == "〔2026〕督字第2号"


def test_numbers_begin_anew_each_year_and_a_refused_order_leaves_no_gap(world):
    first = issued(world, in_hand(world))
    with refused(Invalid):
        issued(world, in_hand(world), said=Said(reason="overdue", level="ordinary", content="  "))
    assert [first.number, issued(world, in_hand(world)).number] == ["〔2026〕督字第1号", "〔2026〕督字第2号"]
    later = at("2027-01-04 10:00")
    assert issued(world, in_hand(world, at=later), at=later).number == "〔2027〕督字第1号"


def test_a_withdrawn_petition_ends_what_was_ordered(world):
    work = in_hand(world)
    made = received(world, work)
    withdraw_petition(petition_id=work.petition_id, actor=world.actor("dispatcher"), at=at("2026-11-17 11:00"))
    let_time_pass(until=at("2026-11-17 11:01"))
    made.refresh_from_db()
    assert (made.state, made.end_note) == ("withdrawn", "petition_withdrawn")
    assert armed(work.petition_id) == set()


@pytest.mark.parametrize("name", ["dispatcher", "verifier", "urban_handler", "east_officer", "mediator"])
def test_only_director_and_supervisor_issue(world, name):
    work = in_hand(world)
    with pytest.raises((NotAllowed, Missing)):
        issued(world, work, by=name)


def test_whom_one_may_order_is_who_has_to_do_with_the_case(world):
    work, supervisor = in_hand(world), world.actor("supervisor")
    with refused(Invalid) as found:
        issue(petition_id=work.petition_id, unit_id=world.units["water"].pk, said=SAID, actor=supervisor, at=TUESDAY)
    assert "unit" in found.value.fields
    town = world.units["east_town"]  # cooperates by the list
    assert issue(petition_id=work.petition_id, unit_id=town.pk, said=SAID, actor=supervisor, at=TUESDAY).unit == town


def test_a_unit_has_one_open_order_for_a_case(world):
    work = in_hand(world)
    made = issued(world, work)
    with refused(Conflict, match="督字第1号"):
        issued(world, work, by="director")
    ending.withdraw(order_id=made.pk, note="重发。", actor=world.actor("supervisor"), at=TUESDAY)
    assert issued(world, work).number == "〔2026〕督字第2号"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("reason", {"reason": "dislike"}),
        ("level", {"level": "top"}),
        ("content", {"content": "\n "}),
    ],
)
def test_what_an_order_lacks_is_named(world, field, said):
    given = Said(**{"reason": "overdue", "level": "ordinary", "content": "请办理。", **said})
    with pytest.raises(Invalid) as found:
        issued(world, in_hand(world), said=given)
    assert field in found.value.fields


def test_a_finished_case_orders_nobody(world):
    petition = filed(world, at=MONDAY)
    withdraw_petition(petition_id=petition.pk, actor=world.actor("dispatcher"), at=MONDAY)
    with pytest.raises(Conflict):
        issue(
            petition_id=petition.pk,
            unit_id=world.units["urban"].pk,
            said=SAID,
            actor=world.actor("supervisor"),
            at=TUESDAY,
        )


def test_the_unit_alone_receives_and_answers(world):
    made = issued(world, in_hand(world))
    for name in ("supervisor", "water_handler", "east_officer", "director"):
        with refused(NotAllowed):
            answering.receive(order_id=made.pk, actor=world.actor(name), at=TUESDAY)
    with refused(WrongState):
        answering.answer(order_id=made.pk, actor=world.actor("urban_handler"), at=TUESDAY, **ANSWER)
    answering.receive(order_id=made.pk, actor=world.actor("urban_handler"), at=TUESDAY)
    with refused(Invalid) as found:
        answering.answer(order_id=made.pk, text="好", measures=" ", actor=world.actor("urban_handler"), at=TUESDAY)
    assert list(found.value.fields) == ["measures"]


def test_whoever_answered_does_not_judge_even_with_two_seats(world):
    from organizations.models import Posting
    from tests.world import START

    both = world.users["urban_handler"]
    Posting.objects.create(user=both, unit=world.units["county"], role="supervisor", valid_from=START)
    made = answered(world, in_hand(world))
    with refused(NotAllowed, match=r"答复|answered"):
        judging.accept(order_id=made.pk, actor=world.actor("urban_handler"), at=TUESDAY)
    answer = made.answers.get()
    with pytest.raises(IntegrityError, match="supervision_judge_is_another"), transaction.atomic():
        made.answers.filter(pk=answer.pk).update(verdict="accepted", judged_at=TUESDAY, judged_by=both)


def test_only_the_body_that_issued_it_judges(world):
    from organizations.models import Posting, User
    from tests.world import START

    above = User.objects.create_user(username="city_supervisor")
    Posting.objects.create(user=above, unit=world.units["city"], role="supervisor", valid_from=START)
    world.users["above"] = above
    made = answered(world, in_hand(world))
    with pytest.raises(NotAllowed):
        judging.accept(order_id=made.pk, actor=world.actor("above"), at=TUESDAY)


def test_a_stale_version_is_refused(world):
    made = issued(world, in_hand(world))
    handler = world.actor("urban_handler")
    answering.receive(order_id=made.pk, actor=handler, at=TUESDAY, version=1)
    with pytest.raises(Stale):
        answering.answer(order_id=made.pk, actor=handler, at=TUESDAY, version=1, **ANSWER)


def test_the_database_keeps_what_was_issued_and_answered(world):
    made = answered(world, in_hand(world))
    judging.accept(order_id=made.pk, actor=world.actor("supervisor"), at=TUESDAY)
    for change in (
        "UPDATE supervision_supervisionorder SET content = 'x'",
        "UPDATE supervision_supervisionorder SET serial = 9",
        "DELETE FROM supervision_supervisionorder",
        "UPDATE supervision_answer SET text = 'x'",
        "UPDATE supervision_answer SET verdict = 'sent_back', verdict_note = 'x'",
    ):
        with pytest.raises(IntegrityError, match="stands"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_log_holds_no_text(world):
    work = dispatched(world, at=MONDAY)
    working.sign(order_id=work.pk, actor=world.actor("urban_handler"), at=MONDAY)
    answered(world, work)
    said = " ".join(str(one.payload) for one in Event.objects.filter(case_id=work.petition_id))
    assert "清理" not in said
    assert said.isascii()
