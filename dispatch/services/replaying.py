"""Trying a draft or a calendar on past cases, step by step; the only rows written are those of the replay itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replaced
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dispatch.choices import ReplayKind
from dispatch.events import ReplayCancelled, ReplayFinished, ReplayStarted
from dispatch.models import Replay, ReplayedCase
from dispatch.querysets import REPLAYERS
from dispatch.replay.cases import PastCase, count_cases, next_cases
from dispatch.replay.rules import Rules, decide, due_under, present_rules, with_plan
from dispatch.replay.tallies import Outcome, add, empty
from kernel.actors import SYSTEM, Actor
from kernel.calendar_notices import tried_calendar
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing, NotAllowed
from kernel.events import record
from kernel.ids import new_id
from registry.models import Draft
from registry.queries.plans import plan

CHUNK = 5_000
LONGEST_DAYS = 800


@deed
def start(
    *,
    since: date,
    until: date,
    territory: str,
    actor: Actor,
    at: datetime,
    draft_id: UUID | None = None,
    days: str = "",
) -> Replay:
    """Try a draft, or the days of a calendar given as CSV, on the cases accepted from `since` up to `until` inclusive.

    Raises NotAllowed, Missing for a draft that the actor does not see, Invalid naming the field, Conflict where one of
    the actor runs already.
    """
    if not actor.is_system and not any(actor.holds(name) for name in REPLAYERS):
        raise NotAllowed(_("Your role does not include this."))
    begins, ends = _period(since, until)
    draft = _draft(draft_id, actor) if draft_id else None
    if draft is None:
        tried_calendar(lines=days.splitlines(), at=at)
    if Replay.objects.running().filter(asked_by_id=actor.user_id).exists():
        raise Conflict(_("One of your replays is running; wait for it or cancel it."))
    made = Replay(
        id=new_id(at=at),
        kind=ReplayKind.DRAFT if draft else ReplayKind.CALENDAR,
        draft=draft,
        days="" if draft else days,
        effective=max(draft.effective, timezone.localtime(at).date()) if draft else timezone.localtime(at).date(),
        territory=territory,
        since=begins,
        until=ends,
        total=count_cases(territory=territory, since=begins, until=ends),
        tally=empty(),
        asked_by_id=actor.user_id,
        asked_at=at,
    )
    made.save(force_insert=True)
    record(
        ReplayStarted(case_id=made.pk, subject_id=str(made.pk), kind=made.kind, cases=made.total), actor=actor, at=at
    )
    return made


def _period(since: date, until: date) -> tuple[datetime, datetime]:
    if until < since:
        raise Invalid(_("The period ends before it begins."), fields={"until": [_("Not before the first day.")]})
    if (until - since).days > LONGEST_DAYS:
        raise Invalid(_("The period is too long."), fields={"since": [_("At most %d days.") % LONGEST_DAYS]})
    begins, last = (timezone.make_aware(datetime.combine(day, time.min)) for day in (since, until))
    return begins, last + timedelta(days=1)


def _draft(draft_id: UUID, actor: Actor) -> Draft:
    found: Draft | None = Draft.objects.visible_to(actor).filter(pk=draft_id).first()
    if found is None:
        raise Missing(_("This does not exist, or not for you."))
    return found


@deed
def cancel(*, replay_id: Any, actor: Actor, at: datetime) -> Replay:
    """Stop a replay; what it found so far stays. Raises Missing, NotAllowed, Conflict where it is over."""
    made = _locked(replay_id)
    if not actor.is_system and made.asked_by_id != actor.user_id and not actor.holds("registry.approve"):
        raise NotAllowed(_("Only whoever asked for it may cancel it."))
    if not made.is_running:
        raise Conflict(_("It is over already."))
    made.cancelled_at = at
    made.save(update_fields=["cancelled_at"])
    record(ReplayCancelled(case_id=made.pk, subject_id=str(made.pk), done=made.done), actor=actor, at=at)
    return made


@deed
def step(*, replay_id: Any, at: datetime, size: int = CHUNK) -> Replay:
    """Look at the next cases of a replay; finished where there are none left. Does nothing to one that is over."""
    made = _locked(replay_id)
    if not made.is_running:
        return made
    before, after = _rules(made, at)
    cases = next_cases(territory=made.territory, since=made.since, until=made.until, after=made.after, size=size)
    outcomes = [_outcome(case, before, after) for case in cases]
    for outcome in outcomes:
        add(tally=made.tally, outcome=outcome)
    ReplayedCase.objects.bulk_create([_row(made, one) for one in outcomes if one.differs], batch_size=1000)
    made.done += len(cases)
    if cases:
        made.after = cases[-1].petition_id
    if len(cases) < size:
        made.finished_at, made.total = at, made.done
        tally = made.tally
        finished = ReplayFinished(
            case_id=made.pk, subject_id=str(made.pk), cases=made.done, moved=tally["moved"], broken=tally["broken"]
        )
        record(finished, actor=SYSTEM, at=at)
    made.save(update_fields=["tally", "done", "after", "finished_at", "total"])
    return made


@deed
def stop(*, replay_id: Any, fault: str, at: datetime) -> None:
    """End a replay that cannot go on, with the code of what failed."""
    made = _locked(replay_id)
    if made.is_running:
        made.cancelled_at, made.fault = at, fault[:40]
        made.save(update_fields=["cancelled_at", "fault"])
        record(ReplayCancelled(case_id=made.pk, subject_id=str(made.pk), done=made.done), actor=SYSTEM, at=at)


def _locked(replay_id: Any) -> Replay:
    found: Replay | None = Replay.objects.select_for_update(of=("self",)).filter(pk=replay_id).first()
    if found is None:
        raise Missing(_("This does not exist, or not for you."))
    return found


def _rules(made: Replay, at: datetime) -> tuple[Rules, Rules]:
    """The present rules on the day, and the tried ones."""
    before = present_rules(on=made.effective, at=at)
    if made.draft is not None:
        return before, with_plan(rules=before, plan=plan(draft=made.draft, effective=made.effective))
    return before, replaced(before, calendar=tried_calendar(lines=made.days.splitlines(), at=at))


def _outcome(case: PastCase, before: Rules, after: Rules) -> Outcome:
    """Both answers; the second date is computed only where limit or calendar differ."""
    now, then = decide(case=case, rules=before), decide(case=case, rules=after)
    now = replaced(now, due_at=due_under(case=case, answer=now, rules=before))
    same = then.limit == now.limit and after.calendar == before.calendar
    due_at = now.due_at if same else due_under(case=case, answer=then, rules=after)
    return Outcome(case=case, before=now, after=replaced(then, due_at=due_at))


def _row(made: Replay, outcome: Outcome) -> ReplayedCase:
    return ReplayedCase(
        replay=made,
        petition_id=outcome.case.petition_id,
        before_unit_id=outcome.before.unit,
        after_unit_id=outcome.after.unit,
        before_entry=outcome.before.entry,
        after_entry=outcome.after.entry,
        before_due_at=outcome.before.due_at,
        after_due_at=outcome.after.due_at,
        moved=outcome.moved,
        gap=outcome.gap,
        lateness=outcome.lateness,
    )


def running_ids() -> Sequence[UUID]:
    """The replays that have something left to do, the oldest first."""
    return list(Replay.objects.running().order_by("asked_at").values_list("pk", flat=True))
