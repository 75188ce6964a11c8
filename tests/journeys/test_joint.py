"""A joint order of five units with the real relay and a moved clock: one is late, the lead finishes without it."""

from __future__ import annotations

from datetime import timedelta

from dispatch.joint.queries import Tally, tallies
from dispatch.models import JointTask, TaskRung, WorkOrder
from dispatch.services import verifying, working
from dispatch.services.joint import answering, giving, judging
from dispatch.services.joint.giving import Part
from organizations.choices import Duty, Role, UnitKind, UnitLevel
from organizations.models import Posting, ResponsibilityEntry, Unit, User
from tests.journeys.steps import dispatched, let_time_pass
from tests.world import COUNTY, MONDAY, START, World, at


def departments(world: World) -> None:
    """Three more departments, each with somebody who works on its orders."""
    for key, name in (("fire", "消防救援大队"), ("market", "市场监管局"), ("housing", "住建局")):
        world.units[key] = Unit.objects.create(
            code=f"D-{key}", name=name, short_name=name, kind=UnitKind.DEPARTMENT, level=UnitLevel.COUNTY,
            area_id=COUNTY, superior=world.units["county"],
        )  # fmt: skip
        user = User.objects.create_user(username=f"{key}_handler", password="grid-demo-1", display_name=name)
        Posting.objects.create(user=user, unit=world.units[key], role=Role.HANDLER, cell_code="", valid_from=START)
        world.users[f"{key}_handler"] = user


def test_five_units_one_of_them_late(world: World) -> None:
    departments(world)
    ResponsibilityEntry.objects.filter(matter__code="M-CG", duty=Duty.ASSIST).update(duty_text="做好劝导工作。")
    order = dispatched(world, at=MONDAY)
    lead = world.actor("urban_handler")
    working.sign(order_id=order.pk, actor=lead, at=MONDAY + timedelta(minutes=10))
    keys = ("water", "fire", "market", "housing")
    parts = [Part(unit_id=world.units[one].pk, text="到场配合", days=2) for one in keys]
    giving.ask(order_id=order.pk, parts=parts, actor=lead, at=MONDAY + timedelta(minutes=20))
    tasks = {one.unit_id: one for one in JointTask.objects.filter(order=order)}
    assert tallies(order_ids=[order.pk])[order.pk] == Tally(asked=5, replied=0)

    people = {"east_town": "east_officer", **{one: f"{one}_handler" for one in keys if one != "housing"}}
    for hours, (unit, name) in enumerate(people.items(), start=1):
        task, actor = tasks[world.units[unit].pk], world.actor(name)
        answering.receive(task_id=task.pk, actor=actor, at=MONDAY + timedelta(hours=hours))
        answering.reply(task_id=task.pk, text="已配合", actor=actor, at=MONDAY + timedelta(hours=hours, minutes=30))
        judging.accept(task_id=task.pk, actor=lead, at=MONDAY + timedelta(hours=hours, minutes=45))
    assert tallies(order_ids=[order.pk])[order.pk] == Tally(asked=5, replied=4)

    let_time_pass(until=at("2026-11-18 17:31"))
    late = tasks[world.units["housing"].pk]
    assert [(one.task_id, one.told_unit) for one in TaskRung.objects.all()] == [(late.pk, world.units["county"])]
    assert not WorkOrder.objects.get(pk=order.pk).rung

    day = at("2026-11-19 10:00")
    done = working.complete(
        order_id=order.pk, result="五家联合清理完毕", without="住建局未回复，已另行核实", actor=lead, at=day
    )
    assert done.on_time is True
    late.refresh_from_db()
    assert (late.on_time, late.release_note) == (False, "住建局未回复，已另行核实")
    assert set(JointTask.objects.exclude(pk=late.pk).filter(order=order).values_list("on_time", flat=True)) == {True}

    # The check fails: the lead sends one reply back, and the order goes on to its end.
    verifier = world.actor("verifier")
    verifying.verify(order_id=order.pk, passed=False, note="东侧未清", actor=verifier, at=at("2026-11-19 11:00"))
    again = tasks[world.units["fire"].pk]
    judging.send_back(task_id=again.pk, note="通道仍被占", actor=lead, at=at("2026-11-19 14:10"))
    fire = world.actor("fire_handler")
    answering.reply(task_id=again.pk, text="已疏通", actor=fire, at=at("2026-11-19 15:00"))
    judging.accept(task_id=again.pk, actor=lead, at=at("2026-11-19 15:30"))
    working.complete(order_id=order.pk, result="全部清理完毕", actor=lead, at=at("2026-11-19 16:00"))
    verifying.verify(order_id=order.pk, passed=True, actor=verifier, at=at("2026-11-19 17:00"))
    let_time_pass(until=at("2026-12-20 09:00"))
    assert WorkOrder.objects.get(pk=order.pk).state == "closed"
    assert TaskRung.objects.count() == 1
