"""A dispute from its petition to a kept promise, through the real relay with a moved clock."""

from __future__ import annotations

from datetime import date

from dispatch.models import WorkOrder
from kernel.models import Event, Timer
from mediation.models import MediationCase, Promise
from mediation.services import performing, sitting
from mediation.services.opening import open_by_category
from petitions.services.closing import withdraw
from tests.journeys.steps import filed, let_time_pass
from tests.mediation.steps import drawn, held, opened, signed, taken
from tests.world import MONDAY, at


def names(case: MediationCase) -> list[str]:
    events = Event.objects.filter(case_id=case.petition_id, name__startswith="mediation.").order_by("seq")
    return [name.removeprefix("mediation.") for name in events.values_list("name", flat=True)]


def armed(case: MediationCase) -> set[str]:
    timers = Timer.objects.filter(case_id=case.petition_id, state="armed", kind__startswith="mediation.")
    return set(timers.values_list("kind", flat=True))


def test_an_accepted_dispute_opens_a_case_beside_its_work_order(world):
    case = opened(world, at=MONDAY)
    assert case.number == "（2026）峄人调字第1号"
    assert (case.state, case.entry, case.committee) == ("opened", "category", world.units["mediators"])
    assert case.stage_due_at == at("2026-11-19 17:30")
    assert [party.name_masked for party in case.parties.all()] == ["张**"]
    assert WorkOrder.objects.get(petition=case.petition).unit == world.units["east_village"]


def test_the_same_event_delivered_twice_opens_one_case(world):
    case = opened(world, at=MONDAY)
    assert open_by_category(petition_id=case.petition_id, category="150102", at=MONDAY) is None
    assert MediationCase.objects.count() == 1


def test_numbers_of_a_year_have_no_gaps_and_begin_again(world):
    numbers = [opened(world, at=moment).number for moment in (MONDAY, MONDAY, at("2027-01-04 10:00"))]
    assert numbers == ["（2026）峄人调字第1号", "（2026）峄人调字第2号", "（2027）峄人调字第1号"]


def test_a_dispute_is_settled_signed_performed(world):
    case = taken(world, at=MONDAY)
    assert case.conclude_by == at("2026-12-17 00:00")  # 30 calendar days, the day of the start not counted
    held(world, case, at=at("2026-11-18 10:00"))
    drawn(world, case, at=at("2026-11-18 11:00"), due_on=date(2026, 12, 10))
    agreement = signed(world, case, at=at("2026-11-18 15:00"))
    case.refresh_from_db()
    assert (case.state, agreement.in_force_at) == ("agreed", at("2026-11-18 15:00"))
    assert agreement.confirm_by == at("2026-12-19 00:00")
    assert armed(case) == {"mediation.confirm", "mediation.perform"}
    promise = agreement.promises.get()
    performing.keep_promise(
        case_id=case.pk,
        promise_id=promise.pk,
        on=date(2026, 12, 8),
        actor=world.actor("mediator"),
        at=at("2026-12-08 16:00"),
    )
    let_time_pass(until=at("2027-02-01 09:00"))
    case.refresh_from_db()
    assert (case.state, case.ended_at) == ("performed", at("2026-12-08 16:00"))
    assert names(case) == [
        "opened",
        "party_added",
        "assigned",
        "party_added",
        "session_held",
        "agreement_drawn",
        "agreement_signed",
        "agreement_in_force",
        "promise_kept",
        "performed",
    ]


def test_an_oral_agreement_is_in_force_when_it_is_reached(world):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    agreement = drawn(world, case, at=MONDAY, due_on=date(2026, 12, 10), form="oral")
    case.refresh_from_db()
    assert (case.state, agreement.in_force_at) == ("agreed", MONDAY)


def test_thirty_days_without_an_end_are_remembered_and_then_end_it(world):
    case = taken(world, at=MONDAY)
    let_time_pass(until=at("2026-12-12 08:00"))
    case.refresh_from_db()
    assert (case.state, names(case)[-1]) == ("assigned", "late")
    let_time_pass(until=at("2026-12-16 23:59"))
    case.refresh_from_db()
    assert case.state == "assigned"
    let_time_pass(until=at("2026-12-17 00:00"))
    case.refresh_from_db()
    assert (case.state, case.ending) == ("terminated", "lapsed")
    assert armed(case) == set()


def test_the_parties_agree_once_to_more_time(world):
    case = taken(world, at=MONDAY)
    mediator = world.actor("mediator")
    sitting.extend(case_id=case.pk, until=date(2027, 1, 10), reason="等待鉴定", actor=mediator, at=MONDAY)
    let_time_pass(until=at("2027-01-10 23:59"))
    case.refresh_from_db()
    assert (case.state, case.conclude_by) == ("assigned", at("2027-01-11 00:00"))
    let_time_pass(until=at("2027-01-11 00:00"))
    case.refresh_from_db()
    assert case.ending == "lapsed"


def test_nobody_named_is_told_to_the_superior_every_three_working_days(world):
    case = opened(world, at=MONDAY)
    for day in ("19 17:31", "24 17:31"):
        let_time_pass(until=at(f"2026-11-{day}"))
    late = Event.objects.filter(case_id=case.petition_id, name="mediation.late").order_by("seq")
    assert [(row.payload["rung"], row.payload["told"]) for row in late] == [
        (1, world.units["county"].pk),
        (2, world.units["county"].pk),
    ]


def test_a_promise_is_remembered_before_its_day_and_every_week_after_it(world):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    drawn(world, case, at=MONDAY, due_on=date(2026, 11, 25))
    signed(world, case, at=MONDAY)
    for moment in ("2026-11-22 09:00", "2026-11-26 00:00", "2026-12-03 00:00"):
        let_time_pass(until=at(moment))
    remembered = Event.objects.filter(case_id=case.petition_id, name="mediation.promise_remembered").order_by("seq")
    assert [row.payload["stage"] for row in remembered] == ["coming", "overdue", "overdue"]
    assert Promise.objects.get().remembered == 3


def test_a_withdrawn_petition_ends_its_mediation(world):
    case = taken(world, at=MONDAY)
    withdraw(petition_id=case.petition_id, actor=world.actor("dispatcher"), at=at("2026-11-16 11:00"))
    let_time_pass(until=at("2026-11-16 11:01"))
    case.refresh_from_db()
    assert (case.state, case.ending) == ("terminated", "withdrawn")


def test_another_matter_opens_no_case(world):
    from petitions.services.reception import accept

    petition = filed(world, at=MONDAY)
    accept(petition_id=petition.pk, category_code="010101", actor=world.actor("dispatcher"), at=MONDAY)
    let_time_pass(until=MONDAY)
    assert not MediationCase.objects.exists()
