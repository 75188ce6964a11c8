"""Joint orders for the table of access: a task in each state that an address asks for, and an offer to water."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dispatch.models import JointTask, OrderOffer, WorkOrder
from dispatch.services import working
from dispatch.services.joint import answering, giving, offering
from dispatch.services.joint.giving import Part
from tests.journeys.steps import dispatched
from tests.world import World

KINDS = (JointTask, OrderOffer)
CREATING = ("/tasks/", "/tasks/refer/", "/hand-over/")  # below an order


def asked(world: World, _thing: Any) -> dict[str, Any]:
    return {"parts": [{"unit": world.units["water"].pk, "text": "查明管线"}]}


def referred(world: World, _thing: Any) -> dict[str, Any]:
    return {"unit": world.units["water"].pk}


def offered(world: World, _thing: Any) -> dict[str, Any]:
    return {"unit": world.units["water"].pk, "grounds": "系管道施工"}


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /orders/{order_id}/tasks/": ("task_given", None),
    "POST /orders/{order_id}/tasks/": ("task_given", asked),
    "POST /orders/{order_id}/tasks/refer/": ("task_given", referred),
    "GET /orders/{order_id}/tasks/{pk}/": ("task_given", None),
    "POST /orders/{order_id}/tasks/{pk}/receive/": ("task_given", lambda *_: {}),
    "POST /orders/{order_id}/tasks/{pk}/reply/": ("task_received", lambda *_: {"text": "已劝导"}),
    "POST /orders/{order_id}/tasks/{pk}/accept/": ("task_replied", lambda *_: {}),
    "POST /orders/{order_id}/tasks/{pk}/send-back/": ("task_replied", lambda *_: {"note": "请补充"}),
    "POST /orders/{order_id}/tasks/{pk}/release/": ("task_given", lambda *_: {"note": "不再需要"}),
    "GET /orders/{order_id}/hand-over/": ("offer", None),
    "POST /orders/{order_id}/hand-over/": ("task_given", offered),
    "POST /orders/{order_id}/hand-over/{pk}/agree/": ("offer", lambda *_: {}),
    "POST /orders/{order_id}/hand-over/{pk}/refuse/": ("offer", lambda *_: {"note": "与供水无关"}),
    "POST /orders/{order_id}/hand-over/{pk}/withdraw/": ("offer", lambda *_: {}),
}

# fmt: off
WHO = {
    # address                                          own, strangers, county, department, others, heads…, nobody
    "GET /orders/{order_id}/tasks/":                      ".. xxxxx xxxx x ... .... xxx.. !",
    "POST /orders/{order_id}/tasks/":                     ".. ----x x-x- x ... .... ---.. !",
    "POST /orders/{order_id}/tasks/refer/":               ".. ----x x-x- x ... .... ---.. !",
    "GET /orders/{order_id}/tasks/{pk}/":                 ".. xxxxx xxxx x ... .... xxx.. !",
    "POST /orders/{order_id}/tasks/{pk}/receive/":        "-- ---x- ---- - ..- .--- ----- !",
    "POST /orders/{order_id}/tasks/{pk}/reply/":          "-- ---x- ---- - ..- .--- ----- !",
    "POST /orders/{order_id}/tasks/{pk}/accept/":         "-- ----- ---- x ..- .--- ----- !",
    "POST /orders/{order_id}/tasks/{pk}/send-back/":      "-- ----- ---- x ..- .--- ----- !",
    "POST /orders/{order_id}/tasks/{pk}/release/":        ".. ----x x-x- x ... .... ---.. !",
    "GET /orders/{order_id}/hand-over/":                  ".. xxxxx xxxx x ... x... xxx.. !",
    "POST /orders/{order_id}/hand-over/":                 "-- ----- ---- x ..- .--- ----- !",
    "POST /orders/{order_id}/hand-over/{pk}/agree/":      "-- ----- ---- - ..- x--- ----- !",
    "POST /orders/{order_id}/hand-over/{pk}/refuse/":     "-- ----- ---- - ..- x--- ----- !",
    "POST /orders/{order_id}/hand-over/{pk}/withdraw/":   "-- ----- ---- x ..- ---- ----- !",
}
# fmt: on


def joint(world: World, *, at: datetime) -> WorkOrder:
    """An order that urban management leads and has signed for; the township is asked for a reply."""
    order = dispatched(world, at=at)
    working.sign(order_id=order.pk, actor=world.actor("urban_handler", on=at), at=at)
    part = Part(unit_id=world.units["east_town"].pk, text="做好商户劝导")
    giving.ask(order_id=order.pk, parts=[part], actor=world.actor("urban_handler", on=at), at=at)
    return WorkOrder.objects.get(pk=order.pk)


def task_in(world: World, state: str, *, at: datetime) -> JointTask:
    """Its task in one state."""
    task = JointTask.objects.get(order=joint(world, at=at), kind="asked")
    officer = world.actor("east_officer", on=at)
    if state != "given":
        answering.receive(task_id=task.pk, actor=officer, at=at + timedelta(seconds=1))
    if state == "replied":
        answering.reply(task_id=task.pk, text="已劝导", actor=officer, at=at + timedelta(seconds=2))
    task.refresh_from_db()
    return task


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT."""
    offer = offering.offer(
        order_id=joint(world, at=at).pk,
        unit_id=world.units["water"].pk,
        grounds="系管道施工",
        actor=world.actor("urban_handler", on=at),
        at=at,
    )
    return {f"task_{state}": task_in(world, state, at=at) for state in ("given", "received", "replied")} | {
        "offer": offer
    }
