"""What an admission may not do, in the code and in the database alike."""

from __future__ import annotations

from datetime import date

from django.db import DatabaseError, IntegrityError

from kernel.errors import Conflict, Invalid, NotAllowed, Unprocessable, WrongState
from organizations.choices import Role
from organizations.models import Posting
from registry.models import Admission, Consultation, Draft, Item, ItemVersion, Opinion
from registry.services import drafts, publishing
from registry.services.admission import applying, consulting, deciding, opining
from tests.journeys.steps import let_time_pass
from tests.refusals import refused
from tests.registry.admissions import (
    EFFECTIVE,
    REVIEW_ON,
    applied,
    approve,
    asked,
    consulted,
    disputed,
    in_force,
    matter,
    opine,
    ready,
)
from tests.world import COUNTY, MONDAY, START, World, at

LATER = at("2026-11-17 10:00")


def force(case: Admission, **columns: object) -> None:
    """Put an admission in force past every service, as somebody with a console would."""
    Admission.objects.filter(pk=case.pk).update(
        **{
            "state": "in_force",
            "approved_by": Posting.objects.get(role=Role.CENTER_DIRECTOR).user,
            "approved_at": LATER,
            "document": "无",
            "effective": EFFECTIVE,
            "review_on": REVIEW_ON,
            **columns,
        }
    )


def test_the_database_refuses_an_approval_before_every_township_is_heard(world: World):
    case = asked(world, on=MONDAY)
    opine(world, case, "east_officer", "agrees", on=MONDAY)
    with refused(WrongState):
        approve(world, case, on=LATER)
    with refused(IntegrityError, match="has not been heard"):
        force(case)


def test_silence_counts_only_after_the_limit(world: World):
    case = asked(world, on=MONDAY)
    with refused(IntegrityError, match="opinion_silent_after_limit"):
        Opinion.objects.filter(admission=case).update(silent_at=LATER)


def test_the_database_refuses_an_approval_against_an_objection_without_a_consultation(world: World):
    case = disputed(world, on=MONDAY)
    with refused(WrongState):
        approve(world, case, on=LATER)
    with refused(IntegrityError, match="nobody consulted"):
        force(case)


def test_a_consultation_without_the_township_that_objects_is_none(world: World):
    case = disputed(world, on=MONDAY)
    with refused(Invalid) as found:
        consulted(world, case, on=LATER, present=[world.units["urban"].pk, world.units["west_town"].pk])
    assert set(found.value.fields) == {"present"}
    Consultation.objects.create(
        admission=case, number=1, held_on=LATER.date(), present=[world.units["west_town"].pk], people="无",
        minutes="无", outcome="agreed", recorded_by=world.users["keeper"], recorded_at=LATER,
    )  # fmt: skip
    with refused(IntegrityError, match="nobody consulted"):
        force(case)


def test_against_an_objection_that_stays_the_decision_says_why(world: World):
    case = consulted(world, disputed(world, on=MONDAY), on=LATER, outcome="apart")
    with refused(Unprocessable) as found:
        approve(world, case, on=LATER)
    assert set(found.value.fields) == {"grounds"}
    approve(world, case, on=LATER, grounds="经区政府常务会议研究，安全风险突出。")
    case.refresh_from_db()
    assert case.state == "in_force"


def test_whoever_applied_neither_reviews_nor_approves(world: World):
    Posting.objects.create(user=world.users["director"], unit=world.units["urban"], role=Role.HANDLER, valid_from=START)
    case = ready(world, on=MONDAY, by="director")
    with refused(NotAllowed):
        approve(world, case, on=LATER)
    with refused(IntegrityError, match="admission_other_approves"):
        force(case)


def test_whoever_reviewed_does_not_approve(world: World):
    case = ready(world, on=MONDAY)
    with refused(NotAllowed):
        approve(world, case, on=LATER, by="keeper")
    with refused(IntegrityError, match="admission_reviewer_is_no_approver"):
        force(case, approved_by=world.users["keeper"])


def test_an_opinion_is_signed_by_an_officer_of_the_township_and_stands(world: World):
    case = asked(world, on=MONDAY)
    with refused(NotAllowed):
        opine(world, case, "urban_handler", "agrees", on=MONDAY)
    with refused(NotAllowed):
        opine(world, case, "east_villager", "agrees", on=MONDAY)
    east = Opinion.objects.filter(admission=case, township=world.units["east_town"])
    with refused(IntegrityError, match="somebody of the township itself"):
        east.update(stance="agrees", text="同意", signed_by=world.users["west_officer"], signed_at=MONDAY)
    opine(world, case, "east_officer", "agrees", on=MONDAY)
    with refused(NotAllowed):
        opine(world, case, "east_officer", "objects", on=LATER)
    with refused(DatabaseError, match="written once"):
        east.update(stance="objects")
    with refused(DatabaseError, match="written once"):
        east.delete()


def test_an_opinion_after_the_limit_comes_too_late(world: World):
    case = asked(world, on=MONDAY, days=3)
    let_time_pass(until=at("2026-11-19 17:31"))
    with refused(WrongState):
        opine(world, case, "east_officer", "objects", on=at("2026-11-20 09:00"))


def test_a_record_of_a_consultation_is_never_altered(world: World):
    case = consulted(world, disputed(world, on=MONDAY), on=LATER)
    with refused(DatabaseError, match="written once"):
        case.consultations.update(minutes="另有约定")


def test_what_was_approved_stands(world: World):
    case = in_force(world, on=MONDAY)
    for columns in ({"township_duty": "全部包办"}, {"money_amount": 0}, {"state": "applied"}, {"townships": [1]}):
        with refused(DatabaseError, match="what was approved stands"):
            Admission.objects.filter(pk=case.pk).update(**columns)


def test_days_of_an_approval_are_in_order(world: World):
    case = ready(world, on=MONDAY)
    for days in (
        {"effective": date(2026, 11, 1)},
        {"review_on": EFFECTIVE},
        {"review_on": date(2031, 1, 1)},
    ):
        with refused(Unprocessable):
            approve(world, case, on=MONDAY, **days)
    assert not Draft.objects.exists()


def test_a_refused_draft_takes_the_approval_with_it(world: World):
    """The matter of the stalls has its rows in the decision table already, outside of the registry."""
    case = ready(world, on=MONDAY)
    Admission.objects.filter(pk=case.pk).update(basis="无" * 255, chart=[{"key": "s1", "title": "", "who": "?"}])
    with refused(Unprocessable) as found:
        approve(world, case, on=MONDAY)
    assert found.value.code == "draft_has_faults"
    case.refresh_from_db()
    assert (case.state, Draft.objects.count(), Item.objects.count()) == ("ready", 0, 0)


def test_an_applicant_may_take_the_application_back(world: World):
    case = asked(world, on=MONDAY)
    with refused(NotAllowed):
        applying.drop(admission_id=case.pk, reason="不再需要", actor=world.actor("keeper"), at=MONDAY)
    applying.drop(admission_id=case.pk, reason="不再需要", actor=world.actor("urban_handler"), at=MONDAY)
    let_time_pass(until=at("2027-01-31 09:00"))
    case.refresh_from_db()
    assert case.state == "dropped"


def test_a_consultation_changes_only_what_follows_the_duty(world: World):
    case = disputed(world, on=MONDAY)
    for changes in ({"lead_unit_id": 1}, {"money_amount": -5}, {"limit_value": 0}, {"money_per": "moon"}):
        with refused(Invalid):
            consulted(world, case, on=LATER, changes=changes)
    with refused(Invalid):
        consulted(world, case, on=LATER, held_on=date(2026, 11, 1))
    with refused(NotAllowed):
        consulting.consult(
            admission_id=case.pk, held_on=LATER.date(), present=[world.units["east_town"].pk], people="无",
            minutes="无", outcome="agreed", actor=world.actor("urban_handler"), at=LATER,
        )  # fmt: skip


def test_nothing_is_withdrawn_before_it_was_in_force(world: World):
    case = in_force(world, on=MONDAY)
    with refused(Invalid):
        deciding.end(
            admission_id=case.pk, reason="撤销", document="〔2026〕9号", effective=EFFECTIVE,
            actor=world.actor("director"), at=LATER,
        )  # fmt: skip
    with refused(NotAllowed):
        deciding.end(
            admission_id=case.pk, reason="撤销", document="〔2026〕9号", effective=date(2027, 5, 1),
            actor=world.actor("urban_handler"), at=LATER,
        )  # fmt: skip


def test_nothing_enters_a_list_by_another_way(world: World):
    """A draft by hand that gives townships a duty is refused, and so is one that borrows an undecided admission."""
    payload = {
        "kind": "territorial", "part": "", "matter": matter().code, "area": COUNTY, "unit": "", "name": "停放检查",
        "domain": "应急管理", "lead_rule": "unit", "lead_unit": "D-CG", "lead_duty": "检查", "township_role": "assist",
        "township_duty": "巡查", "basis": "文件", "safeguards": "", "limit_value": "5", "limit_unit": "workday",
        "chart": [], "categories": [], "cooperations": [], "conditions": [],
    }  # fmt: skip
    urban, director = world.actor("urban_handler"), world.actor("director")
    draft = drafts.open_draft(
        title="直接写入", origin="by_hand", reason="省事", effective=EFFECTIVE, actor=urban, at=MONDAY
    )
    drafts.put_line(draft_id=draft.pk, op="new", item_code="X-1", payload=payload, actor=urban, at=MONDAY)
    with refused(Unprocessable) as found:
        drafts.submit(draft_id=draft.pk, actor=urban, at=MONDAY)
    assert "X-1, township_role" in found.value.fields

    case = asked(world, on=MONDAY)
    borrowed = drafts.open_draft(
        title="借道",
        origin="admission",
        reason="省事",
        effective=EFFECTIVE,
        admission_id=case.pk,
        actor=urban,
        at=MONDAY,
    )
    drafts.put_line(draft_id=borrowed.pk, op="new", item_code="X-2", payload=payload, actor=urban, at=MONDAY)
    drafts.submit(draft_id=borrowed.pk, actor=urban, at=MONDAY)
    with refused(IntegrityError):
        publishing.approve(draft_id=borrowed.pk, actor=director, at=LATER)
    assert not ItemVersion.objects.exists()


def test_a_stale_or_unknown_township_is_told(world: World):
    case = asked(world, on=MONDAY)
    with refused(Invalid):
        opining.opine(
            admission_id=case.pk, stance="agrees", text="同意", township_id=world.units["west_town"].pk,
            actor=world.actor("east_officer"), at=MONDAY,
        )  # fmt: skip
    with refused(Invalid):
        applied(world, on=MONDAY, townships=(world.units["urban"].pk,))
    with refused(Conflict):
        opine_twice(world, case)


def opine_twice(world: World, case: Admission) -> None:
    """An officer of both townships, of which one has spoken."""
    Posting.objects.create(
        user=world.users["east_officer"], unit=world.units["west_town"], role=Role.TOWNSHIP_OFFICER, valid_from=START
    )
    east = world.units["east_town"].pk
    both = world.actor("east_officer")
    given = {"admission_id": case.pk, "stance": "agrees", "text": "同意", "actor": both, "at": MONDAY}
    opining.opine(**given, township_id=east)
    opining.opine(**given, township_id=east)
