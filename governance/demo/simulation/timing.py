"""Moves of time: units ask for an extension or let something rest, and the director decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from dispatch.models import TimeRequest
from dispatch.services import asking, granting, pausing
from dispatch.time_rules import room_of
from dispatch.times import PauseReason
from governance.demo.simulation import habits
from governance.demo.simulation.cases import Case
from governance.demo.simulation.handling import order_of, worker_for
from governance.demo.simulation.stage import Stage, move

EXTENSION_GROUNDS = (
    "涉及多个路段，需分批组织施工，原时限内无法全部完成。",
    "配件需从厂家调货，预计一周内到货。",
    "当事双方意见分歧较大，需进一步核实取证。",
)
PAUSE_GROUNDS = {
    PauseReason.APPRAISAL: "已委托检测机构，待检测报告出具后处理。",
    PauseReason.HEARING: "拟组织听证，听证结束后作出处理。",
    PauseReason.SEASON: "气温过低，不具备施工条件，待回暖后施工。",
    PauseReason.RELOCATION: "所在片区正在搬迁，搬迁完成后一并处理。",
    PauseReason.OTHER_BODY: "需待上级主管部门批复后办理。",
}
REFUSED = "理由不充分，请抓紧办理。"


@move("ask_extension")
def ask_extension(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Ask for some days more."""
    assert case.order is not None
    most = room_of(unit_id=case.order.unit_id, at=at).extension[case.petition.urgency]
    days = random.randint(2, min(10, most))
    grounds = random.choice(EXTENSION_GROUNDS)
    actor = worker_for(stage, case, random)
    asking.ask_extension(order_id=order_of(case), days=days, grounds=grounds, actor=actor, at=at)


@move("ask_pause")
def ask_pause(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Ask that the clock stands still; a unit that has too much at rest already asks for some days more instead."""
    if not _has_room(case, at):
        ask_extension(stage, case, at, random)
        return
    reason = random.choice(list(PauseReason))
    until = timezone.localtime(at).date() + timedelta(days=random.randint(4, 28))
    grounds = PAUSE_GROUNDS[reason]
    actor = worker_for(stage, case, random)
    asking.ask_pause(order_id=order_of(case), reason=reason, until=until, grounds=grounds, actor=actor, at=at)


@move("decide_time")
def decide_time(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Decide; a unit that has too much at rest already gets no more of it, and nothing that is over."""
    assert case.order is not None
    room = _has_room(case, at)
    asked = TimeRequest.objects.waiting().get(order=case.order.id)
    sensible = asked.until is None or (room and asked.until > at)  # a long holiday may lie between asking and deciding
    granted = random.random() < habits.TIME_GRANTED and sensible
    director = stage.cast.director(random=random)
    note = "" if granted else REFUSED
    granting.decide(order_id=case.order.id, granted=granted, note=note, actor=director, at=at)


@move("resume")
def resume(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """What was waited for is there: go on."""
    pausing.resume(order_id=order_of(case), actor=worker_for(stage, case, random), at=at)


def _has_room(case: Case, at: datetime) -> bool:
    """Whether the unit may have one order more suspended."""
    assert case.order is not None
    standing, open_orders = pausing.standing_of(unit_id=case.order.unit_id)
    return standing < room_of(unit_id=case.order.unit_id, at=at).quota.allows(open_orders=open_orders)
