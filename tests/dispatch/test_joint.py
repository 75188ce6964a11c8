"""Joint orders: every cooperating unit has a task, a clock and a reply of its own, and the lead signs for the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dispatch.joint.choices import ReleaseWhy, TaskKind, TaskState
from dispatch.models import JointTask, Progress, TaskRung, WorkOrder
from dispatch.services import opening, working
from dispatch.services.joint import answering, giving, judging
from dispatch.services.joint.giving import Part
from kernel.errors import Conflict, Invalid, NotAllowed, WrongState
from kernel.models import Event, Timer
from organizations.choices import Duty
from organizations.models import ResponsibilityEntry
from tests.journeys.steps import dispatched, let_time_pass
from tests.world import MONDAY, World, at

TUESDAY = at("2026-11-17 09:00")


@pytest.fixture
def joint(world: World) -> WorkOrder:
    """An order about stalls that urban management leads; the list asks the township for something in words."""
    ResponsibilityEntry.objects.filter(matter__code="M-CG", duty=Duty.ASSIST).update(duty_text="做好商户劝导工作。")
    order = dispatched(world, at=MONDAY)
    working.sign(order_id=order.pk, actor=world.actor("urban_handler"), at=MONDAY + timedelta(minutes=5))
    return WorkOrder.objects.get(pk=order.pk)


def of(order: WorkOrder) -> JointTask:
    return JointTask.objects.get(order=order, state__in=["given", "received", "replied", "accepted"])


def test_the_list_asks_a_cooperating_unit_in_its_own_words(world: World, joint: WorkOrder) -> None:
    task = of(joint)
    assert (task.unit, task.kind, task.asked) == (world.units["east_town"], TaskKind.ASKED, "做好商户劝导工作。")
    assert task.entry is not None
    assert task.entry.code == "M-CG-A"
    # 60 % of five working days, in whole days: Monday + 3.
    assert (task.limit_value, task.limit_unit) == (3, "workday")
    assert task.due_at == at("2026-11-19 17:30")
    assert task.due_at < joint.handle_due_at
    assert Timer.objects.get(subject_id=str(task.pk), state="armed").due_at == task.due_at


def test_a_unit_whose_duty_the_list_does_not_word_reads_and_owes_nothing(world: World) -> None:
    order = dispatched(world, at=MONDAY)
    task = of(order)
    assert (task.kind, task.due_at) == (TaskKind.REFERRED, None)
    assert not Timer.objects.filter(subject_id=str(task.pk)).exists()
    officer = world.actor("east_officer")
    with pytest.raises(NotAllowed):
        answering.receive(task_id=task.pk, actor=officer, at=MONDAY)
    handler = world.actor("urban_handler")
    working.sign(order_id=order.pk, actor=handler, at=MONDAY)
    working.report_progress(order_id=order.pk, text="已到场", actor=officer, at=MONDAY)
    working.complete(order_id=order.pk, result="已清理", actor=handler, at=MONDAY)


def test_a_reply_is_received_given_and_accepted(world: World, joint: WorkOrder) -> None:
    task, officer, handler = of(joint), world.actor("east_officer"), world.actor("urban_handler")
    answering.receive(task_id=task.pk, actor=officer, at=MONDAY + timedelta(hours=1), version=task.version)
    answering.reply(task_id=task.pk, text="已劝导十二户", actor=officer, at=TUESDAY)
    with pytest.raises(NotAllowed):
        judging.accept(task_id=task.pk, actor=officer, at=TUESDAY)
    with pytest.raises(WrongState) as waits:
        working.complete(order_id=joint.pk, result="已清理", actor=handler, at=TUESDAY)
    assert waits.value.code == "reply_waits"
    judging.accept(task_id=task.pk, actor=handler, at=TUESDAY)
    task.refresh_from_db()
    assert (task.state, task.on_time, task.officer_id) == (TaskState.ACCEPTED, True, officer.user_id)
    assert not Timer.objects.filter(subject_id=str(task.pk), state="armed").exists()
    done = working.complete(order_id=joint.pk, result="已清理", actor=handler, at=TUESDAY)
    assert done.on_time
    told = Event.objects.filter(case_id=joint.petition_id, name__startswith="joint.").values_list("name", flat=True)
    assert list(told.order_by("seq")) == ["joint.given", "joint.received", "joint.replied", "joint.accepted"]


def test_a_reply_sent_back_has_a_short_limit_and_stays_on_record(world: World, joint: WorkOrder) -> None:
    task, officer, handler = of(joint), world.actor("east_officer"), world.actor("urban_handler")
    answering.receive(task_id=task.pk, actor=officer, at=MONDAY)
    late = at("2026-11-20 10:00")
    answering.reply(task_id=task.pk, text="在办", actor=officer, at=late)
    with pytest.raises(Invalid):
        judging.send_back(task_id=task.pk, note=" ", actor=handler, at=late)
    judging.send_back(task_id=task.pk, note="没有户数", actor=handler, at=late)
    task.refresh_from_db()
    assert (task.state, task.sent_back, task.due_at) == (TaskState.RECEIVED, 1, at("2026-11-23 17:30"))
    assert Progress.objects.get(order=joint).text == "在办"
    answering.reply(task_id=task.pk, text="劝导十二户", actor=officer, at=late + timedelta(hours=1))
    task.refresh_from_db()
    assert task.on_time is False  # what was late stays late


def test_the_lateness_of_a_cooperating_unit_is_its_own(world: World, joint: WorkOrder) -> None:
    task, handler = of(joint), world.actor("urban_handler")
    let_time_pass(until=at("2026-11-19 17:31"))
    let_time_pass(until=at("2026-11-20 17:30"))
    let_time_pass(until=at("2026-11-20 17:35"))
    assert list(TaskRung.objects.filter(task=task).values_list("rung", "told_unit")) == [
        (1, world.units["county"].pk),
        (2, world.units["city"].pk),
    ]
    assert joint.escalations.count() == 0
    day = at("2026-11-20 17:30")
    with pytest.raises(Invalid) as why:
        working.complete(order_id=joint.pk, result="已清理", actor=handler, at=day)
    assert why.value.code == "without_whom"
    done = working.complete(order_id=joint.pk, result="已清理", actor=handler, at=day, without="街道未回复，已自行劝导")
    task.refresh_from_db()
    assert (done.on_time, task.on_time) == (True, False)
    assert (task.state, task.released_why) == (TaskState.RELEASED, ReleaseWhy.WITHOUT)


def test_nobody_is_left_out_while_there_is_time(world: World, joint: WorkOrder) -> None:
    task, handler = of(joint), world.actor("urban_handler")
    with pytest.raises(WrongState) as refused:
        working.complete(order_id=joint.pk, result="已清理", actor=handler, at=MONDAY, without="不等了")
    assert refused.value.code == "units_have_time"
    judging.release(task_id=task.pk, note="商户已自行撤走", actor=handler, at=MONDAY)
    joint.refresh_from_db()
    assert joint.assists == []
    working.complete(order_id=joint.pk, result="已清理", actor=handler, at=MONDAY)


def test_lead_and_centre_ask_and_others_do_not(world: World, joint: WorkOrder) -> None:
    water = world.units["water"].pk
    part = [Part(unit_id=water, text="配合停水检查", days=2)]
    for stranger in ("water_handler", "east_officer", "west_dispatcher"):
        with pytest.raises(NotAllowed):
            giving.ask(order_id=joint.pk, parts=part, actor=world.actor(stranger), at=MONDAY)
    (task,) = giving.ask(order_id=joint.pk, parts=part, actor=world.actor("dispatcher"), at=MONDAY)
    assert task.due_at == at("2026-11-18 17:30")
    assert WorkOrder.objects.visible_to(world.actor("water_handler")).filter(pk=joint.pk).exists()
    with pytest.raises(Conflict):
        giving.ask(order_id=joint.pk, parts=part, actor=world.actor("urban_handler"), at=MONDAY)
    lead = [Part(unit_id=world.units["urban"].pk, text="自己")]
    with pytest.raises(Invalid):
        giving.ask(order_id=joint.pk, parts=lead, actor=world.actor("urban_handler"), at=MONDAY)


def test_who_was_referred_to_may_be_asked_later(world: World, joint: WorkOrder) -> None:
    water, handler = world.units["water"].pk, world.actor("urban_handler")
    giving.refer(order_id=joint.pk, unit_id=water, actor=handler, at=MONDAY)
    working.report_progress(order_id=joint.pk, text="管线无碍", actor=world.actor("water_handler"), at=MONDAY)
    giving.ask(order_id=joint.pk, parts=[Part(unit_id=water, text="出具图纸")], actor=handler, at=MONDAY)
    kinds = JointTask.objects.filter(order=joint, unit=water).order_by("given_at", "pk").values_list("kind", "state")
    assert sorted(kinds) == [("asked", "given"), ("referred", "released")]


@pytest.mark.usefixtures("joint")
def test_the_database_lets_nobody_work_from_outside(world: World, joint: WorkOrder) -> None:
    with pytest.raises(IntegrityError, match="neither leads it nor has a task"), transaction.atomic():
        Progress.objects.create(order=joint, text="外来", unit=world.units["water"], reported_at=MONDAY)
    with pytest.raises(IntegrityError, match="only with a recorded cause"), transaction.atomic():
        JointTask.objects.filter(order=joint).update(due_at=TUESDAY)
    with pytest.raises(IntegrityError, match="what was asked of whom stands"), transaction.atomic():
        JointTask.objects.filter(order=joint).update(asked="别的")


def test_tasks_end_with_their_order(world: World, joint: WorkOrder) -> None:
    task = of(joint)
    opening.reassign(
        order_id=joint.pk, unit_id=world.units["water"].pk, note="改派", actor=world.actor("dispatcher"), at=MONDAY
    )
    task.refresh_from_db()
    assert (task.state, task.released_why, task.on_time) == (TaskState.RELEASED, ReleaseWhy.ORDER_ENDED, None)
    assert not Timer.objects.filter(subject_id=str(task.pk), state="armed").exists()
