"""A random life of lists, cases and calendars, and what has to hold after every step of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dispatch.models import WorkOrder
from dispatch.services import adjudicating, asking, granting, opening, pausing, returning, verifying, working
from kernel import calendar_notices, calendars, projecting
from kernel.errors import DomainError
from kernel.relay import deliver_everything
from kernel.timers import fire_everything
from petitions.models import Petition
from petitions.services import closing
from registry.choices import LineOp
from registry.services import handover, publishing
from tests.journeys.steps import dispatched
from tests.life import oracle
from tests.registry.steps import found, item, proposed, stall, unhelped
from tests.world import MONDAY, World

WORLD: list[World] = []  # set by the test: the machine is built by hypothesis, which knows no fixtures
UNITS = ("urban", "water", "east_village", "east_other")
CATEGORIES = ("010101", "010102", "010103", "010104", "010199")
hours = st.integers(1, 60)


class Life(RuleBasedStateMachine):
    """Every rule is a deed or a stretch of time; a deed that is refused changes nothing, and the life goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.world = WORLD[0]
        self.block = transaction.atomic()
        self.block._from_testcase = True  # type: ignore[attr-defined]  # a refused deed rolls itself back in it
        self.block.__enter__()
        self.at = MONDAY
        self.made = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        calendars.forget()

    # --- helpers ----------------------------------------------------------------------------------------------------

    def actor(self, name: str) -> Any:
        return self.world.actor(name, on=self.at)

    def attempt(self, deed: Any, **given: Any) -> Any:
        """Do it, or be refused: a refusal leaves no trace."""
        with suppress(DomainError):
            return deed(**given, at=self.at)
        return None

    def order(self, number: int) -> WorkOrder | None:
        rows = list(WorkOrder.objects.order_by("assigned_at", "pk"))
        return rows[number % len(rows)] if rows else None

    def handler_of(self, order: WorkOrder) -> Any:
        people = {"D-CG": "urban_handler", "U-GS": "water_handler", "VL-1": "east_villager"}
        return self.actor(people.get(order.unit.code, "urban_handler"))

    # --- the list ---------------------------------------------------------------------------------------------------

    @initialize()
    def registry(self) -> None:
        found(("T-CG", stall()), ("T-GS", unhelped(matter="M-GS", lead_unit="U-GS", limit_value="1")))

    @rule(lead=st.sampled_from(["D-CG", "U-GS", "TS-370404001"]), limit=st.sampled_from(["1", "5", "10"]))
    def change_the_list(self, lead: str, limit: str) -> None:
        with suppress(DomainError):
            day = self.at.date() + timedelta(days=1)
            draft = proposed(
                self.world, (LineOp.CHANGE, "T-CG", {"lead_unit": lead, "limit_value": limit}), effective=day
            )
            self.attempt(publishing.approve, draft_id=draft.pk, actor=self.actor("director"))

    @rule(to=st.sampled_from(["urban", "water"]))
    def hand_a_matter_over(self, to: str) -> None:
        given = {"item_code": "T-CG", "to_unit_id": self.world.units[to].pk, "text": "移交。"}
        day = self.at.date() + timedelta(days=1)
        made = self.attempt(handover.propose, **given, effective=day, actor=self.actor("keeper"))
        for person in ("urban_handler", "water_handler"):
            if made is not None:
                self.attempt(handover.sign, hand_over_id=made.pk, actor=self.actor(person))

    # --- cases ------------------------------------------------------------------------------------------------------

    @rule(category=st.sampled_from(CATEGORIES), urgency=st.sampled_from(["ordinary", "urgent"]))
    def file(self, category: str, urgency: str) -> None:
        self.made += 1
        with suppress(WorkOrder.DoesNotExist):
            dispatched(self.world, at=self.at, category=category, urgency=urgency)

    @rule(number=st.integers(0, 40), unit=st.sampled_from([*UNITS, "east_town"]))
    def assign(self, number: int, unit: str) -> None:
        waiting = list(Petition.objects.filter(state="accepted").order_by("filed_at", "pk"))
        if waiting:
            petition = waiting[number % len(waiting)]
            given = {"petition_id": petition.pk, "unit_id": self.world.units[unit].pk}
            self.attempt(opening.assign, **given, actor=self.actor("dispatcher"))

    @rule(number=st.integers(0, 40), unit=st.sampled_from([*UNITS, "east_town"]))
    def reassign(self, number: int, unit: str) -> None:
        if order := self.order(number):
            given = {"order_id": order.pk, "unit_id": self.world.units[unit].pk, "note": "改派"}
            self.attempt(opening.reassign, **given, actor=self.actor("dispatcher"))

    @rule(number=st.integers(0, 40), done=st.booleans())
    def work(self, number: int, done: bool) -> None:
        if order := self.order(number):
            self.attempt(working.sign, order_id=order.pk, actor=self.handler_of(order))
            if done:
                self.attempt(working.complete, order_id=order.pk, result="已处理", actor=self.handler_of(order))

    @rule(number=st.integers(0, 40), granted=st.booleans(), unit=st.sampled_from(UNITS))
    def object_and_rule(self, number: int, granted: bool, unit: str) -> None:
        order = self.order(number)
        if order is None:
            return
        asked = {"order_id": order.pk, "reason_code": "not_ours", "note": "不属于本单位"}
        self.attempt(returning.request_return, **asked, actor=self.handler_of(order))
        ruled = {"order_id": order.pk, "granted": granted, "note": "依据清单"}
        self.attempt(returning.rule_return, **ruled, actor=self.actor("dispatcher"))
        named = {"order_id": order.pk, "unit_id": self.world.units[unit].pk, "note": "裁定", "basis": "条例24"}
        self.attempt(adjudicating.adjudicate, **named, actor=self.actor("director"))
        deliver_everything(at=self.at)

    @rule(number=st.integers(0, 40), passed=st.booleans(), who=st.sampled_from(["verifier", "urban_handler"]))
    def verify(self, number: int, passed: bool, who: str) -> None:
        if order := self.order(number):
            self.attempt(verifying.verify, order_id=order.pk, passed=passed, note="不符", actor=self.actor(who))

    @rule(number=st.integers(0, 40), satisfaction=st.sampled_from(["satisfied", "dissatisfied"]))
    def rate(self, number: int, satisfaction: str) -> None:
        if order := self.order(number):
            given = {"petition_id": order.petition_id, "satisfaction": satisfaction, "resolved": True}
            self.attempt(closing.rate, **given, actor=self.actor("verifier"))
            deliver_everything(at=self.at)

    # --- time -------------------------------------------------------------------------------------------------------

    @rule(number=st.integers(0, 40), days=st.integers(1, 35), granted=st.booleans())
    def extend(self, number: int, days: int, granted: bool) -> None:
        if order := self.order(number):
            asked = {"order_id": order.pk, "days": days, "grounds": "情况复杂"}
            self.attempt(asking.ask_extension, **asked, actor=self.handler_of(order))
            self._decide(order, granted)

    @rule(number=st.integers(0, 40), days=st.integers(0, 40), granted=st.booleans(), early=st.booleans())
    def suspend(self, number: int, days: int, granted: bool, early: bool) -> None:
        if order := self.order(number):
            until = self.at.date() + timedelta(days=days)
            asked = {"order_id": order.pk, "reason": "appraisal", "until": until, "grounds": "等待鉴定"}
            self.attempt(asking.ask_pause, **asked, actor=self.handler_of(order))
            self._decide(order, granted)
            if early:
                self.pass_time(9)
                self.attempt(pausing.resume, order_id=order.pk, actor=self.actor("director"))

    def _decide(self, order: WorkOrder, granted: bool) -> None:
        given = {"order_id": order.pk, "granted": granted, "note": "研究决定"}
        self.attempt(granting.decide, **given, actor=self.actor("director"))

    @rule(length=hours)
    def pass_time(self, length: int) -> None:
        """Hours go by: what falls due fires at its own instant, as the beat would have it."""
        until = self.at + timedelta(hours=length)
        while (due := oracle.next_timer(before=until)) is not None:
            self._moment(max(due, self.at))
        self._moment(until)

    def _moment(self, at: datetime) -> None:
        self.at = at
        fire_everything(at=at)
        deliver_everything(at=at)

    @precondition(lambda self: self.made > 0)
    @rule(ahead=st.integers(1, 12), off=st.booleans())
    def announce_a_notice(self, ahead: int, off: bool) -> None:
        """A holiday, or a weekend to be worked, is announced; open deadlines are laid anew."""
        day = self.at.date() + timedelta(days=ahead)
        kind = "holiday" if off and day.weekday() < 5 else "makeup" if not off and day.weekday() > 4 else ""
        days = [one for one in calendar_notices.days_of(version=calendar_notices.latest()) if one.date != day]
        if kind:
            told = calendar_notices.Day(day, kind, "通知", "国办发明电")
            calendar_notices.publish(days=sorted([*days, told]), at=self.at)
            projecting.perform(at=self.at)

    # --- what holds -------------------------------------------------------------------------------------------------

    @invariant()
    def one_lead_per_matter_area_and_instant(self) -> None:
        oracle.one_lead()

    @invariant()
    def the_minutes_of_every_case_add_up(self) -> None:
        oracle.minutes_add_up(at=self.at)

    @invariant()
    def no_deadline_differs_from_the_slow_calculation(self) -> None:
        oracle.deadlines_hold()

    @invariant()
    def the_rules_of_the_regulations_hold(self) -> None:
        oracle.rules_hold(self.world)

    @invariant()
    def nothing_is_stuck(self) -> None:
        oracle.nothing_stuck()

    @invariant()
    def the_item_says_what_the_list_decides(self) -> None:
        oracle.item_and_list_agree(item("T-CG"), on=self.at.date()) if self.world and oracle.founded() else None
