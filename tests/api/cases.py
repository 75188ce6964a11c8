"""Cases of the east village in every state, made by the deeds themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from dispatch.models import WorkOrder
from dispatch.services import asking, granting, opening, returning, taking_back, verifying, working
from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.relay import deliver_everything
from petitions.models import Petition
from petitions.services import closing, joining, reception
from petitions.services.filing import ReporterData, file_petition
from tests.world import World

ROUTED, UNROUTED, WATER = "010101", "010199", "010102"


@dataclass
class Case:
    """One petition of the citizen, moved on by whoever does so in life. Every step is a second later than the last."""

    world: World
    petition: Petition
    at: Any

    def actor(self, name: str) -> Actor:
        return self.world.actor(name, on=self.at)

    def then(self) -> dict[str, Any]:
        self.at += timedelta(seconds=1)
        return {"petition_id": self.petition.pk, "at": self.at}

    def order(self) -> WorkOrder:
        return WorkOrder.objects.filter(petition=self.petition).latest("assigned_at")

    def now_on(self, name: str) -> dict[str, Any]:
        self.at += timedelta(seconds=1)
        return {"order_id": self.order().pk, "at": self.at, "actor": self.actor(name)}

    def accept(self, category: str = ROUTED) -> None:
        reception.accept(category_code=category, actor=self.actor("dispatcher"), **self.then())
        deliver_everything(at=self.at)

    def take_back(self) -> None:
        taking_back.recall(reason="wrong_unit", **self.now_on("dispatcher"))

    def sign(self) -> None:
        working.sign(**self.now_on("urban_handler"))

    def ask_back(self) -> None:
        returning.request_return(reason_code="not_ours", note="不属我局", **self.now_on("urban_handler"))

    def accept_water(self) -> None:
        self.accept(WATER)

    def ask_back_once(self) -> None:
        """The water company returns it, the centre agrees and names the urban bureau, which returns it too."""
        returning.request_return(reason_code="not_ours", note="不属供水", **self.now_on("water_handler"))
        returning.rule_return(granted=True, **self.now_on("dispatcher"))
        unit = self.world.units["urban"].pk
        opening.assign(unit_id=unit, actor=self.actor("dispatcher"), **self.then())
        self.ask_back()

    def ask_time(self) -> None:
        until = timezone.localdate(self.at) + timedelta(days=5)
        said = {"reason": "appraisal", "until": until, "grounds": "等待检测"}
        asking.ask_pause(**said, **self.now_on("urban_handler"))

    def let_rest(self) -> None:
        granting.decide(granted=True, **self.now_on("director"))

    def complete(self) -> None:
        working.complete(result="已清理", **self.now_on("urban_handler"))

    def verify(self) -> None:
        verifying.verify(passed=True, **self.now_on("verifier"))

    def rate(self) -> None:
        closing.rate(satisfaction="satisfied", actor=self.actor("citizen"), **self.then())
        deliver_everything(at=self.at)


def file_case(world: World, *, by: str = "citizen") -> Case:
    at = clock.now() - timedelta(minutes=5)
    petition = file_petition(
        actor=world.actor(by, on=at),
        at=at,
        nature="complaint",
        channel="app",
        title="门前占道经营",
        description="摊贩每天早上占用人行道。",
        lng=117.59,
        lat=34.77,
        reporter=ReporterData(name="张三丰", phone="13812345678"),
        reporter_user_id=world.users[by].pk,
    )
    return Case(world, petition, at)


# What makes a case arrive in a state of the petition, or of its order.
STEPS = {
    "filed": [],
    "waiting": ["ask"],
    "accepted": ["accept_unrouted"],
    "dispatched": ["accept"],
    "handled": ["accept", "sign", "complete"],
    "verified": ["accept", "sign", "complete", "verify"],
    "closed": ["accept", "sign", "complete", "verify", "rate"],
    "archived": ["accept", "sign", "complete", "verify", "rate", "archive"],
    "declined": ["decline"],
    "withdrawn": ["withdraw"],
    "joined": ["join"],
}
ORDER_STEPS = {
    "assigned": ["accept"],
    "signed": ["accept", "sign"],
    "paused": ["accept", "sign", "ask_time", "let_rest"],
    "returning": ["accept", "ask_back"],
    "disputed": ["accept_water", "ask_back_once"],
    "completed": ["accept", "sign", "complete"],
    "closed": ["accept", "sign", "complete", "verify"],
    "returned": ["accept", "ask_back", "grant"],
    "cancelled": ["accept", "withdraw"],
    "recalled": ["accept", "take_back"],
}


# What is no state of its own, and yet what a deed waits for.
WAITING_STEPS = {"asking": ["accept", "sign", "ask_time"]}


def case_in(world: World, steps: list[str]) -> Case:
    case = file_case(world)
    for step in steps:
        _take(case, step)
    case.petition.refresh_from_db()
    return case


def _take(case: Case, step: str) -> None:
    if step == "ask":
        reception.ask_for_information(question="在哪个路口?", actor=case.actor("dispatcher"), **case.then())
    elif step == "accept_unrouted":
        case.accept(UNROUTED)
    elif step == "archive":
        closing.archive(actor=SYSTEM, **case.then())
    elif step == "decline":
        reception.decline(reason_code="litigation", actor=case.actor("dispatcher"), **case.then())
    elif step == "withdraw":
        closing.withdraw(actor=case.actor("citizen"), **case.then())
        deliver_everything(at=case.at)
    elif step == "join":
        main = file_case(case.world).petition
        joining.join(main_id=main.pk, actor=case.actor("dispatcher"), **case.then())
    elif step == "grant":
        returning.rule_return(granted=True, **case.now_on("dispatcher"))
    else:
        getattr(case, step)()
