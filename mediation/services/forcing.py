"""From the day it is in force: the time for the court, and the promises with their reminders."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from kernel import timers
from kernel.actors import Actor
from kernel.events import instant, record
from kernel.timers import TimerSpec
from kernel.worktime import SHANGHAI
from mediation.choices import Form
from mediation.deadlines import CONFIRM_WARNING_DAYS, LIMITS, PROMISE_WARNING_DAYS
from mediation.events import AgreementInForce
from mediation.models import Agreement, MediationCase, Promise
from mediation.services import cases
from mediation.workflow import WORKFLOW
from petitions.services.stages import end_of

MORNING = time(9)


def take_force(*, case: MediationCase, agreement: Agreement, actor: Actor, at: datetime) -> None:
    """Everything is signed, or agreed orally: the agreement binds, and its clocks start. The caller holds the lock."""
    if agreement.form == Form.WRITTEN:
        WORKFLOW.advance(case, "take_force", given={"signatures": True})
    agreement.in_force_at = at
    agreement.confirm_by = end_of(limit=LIMITS["mediation.confirm"], at=at)
    agreement.save(update_fields=["in_force_at", "confirm_by"])
    promises = list(agreement.promises.order_by("due_on", "pk"))
    case.stage_due_at, case.rung = day_end(promises[-1]), 0
    cases.save(case=case, at=at, columns=("stage_due_at", "rung"))
    cases.stop_clocks(case=case, at=at)
    warn_at = agreement.confirm_by - timedelta(days=CONFIRM_WARNING_DAYS)
    cases.clock(case=case, kind="mediation.confirm", due_at=max(warn_at, at), at=at)
    timers.start_many([promise_clock(case=case, promise=one, at=at) for one in promises], at=at)
    happened = AgreementInForce(
        **cases.identity(case),
        agreement=agreement.pk,
        form=agreement.form,
        confirm_by=instant(agreement.confirm_by),
    )
    record(happened, actor=actor, at=at)


def promise_clock(*, case: MediationCase, promise: Promise, at: datetime) -> TimerSpec:
    """The next reminder of a promise: some days before it is due, or else when its day is over."""
    soon = datetime.combine(promise.due_on - timedelta(days=PROMISE_WARNING_DAYS), MORNING, SHANGHAI)
    due = soon if soon > at and promise.remembered == 0 else day_end(promise)
    return TimerSpec(kind="mediation.perform", case_id=case.petition_id, subject_id=subject_of(promise), due_at=due)


def subject_of(promise: Promise) -> str:
    """How the timers of a promise name it."""
    return f"promise:{promise.pk}"


def day_end(promise: Promise) -> datetime:
    """24:00 of the day by which a promise is to be kept."""
    return datetime.combine(promise.due_on + timedelta(days=1), time.min, SHANGHAI)
