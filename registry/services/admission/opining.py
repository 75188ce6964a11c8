"""Each township says in writing what it thinks; whoever says nothing is recorded as silent, which is no consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record
from kernel.permissions import require
from registry.admission import policies
from registry.admission.choices import Stance, State
from registry.admission.events import AdmissionHeard, OpinionReminded, OpinionSigned, TownshipsSilent
from registry.admission.workflow import WORKFLOW
from registry.models import Admission, Opinion
from registry.queries.admission import move_verdict
from registry.services.admission import cases


@deed
def opine(
    *,
    admission_id: Any,
    stance: str,
    text: str,
    actor: Actor,
    at: datetime,
    township_id: int | None = None,
    version: int | None = None,
) -> Admission:
    """Sign a township's opinion: it agrees, agrees with conditions, or objects, and says why. It then stands.

    `township_id` is needed only by somebody who sits in two of the townships concerned. With the last opinion the
    admission goes on: to consultation where anybody objects, otherwise to the decision.
    """
    case: Admission = Admission.objects.locked(admission_id, version=version)
    WORKFLOW.row(move="opine", state=case.state)
    require(move_verdict(move="opine", case=case, actor=actor))
    if stance not in Stance.values:
        raise Invalid(_("Choose an opinion."), fields={"stance": [_("Unknown choice.")]})
    WORKFLOW.advance(case, "opine", given={"stance": stance, "text": text.strip()})
    opinion = _open_opinion(case, actor, township_id)
    opinion.stance, opinion.text = stance, text.strip()
    opinion.signed_by_id, opinion.signed_at = actor.user_id, at
    opinion.save(update_fields=["stance", "text", "signed_by_id", "signed_at"])
    record(OpinionSigned(**cases.identity(case), township=opinion.township_id, stance=stance), actor=actor, at=at)
    _go_on(case, at=at, actor=actor)
    return case


@deed
def remind(*, admission_ids: Sequence[UUID], at: datetime) -> None:
    """Shortly before the limit ends: townships that have not said anything are reminded, once."""
    for case in in_state(admission_ids=admission_ids, state=State.ASKED):
        waiting = case.opinions.filter(stance="")
        townships = sorted(waiting.values_list("township_id", flat=True))
        waiting.update(reminded_at=at)
        record(OpinionReminded(**cases.identity(case), townships=townships), actor=SYSTEM, at=at)


@deed
def limit_over(*, admission_ids: Sequence[UUID], at: datetime) -> None:
    """The limit for opinions has run out: who said nothing is silent, and the admission goes on."""
    for case in in_state(admission_ids=admission_ids, state=State.ASKED):
        if case.opinions_due_at is None or case.opinions_due_at > at:
            continue
        silent = case.opinions.filter(stance="")
        townships = sorted(silent.values_list("township_id", flat=True))
        silent.update(silent_at=at)
        record(TownshipsSilent(**cases.identity(case), townships=townships), actor=SYSTEM, at=at)
        _go_on(case, at=at, actor=SYSTEM)


def in_state(*, admission_ids: Sequence[UUID], state: str) -> list[Admission]:
    """The truth at the moment of firing: those that still stand in a state, locked in order."""
    found = Admission.objects.select_for_update(of=("self",)).filter(pk__in=admission_ids, state=state)
    return list(found.order_by("pk"))


def _open_opinion(case: Admission, actor: Actor, township_id: int | None) -> Opinion:
    mine = policies.own_township(townships=case.townships, actor=actor)
    wanted = [one for one in mine if township_id in (None, one)]
    waiting: list[Opinion] = list(case.opinions.filter(township_id__in=wanted, stance="").order_by("township_id"))
    if not wanted:
        raise Invalid(_("You do not sign for this township."), fields={"township": [_("Unknown township.")]})
    if not waiting:
        raise Conflict(_("Your township has given its opinion already."))
    if len(waiting) > 1:
        raise Invalid(_("For which township?"), fields={"township": [_("Name the township.")]})
    return waiting[0]


def _go_on(case: Admission, *, at: datetime, actor: Actor) -> None:
    """Save the row; where every township has spoken or was silent, take the next stage by itself."""
    opinions = list(case.opinions.all())
    if any(not one.stance and one.silent_at is None for one in opinions):
        cases.save(case=case, at=at)
        return
    objecting = policies.objecting(opinions=opinions)
    WORKFLOW.advance(case, "dispute" if objecting else "settle")
    cases.enter_stage(case=case, clock=WORKFLOW.clocks[case.state], at=at)
    cases.save(case=case, at=at, columns=cases.STAGE)
    heard = AdmissionHeard(**cases.identity(case), objecting=objecting)
    record(heard, actor=actor, at=at)
