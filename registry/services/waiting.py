"""The clocks of drafts and hand-overs: what nobody goes on with ends by itself, what nobody decides is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from kernel.timers import TimerSpec
from registry.choices import OPEN_HAND_OVERS, DraftState
from registry.events import DraftDiscarded, DraftLate, HandOverWithdrawn
from registry.models import Draft, HandOver
from registry.services import papers
from registry.workflow import DRAFT, HAND_OVER

# In calendar days, our own measure: no statute gives one.
DAYS = {
    "registry.prepare": 60,
    "registry.decide": 14,
    "registry.first_signature": 30,
    "registry.second_signature": 30,
}


def wait(*, subject: Draft | HandOver, clock: str, at: datetime) -> None:
    """Start the clock of a stage; those of other stages stop."""
    spec = TimerSpec(
        kind=clock, case_id=subject.pk, subject_id=str(subject.pk), due_at=at + timedelta(days=DAYS[clock])
    )
    timers.swap(stopped=DAYS, specs=[spec], at=at)


def stop(*, subject: Draft | HandOver, at: datetime) -> None:
    """Stop every clock of what has ended."""
    timers.cancel(subject_id=str(subject.pk), kinds=DAYS, at=at)


@deed
def preparing_over(*, draft_ids: Iterable[Any], at: datetime) -> None:
    """Drafts that nobody submitted in two months are discarded; they stay to be read."""
    for draft in Draft.objects.select_for_update().filter(pk__in=list(draft_ids), state=DraftState.PREPARING):
        DRAFT.advance(draft, "discard")
        draft.decided_at = at
        papers.save(draft=draft, columns=("decided_at",))
        record(DraftDiscarded(**papers.identity(draft)), actor=SYSTEM, at=at)


@deed
def decision_late(*, draft_ids: Iterable[Any], at: datetime) -> None:
    """Drafts that nobody decided on in time: noted on each, and again after as long."""
    for draft in Draft.objects.select_for_update().filter(pk__in=list(draft_ids), state=DraftState.SUBMITTED):
        record(DraftLate(**papers.identity(draft)), actor=SYSTEM, at=at)
        wait(subject=draft, clock="registry.decide", at=at)


@deed
def signing_over(*, hand_over_ids: Iterable[Any], at: datetime) -> None:
    """Hand-overs that were not signed by both sides in a month are withdrawn."""
    waiting = HandOver.objects.select_for_update(of=("self",)).filter(state__in=OPEN_HAND_OVERS)
    for made in waiting.filter(pk__in=list(hand_over_ids)):
        note = _("Not signed by both sides in time.")
        HAND_OVER.advance(made, "withdraw", given={"reason": note})
        made.ended_at, made.note = at, note
        made.version += 1
        made.save(update_fields=["state", "version", "ended_at", "note"])
        record(HandOverWithdrawn(case_id=made.pk, subject_id=str(made.pk)), actor=SYSTEM, at=at)
