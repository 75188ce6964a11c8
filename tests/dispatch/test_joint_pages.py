"""Joint orders in the browser: the table on the case, the deeds on their pages, and the count in the list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dispatch.joint.choices import TaskState
from dispatch.models import JointTask, OrderOffer, WorkOrder
from dispatch.services import working
from dispatch.services.joint import answering
from kernel import clock
from organizations.choices import Duty
from organizations.models import ResponsibilityEntry
from tests.dispatch.test_joint import of
from tests.journeys.steps import dispatched
from tests.world import World

WORDS = "做好商户劝导工作。"


@pytest.fixture
def joint(world: World) -> WorkOrder:
    """An order of just now: pages ask the clock."""
    ResponsibilityEntry.objects.filter(matter__code="M-CG", duty=Duty.ASSIST).update(duty_text=WORDS)
    at = clock.now() - timedelta(minutes=5)
    order = dispatched(world, at=at)
    working.sign(order_id=order.pk, actor=world.actor("urban_handler", on=at), at=at)
    return WorkOrder.objects.get(pk=order.pk)


def browser(world: World, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users[name])
    return client


def case_page(world: World, name: str, order: WorkOrder) -> str:
    answer = browser(world, name).get(reverse("governance:case", args=[order.petition_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_sees_the_task_and_is_offered_only_its_own_deeds(world: World, joint: WorkOrder) -> None:
    task = of(joint)
    receive, release = (reverse("dispatch:task-deed", args=[task.pk, name]) for name in ("receive", "release"))
    township, lead = case_page(world, "east_officer", joint), case_page(world, "urban_handler", joint)
    for page in (township, lead):
        assert WORDS in page
        assert "0 of 1 replied" in page
    assert (receive in township, release in township) == (True, False)
    assert (receive in lead, release in lead) == (False, True)
    assert "张三丰" not in township


def test_a_task_goes_through_its_pages(world: World, joint: WorkOrder) -> None:
    task = of(joint)
    township, lead = browser(world, "east_officer"), browser(world, "urban_handler")
    sent = [
        (township, "receive", {"officer": str(world.users["east_officer"].pk)}),
        (township, "reply", {"text": "已劝导十二户"}),
        (lead, "accept", {}),
    ]
    for version, (client, name, said) in enumerate(sent, start=1):
        address = reverse("dispatch:task-deed", args=[task.pk, name])
        assert client.get(address).status_code == 200
        assert client.post(address, {"version": version, **said}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.reply) == (TaskState.ACCEPTED, "已劝导十二户")
    summing = lead.get(reverse("dispatch:deed", args=[joint.pk, "complete"])).content.decode()
    assert "坛山街道: 已劝导十二户" in summing
    listed = lead.get(reverse("dispatch:orders")).content.decode()
    assert "1 of 1 replied" in listed


def test_what_waits_is_on_the_workbench(world: World, joint: WorkOrder) -> None:
    def queue(name: str, key: str) -> str:
        return browser(world, name).get(reverse("governance:workbench"), {"queue": key}).content.decode()

    assert joint.petition.title in queue("east_officer", "task")
    task, at = of(joint), clock.now()
    answering.receive(task_id=task.pk, actor=world.actor("east_officer", on=at), at=at)
    answering.reply(task_id=task.pk, text="已劝导", actor=world.actor("east_officer", on=at), at=at)
    assert joint.petition.title not in queue("east_officer", "task")
    assert joint.petition.title in queue("urban_handler", "replied")


def test_the_lead_splits_an_order_on_one_page(world: World, joint: WorkOrder) -> None:
    address = reverse("dispatch:joint-deed", args=[joint.pk, "ask"])
    water, other = str(world.units["water"].pk), str(world.units["east_other"].pk)
    lead = browser(world, "urban_handler")
    said = {"version": joint.version, "unit": water, "text": "查明管线", "unit_2": other, "days": "2"}
    refused = lead.post(address, said)
    assert refused.status_code == 422
    assert lead.post(address, {**said, "text_2": "通知住户"}).status_code == 302
    asked = JointTask.objects.filter(order=joint, kind="asked").values_list("unit", flat=True)
    assert set(asked) == {world.units["east_town"].pk, int(water), int(other)}
    assert browser(world, "mediator").get(address).status_code == 404


def test_an_offer_is_answered_on_its_page_by_the_other_unit(world: World, joint: WorkOrder) -> None:
    water = world.units["water"]
    said = {"version": joint.version, "unit": str(water.pk), "grounds": "系管道施工"}
    offered = browser(world, "urban_handler").post(reverse("dispatch:joint-deed", args=[joint.pk, "offer"]), said)
    assert offered.status_code == 302
    offer = OrderOffer.objects.get(order=joint)
    agree = reverse("dispatch:offer-deed", args=[offer.pk, "agree"])
    assert agree in case_page(world, "water_handler", joint)
    assert browser(world, "west_officer").get(agree).status_code == 404
    assert browser(world, "urban_handler").get(agree).status_code == 403
    assert browser(world, "water_handler").post(agree, {"version": offer.version}).status_code == 302
    offer.refresh_from_db()
    assert offer.became is not None
    assert offer.became.unit == water
