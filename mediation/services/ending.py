"""Ending without success: the parties are told which other ways they have (人民调解法 26)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import personal, timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Missing
from kernel.events import record
from mediation.choices import Ending, State
from mediation.endings import ENDINGS, NOT_CHOSEN
from mediation.events import MediationTerminated
from mediation.models import MediationCase, Party, Promise
from mediation.services import cases
from mediation.services.forcing import subject_of
from mediation.workflow import WORKFLOW
from petitions.services.stages import locked as locked_petition


@deed
def terminate(
    *,
    case_id: Any,
    reason: str,
    actor: Actor,
    at: datetime,
    note: str = "",
    party_id: int | None = None,
    version: int | None = None,
) -> MediationCase:
    """End a case without success. A refusal names the party that refuses; nobody is mediated against their will (17).

    Raises Invalid where the reason does not fit the state.
    """
    case, _petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="terminate", actor=actor)
    row = ENDINGS.get(reason)
    if row is None or case.state not in row.sources or (reason in NOT_CHOSEN and not actor.is_system):
        raise Invalid(_("This reason does not fit here."), fields={"reason": [_("Choose one that fits.")]})
    party = _refusing(case, party_id, at) if reason == Ending.REFUSED else None
    _stop(case, at)
    WORKFLOW.advance(case, "terminate", given={"reason": reason})
    case.ending, case.ended_at, case.stage_due_at = reason, at, at
    case.ending_note = personal.encrypt(note.strip(), purpose="case.ending_note")
    cases.save(case=case, at=at, columns=("ending", "ended_at", "stage_due_at", "ending_note"))
    ended = MediationTerminated(**cases.identity(case), reason=reason, party=party.pk if party else None)
    record(ended, actor=actor, at=at)
    return case


def _refusing(case: MediationCase, party_id: int | None, at: datetime) -> Party:
    if party_id is None:
        raise Invalid(_("Name the party that refuses."), fields={"party": [_("Required.")]})
    party: Party | None = case.parties.filter(pk=party_id).first()
    if party is None:
        raise Missing(_("Somebody here is no party of this case."))
    Party.objects.filter(pk=party.pk).update(refused_at=at)
    return party


def _stop(case: MediationCase, at: datetime) -> None:
    cases.stop_clocks(case=case, at=at)
    promises = Promise.objects.filter(agreement__case=case, agreement__dropped_at=None)
    if subjects := [subject_of(promise) for promise in promises]:
        timers.cancel(subject_id=subjects, at=at)


@deed
def follow_withdrawal(*, petition_id: Any, at: datetime) -> None:
    """The petition was withdrawn: its mediation ends too, unless an agreement binds the parties already."""
    locked_petition(petition_id=petition_id)
    open_cases = MediationCase.objects.open().exclude(state=State.AGREED).filter(petition_id=petition_id)
    for case_id in list(open_cases.values_list("pk", flat=True)):
        terminate(case_id=case_id, reason=Ending.WITHDRAWN, actor=SYSTEM, at=at)
