"""What runs on the desks by the clock."""

from __future__ import annotations

from datetime import datetime

from desk.services import snoozing
from desk.tellings import STAND_IN, STOOD_IN_FOR
from kernel.events import Fact, subscribe
from kernel.models import Timer
from kernel.timers import on_timer
from notices.services.telling import Telling, tell_many
from organizations.events import AbsenceEntered


@on_timer(snoozing.TIMER)
def snooze_is_over(timers: list[Timer], at: datetime) -> None:
    snoozing.wake_due(ids=[one.subject_id for one in timers], at=at)


@subscribe(AbsenceEntered, name="desk.tell_of_absence")
def tell_of_absence(fact: Fact) -> None:
    """Both are told: a right that one has without knowing is as bad as one that somebody else has."""
    away = fact.event
    facts = {"unit": away.unit, "begins_at": away.begins_at, "ends_at": away.ends_at}
    told = {STAND_IN.code: away.stand_in, STOOD_IN_FOR.code: away.user_id}
    tellings = [
        Telling(kind=kind, people=[user_id], subject=away.subject_id, facts=facts, once=away.subject_id)
        for kind, user_id in told.items()
    ]
    tell_many(tellings, at=fact.at)
