"""What happens next in the call of a case, beside its work order. Pure, like plans."""

from __future__ import annotations

from datetime import datetime

from calls.choices import State
from calls.models import Call
from governance.demo.simulation.cases import Case
from governance.demo.simulation.plans import Mind, Step
from petitions.choices import Channel
from petitions.choices import State as PetitionState

WORKDAY = 420  # minutes
# Of what a unit has in hand, by who reported it: most of what townships call for was seen by their gridworkers.
CALLS = {Channel.TOWNSHIP: 0.4, Channel.GRIDWORKER: 0.03}
IGNORED = 0.15  # calls that nobody answers before somebody above is told
BROKEN = 0.1  # promises that are not kept
REFUSED = 0.06
# State → the move, and how many working days it takes at least and at most when it is in time.
PACE: dict[str, tuple[str, float, float]] = {
    State.SIGNING: ("call_sign", 0.02, 0.3),
    State.FILED: ("call_triage", 0.02, 0.2),
    State.CALLED: ("call_answer", 0.05, 0.4),
    State.ARRIVED: ("call_report", 0.2, 2),
    State.REPORTED: ("call_judge", 0.1, 1.2),
    State.REFUSED: ("call_rule", 0.1, 0.8),
}


def next_call(mind: Mind, case: Case) -> Step | None:
    """The next thing that the township, the centre or the called unit does; None where nothing is called."""
    call = case.call
    if call is None:
        return _first(mind, case)
    random = mind.chance(case, "call", call.state, call.round)
    if call.state == State.ANSWERED and call.promised_at is not None:
        return Step(_kept(mind, call, random.random()), "call_arrive")
    if call.state not in PACE:
        return None
    move, least, most = PACE[call.state]
    if move == "call_answer" and not call.bound and random.random() < REFUSED:
        move = "call_refuse"
    slow = 9.0 if call.state == State.CALLED and random.random() < IGNORED else 1.0
    return Step(mind.office(call.changed_at, minutes=WORKDAY * random.uniform(least, most) * slow), move)


def _kept(mind: Mind, call: Call, luck: float) -> datetime:
    """Who promised an hour is there before it, or half a day after."""
    assert call.promised_at is not None
    assert call.answered_at is not None
    if luck < BROKEN:
        return mind.office(call.promised_at, minutes=WORKDAY / 2)
    return call.answered_at + (call.promised_at - call.answered_at) * 0.9


def _first(mind: Mind, case: Case) -> Step | None:
    """The township of the place calls for a department, once."""
    share = CALLS.get(Channel(case.petition.channel), 0.0)
    random = mind.chance(case, "calls")
    if case.petition.state != PetitionState.DISPATCHED or random.random() >= share:
        return None
    return Step(mind.office(case.petition.changed_at, minutes=WORKDAY * random.uniform(0.1, 0.6)), "call_file")
