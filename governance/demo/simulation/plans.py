"""What happens next to a case, and when: the play's mind. Pure: it reads a case and decides by named chance.

Planning the same case in the same state again gives the same step, so an interrupted play goes on as it would have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from dispatch.choices import OrderState
from governance.demo.chance import chance
from governance.demo.simulation import habits
from governance.demo.simulation.cases import Case
from kernel.worktime import WorkCalendar, add_working_time
from petitions.choices import State, Urgency

CALLS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """A move that somebody will make at an instant."""

    at: datetime
    move: str


@dataclass(frozen=True, slots=True)
class Mind:
    """What planning needs to know besides the case."""

    seed: int
    calendar: WorkCalendar

    def next_step(self, case: Case) -> Step | None:
        """The next thing that a person does to the case; None where only the clocks go on."""
        plan = PLANS.get(case.petition.state)
        step = plan(self, case) if plan else None
        withdrawal = self._withdrawal(case)
        if withdrawal is not None and (step is None or withdrawal.at < step.at):
            return withdrawal
        return step

    def chance(self, case: Case, *names: str | int) -> Random:
        """The generator of one decision about one case."""
        return chance(self.seed, case.key, *names)

    def within(
        self, since: datetime, until: datetime, share: float, *, random: Random, office: bool = True
    ) -> datetime:
        """The instant at a share of an interval, in office hours where it is office work, and never past the end."""
        at = since + (until - since) * share
        if office:
            at = max(at, self.office(at, minutes=random.randrange(1, 40)))
        return min(at, until) if share < 1 else at

    def office(self, at: datetime, *, minutes: float) -> datetime:
        """The instant so many minutes of working time later, at a second of its own."""
        return add_working_time(start=at, amount=timedelta(seconds=round(minutes * 60) + 17), calendar=self.calendar)

    def filed(self, case: Case) -> Step | None:
        petition, told = case.petition, case.told
        visit = (petition.rung, told["petition.information_supplied"], told["petition.separated"])
        random = self.chance(case, "receive", *visit)
        lot, first = random.random(), not any(visit)
        move = "accept"
        if case.twin_of and first:
            move = "join"
        elif first and lot < habits.ASKED and petition.urgency == Urgency.ORDINARY:
            move = "ask"
        elif first and lot < habits.ASKED + habits.DECLINED:
            move = "decline"
        village = petition.rung == 0 and petition.involved == [petition.center_id] and petition.village_code
        late = random.random() < (habits.ACCEPTED_LATE_BY_VILLAGE if village else habits.ACCEPTED_LATE)
        return Step(self._in_time(petition.changed_at, petition.stage_due_at, late, case, random), move)

    def waiting(self, case: Case) -> Step | None:
        random = self.chance(case, "supply", case.told["petition.information_requested"])
        if random.random() >= habits.ANSWERED:
            return None
        return Step(case.petition.changed_at + timedelta(hours=random.uniform(1, 90)), "supply")

    def accepted(self, case: Case) -> Step | None:
        """The list had no answer, or a return was granted: the centre decides."""
        petition = case.petition
        if not petition.unroutable and not (case.order and case.order.state == OrderState.RETURNED):
            return None
        random = self.chance(case, "assign", petition.rung, case.told["order.assigned"])
        late = random.random() < habits.ACCEPTED_LATE
        return Step(self._in_time(petition.changed_at, petition.stage_due_at, late, case, random), "assign")

    def dispatched(self, case: Case) -> Step | None:
        order = case.order
        if order is None:
            return None
        return ORDER_PLANS[order.state](self, case) if order.state in ORDER_PLANS else None

    def assigned(self, case: Case) -> Step | None:
        order = case.order
        assert order is not None
        random = self.chance(case, "sign", case.told["order.assigned"])
        wrong = case.petition.category_id != case.category_code
        objects = random.random() < (habits.RETURNED_IF_MISJUDGED if wrong else habits.RETURNED)
        late = random.random() < habits.SIGNED_LATE
        at = self._in_time(order.assigned_at, order.sign_due_at, late, case, random)
        # Whoever is late has no time left to object.
        return Step(at, "return" if objects and not late and not order.bound else "sign")

    def returning(self, case: Case) -> Step | None:
        order = case.order
        assert order is not None
        random = self.chance(case, "rule", case.told["order.return_requested"])
        minutes = random.uniform(430, 900) if random.random() < habits.RULED_LATE else random.uniform(20, 300)
        return Step(self.office(order.changed_at, minutes=minutes), "rule")

    def disputed(self, case: Case) -> Step | None:
        order = case.order
        assert order is not None
        random = self.chance(case, "adjudicate", case.told["order.return_requested"])
        return Step(self.office(order.changed_at, minutes=random.uniform(60, 900)), "adjudicate")

    def signed(self, case: Case) -> Step | None:
        """Work on it; now and then with more time, which the director decides on."""
        order = case.order
        assert order is not None
        if order.asking:
            return self._decision(case)
        last, asked = self._working(case), self._asking(case)
        return asked if asked is not None and asked.at < last.at else last

    def _asking(self, case: Case) -> Step | None:
        """Once in the life of an order that has some days, while time is left."""
        order = case.order
        assert order is not None
        asked = case.told["order.time_asked"] or order.reworks or order.signed_at is None
        random = self.chance(case, "time", order.round, case.told["order.assigned"])
        lot, share = random.random(), random.uniform(0.2, 0.6)
        if asked or lot >= habits.EXTENDED + habits.LET_REST or case.petition.urgency != Urgency.ORDINARY:
            return None
        assert order.signed_at is not None
        at = self.within(order.signed_at, order.handle_due_at, share, random=random)
        if not order.signed_at < at < order.handle_due_at - timedelta(hours=24):
            return None
        return Step(at, "ask_extension" if lot < habits.EXTENDED else "ask_pause")

    def _decision(self, case: Case) -> Step | None:
        """Mostly within half a day; what is not decided before the end lapses by itself."""
        order = case.order
        assert order is not None
        random = self.chance(case, "decide_time", case.told["order.time_asked"])
        at = self.office(order.changed_at, minutes=random.uniform(30, 400))
        return Step(at, "decide_time") if at <= order.handle_due_at else None

    def paused(self, case: Case) -> Step | None:
        """Some go on before the day that was named; for the others the clock does it."""
        order = case.order
        assert order is not None
        random = self.chance(case, "resume", case.told["order.suspended"])
        if random.random() >= habits.RESUMED_EARLY:
            return None
        return Step(self.office(order.changed_at, minutes=random.uniform(500, 2500)), "resume")

    def _working(self, case: Case) -> Step:
        order = case.order
        assert order is not None
        random = self.chance(case, "handle", order.round, order.reworks, case.told["order.assigned"])
        since = order.changed_at if order.reworks else order.assigned_at
        due = order.handle_due_at
        if random.random() < habits.ON_TIME.get(case.field_code, 0.9):
            done = self.within(since, due, 0.05 + 0.9 * random.betavariate(2, 2), random=random, office=_office(case))
        else:
            done = self.within(since, due, 1 + min(random.expovariate(3), 1.5), random=random, office=_office(case))
        asked = case.told["order.time_asked"] > 0
        done = max(done, self.office(order.changed_at, minutes=random.uniform(20, 200))) if asked else done
        step = Step(max(done, (order.signed_at or since) + timedelta(minutes=4)), "complete")
        return step if order.reworks or asked else self._before(case, step, random)

    def _before(self, case: Case, last: Step, random: Random) -> Step:
        """Progress is reported on the way, more often where there is more time; a citizen who waits long is told."""
        order = case.order
        assert order is not None
        assert order.signed_at is not None
        reports = sum(random.random() < 0.55 for _day in range(min(3, (last.at - order.signed_at).days + 1)))
        done = case.told["order.progressed"]
        if case.told["order.assigned"] == 1 and order.round == 1 and done < reports:
            share = (done + 1) / (reports + 1)
            at = self.within(order.signed_at, last.at, share, random=random, office=_office(case))
            return min(Step(at, "progress"), last, key=lambda step: step.at)
        if random.random() < habits.INTERIM_REPLIES and not case.told["petition.replied"] and reports > 1:
            at = self.within(order.signed_at, last.at, 0.9, random=random)
            return min(Step(at, "reply"), last, key=lambda step: step.at)
        return last

    def handled(self, case: Case) -> Step | None:
        petition, order = case.petition, case.order
        assert petition.handled_at is not None
        assert order is not None
        random = self.chance(case, "verify", order.round, order.reworks)
        late = random.random() < habits.VERIFIED_LATE
        return Step(self._in_time(petition.handled_at, petition.stage_due_at, late, case, random), "verify")

    def verified(self, case: Case) -> Step | None:
        petition = case.petition
        assert petition.verified_at is not None
        random, calls = self.chance(case, "rating", petition.round), case.told["petition.called_back"]
        lot = random.random()
        if lot < habits.CALLED and calls < CALLS * petition.round:
            since = petition.verified_at if not calls else max(petition.verified_at, petition.changed_at)
            return Step(self.office(since, minutes=random.uniform(60, 700) + 400 * (calls % CALLS)), "call")
        if habits.CALLED <= lot < habits.CALLED + habits.RATED_BY_THEMSELVES:
            return Step(petition.verified_at + timedelta(hours=random.uniform(0.5, 96)), "rate")
        return None

    def joined(self, case: Case) -> Step | None:
        random = self.chance(case, "separate")
        if random.random() >= habits.SEPARATED or case.told["petition.separated"]:
            return None
        return Step(self.office(case.petition.changed_at, minutes=random.uniform(60, 600)), "separate")

    def _in_time(self, since: datetime, due: datetime, late: bool, case: Case, random: Random) -> datetime:
        """Within a limit, mostly early in it; or some time after it."""
        if late:
            return self.office(due, minutes=random.expovariate(1 / 200) + 5)
        return self.within(since, due, random.betavariate(1.3, 4), random=random, office=_office(case))

    def _withdrawal(self, case: Case) -> Step | None:
        petition = case.petition
        random = self.chance(case, "withdraw")
        if petition.state not in (State.FILED, State.DISPATCHED) or random.random() >= habits.TAKEN_BACK:
            return None
        at = petition.filed_at + timedelta(hours=random.uniform(1, 60))
        return Step(max(at, petition.changed_at + timedelta(minutes=7)), "withdraw")


def _office(case: Case) -> bool:
    """What is urgent is done at any hour."""
    return case.petition.urgency == Urgency.ORDINARY


Plan = Callable[[Mind, Case], Step | None]
PLANS: dict[str, Plan] = {
    State.FILED: Mind.filed,
    State.WAITING: Mind.waiting,
    State.ACCEPTED: Mind.accepted,
    State.DISPATCHED: Mind.dispatched,
    State.HANDLED: Mind.handled,
    State.VERIFIED: Mind.verified,
    State.JOINED: Mind.joined,
}
ORDER_PLANS: dict[str, Plan] = {
    OrderState.ASSIGNED: Mind.assigned,
    OrderState.SIGNED: Mind.signed,
    OrderState.PAUSED: Mind.paused,
    OrderState.RETURNING: Mind.returning,
    OrderState.DISPUTED: Mind.disputed,
}
