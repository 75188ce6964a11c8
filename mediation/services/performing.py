"""After the agreement: what was promised is kept, or confirmed by the court."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import record
from mediation.choices import Confirmation
from mediation.events import ConfirmationRecorded, MediationPerformed, PromiseKept
from mediation.models import Agreement, MediationCase, Promise
from mediation.queries import agreement_of
from mediation.services import cases
from mediation.services.forcing import subject_of
from mediation.workflow import WORKFLOW


@deed
def keep_promise(
    *, case_id: Any, promise_id: int, on: date, actor: Actor, at: datetime, version: int | None = None
) -> MediationCase:
    """Record that a promise was kept on a day; with the last one the case is performed (人民调解法 31)."""
    case, _petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="perform", actor=actor)
    agreement = _in_force(case)
    promise = agreement.promises.filter(pk=promise_id).first()
    if promise is None:
        raise Missing(_("There is no such promise."))
    if promise.kept_on is not None:
        raise Conflict(_("This promise is kept already."))
    _check_day(on, agreement, at)
    WORKFLOW.advance(case, "perform", given={"promise": promise.pk, "on": on})
    Promise.objects.filter(pk=promise.pk).update(kept_on=on)
    timers.cancel(subject_id=subject_of(promise), at=at)
    kept = PromiseKept(**cases.identity(case), promise=promise.pk, on_time=on <= promise.due_on)
    record(kept, actor=actor, at=at)
    if agreement.promises.filter(kept_on=None).exists():
        cases.save(case=case, at=at)
        return case
    return _finish(case, agreement, actor, at)


def _finish(case: MediationCase, agreement: Agreement, actor: Actor, at: datetime) -> MediationCase:
    WORKFLOW.advance(case, "finish", given={"performed": True})
    case.ended_at = case.stage_due_at = at
    cases.save(case=case, at=at, columns=("ended_at", "stage_due_at"))
    on_time = all(one.kept_on <= one.due_on for one in agreement.promises.all() if one.kept_on is not None)
    record(MediationPerformed(**cases.identity(case), on_time=on_time), actor=actor, at=at)
    return case


@deed
def record_confirmation(
    *, case_id: Any, confirmation: str, on: date, actor: Actor, at: datetime, version: int | None = None
) -> MediationCase:
    """Record what became of the joint request to the court. An application after its last day is refused here too."""
    case, _petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="confirm", actor=actor)
    agreement = _in_force(case)
    if confirmation not in Confirmation.values:
        raise Invalid(_("There is no such outcome."), fields={"confirmation": [_("Unknown outcome.")]})
    _check_day(on, agreement, at)
    assert agreement.confirm_by is not None  # a constraint: in force means that the court has a last day
    if confirmation == Confirmation.APPLIED and on > timezone.localtime(agreement.confirm_by).date():
        raise Invalid(_("The court may be asked within 30 days only."), fields={"on": [_("Too late.")]})
    WORKFLOW.advance(case, "confirm", given={"confirmation": confirmation, "on": on})
    Agreement.objects.filter(pk=agreement.pk).update(confirmation=confirmation, confirmation_on=on)
    cases.save(case=case, at=at)
    cases.stop_clocks(case=case, at=at, kinds=("mediation.confirm",))
    happened = ConfirmationRecorded(**cases.identity(case), confirmation=confirmation, on=on.isoformat())
    record(happened, actor=actor, at=at)
    return case


def _in_force(case: MediationCase) -> Agreement:
    agreement = agreement_of(case=case)
    if agreement is None or agreement.in_force_at is None:
        raise Missing(_("There is no agreement in force."))
    return agreement


def _check_day(on: date, agreement: Agreement, at: datetime) -> None:
    assert agreement.in_force_at is not None  # the caller asked for an agreement in force
    if not timezone.localtime(agreement.in_force_at).date() <= on <= timezone.localtime(at).date():
        raise Invalid(
            _("This day is not possible."), fields={"on": [_("Between the day the agreement took effect and today.")]}
        )
