"""What happens next in the supervision of a case, beside its work order. Pure, like plans."""

from __future__ import annotations

from datetime import datetime

from dispatch.choices import OrderState
from governance.demo.simulation.cases import Case
from governance.demo.simulation.plans import Mind, Step
from petitions.choices import State as PetitionState
from supervision.choices import State

WORKDAY = 420  # minutes
URGED = 0.6  # of the rungs that an overdue order climbs
LISTED = 0.5  # of what is overdue beyond its whole limit
BEYOND = 5.3 * WORKDAY
LATE = 0.12  # of receipts and answers
# State → the move, and how many working days it takes at least and at most when it is in time.
PACE: dict[str, tuple[str, float, float]] = {
    State.PROPOSED: ("decide", 0.1, 0.8),
    State.ISSUED: ("receive", 0.05, 0.4),
    State.RECEIVED: ("explain", 0.4, 1.8),
    State.ANSWERED: ("judge", 0.1, 0.8),
}
BY_UNIT = frozenset({State.ISSUED, State.RECEIVED})
IN_HAND = (OrderState.ASSIGNED, OrderState.SIGNED)


def next_oversight(mind: Mind, case: Case) -> Step | None:
    """The next thing that the supervisor, the centre or the unit does; None where only the clocks go on."""
    order = case.supervision
    if order is None or order.state not in PACE:
        return _pressure(mind, case)
    move, least, most = PACE[order.state]
    random = mind.chance(case, "supervision", order.state, order.sent_back, case.told["supervision.issued"])
    late = 3.0 if order.state in BY_UNIT and random.random() < LATE else 1.0
    return Step(mind.office(order.changed_at, minutes=WORKDAY * random.uniform(least, most) * late), move)


def _pressure(mind: Mind, case: Case) -> Step | None:
    """An overdue order is urged after a rung was climbed, and may be put on the list at last."""
    order, told = case.order, case.told
    if case.petition.state != PetitionState.DISPATCHED or order is None or order.state not in IN_HAND:
        return None
    rungs = told["order.escalated"]
    if not rungs:
        return None
    random = mind.chance(case, "pressure", order.round, rungs)
    since = max(order.handle_due_at, order.changed_at)
    if random.random() < URGED and told["supervision.urged"] < rungs:
        return Step(_after(mind, since, WORKDAY * rungs + random.uniform(10, 200)), "urge")
    if not told["supervision.listed"] and mind.chance(case, "listing").random() < LISTED:
        return Step(_after(mind, since, BEYOND + random.uniform(10, 300)), "list")
    return None


def _after(mind: Mind, since: datetime, minutes: float) -> datetime:
    return mind.office(since, minutes=minutes)
