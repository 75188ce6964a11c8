"""What happens next in the mediation of a dispute, beside the work order of its petition. Pure, like plans."""

from __future__ import annotations

from datetime import datetime

from governance.demo.simulation.cases import Case
from governance.demo.simulation.plans import Mind, Step
from mediation.choices import State
from mediation.models import MediationCase

WORKDAY = 420  # minutes
KEPT = 0.93  # of promises
# State → the move, and how many working days it takes at least and at most.
PACE: dict[str, tuple[str, float, float]] = {
    State.OPENED: ("appoint", 0.1, 2.6),
    State.ASSIGNED: ("sit", 0.8, 5),
    State.IN_SESSION: ("proceed", 0.4, 4),
    State.SIGNING: ("put_signatures", 0.2, 2.5),
    State.AGREED: ("keep_promise", 2, 8),
}


def next_sitting(mind: Mind, case: Case) -> Step | None:
    """The next thing that the mediator or the parties do; None where nothing is open or a promise is not kept."""
    mediation = case.mediation
    if mediation is None or mediation.state not in PACE:
        return None
    move, least, most = PACE[mediation.state]
    random = mind.chance(case, "mediation", mediation.state, mediation.rung, case.told["mediation.session_held"])
    if mediation.state == State.AGREED and random.random() >= KEPT:
        return None
    return Step(mind.office(_since(mediation), minutes=WORKDAY * random.uniform(least, most)), move)


def _since(mediation: MediationCase) -> datetime:
    return mediation.changed_at
