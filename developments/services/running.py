"""The plan as it runs: steps begin when what they wait for is done, and the case is finished with the last of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from developments import tellings
from developments.choices import OPEN_STEPS, PASSED_STEPS, StepState
from developments.deadlines import limit_of
from developments.events import DevelopmentFinished, StepBegun
from developments.models import Development, Step
from developments.policies import ANSWER
from developments.services import cases
from developments.workflow import DEVELOPMENTS, STEPS
from kernel import timers
from kernel.actors import Actor
from kernel.calendars import current
from kernel.errors import Stale
from kernel.events import instant, record
from kernel.timers import TimerSpec
from kernel.worktime import deadline
from organizations.queries.people import people_who_may
from petitions.services.planning import end_with_plan
from petitions.services.stages import end_of

CLOCKS = tuple(sorted(set(STEPS.clocks.values())))


def lay_step(*, step: Step, at: datetime) -> None:
    """Begin the stage that a step is in now. The unit has time to sign, but never beyond its own limit."""
    clock = STEPS.clocks.get(step.state)
    step.stage_from, step.rung, step.stage_due_at = at, 0, at
    if clock == "development.step_work":
        step.stage_due_at = step.due_at or at
    elif clock in ("development.step_sign", "development.step_hold", "development.step_rule"):
        step.stage_due_at = end_of(limit=limit_of(clock=clock, green=step.development.green), at=at)
    if clock == "development.step_sign" and step.due_at is not None:
        step.stage_due_at = min(step.stage_due_at, step.due_at)


def save_step(*, step: Step, at: datetime, until: datetime | None = None) -> None:
    """Write a step whole, conditional on the version that was locked, and start the clock of its state.

    `until`: what it waits for has a date of its own, as a paper that is asked for.
    """
    step.version, step.changed_at = step.version + 1, at
    if until is not None:
        step.stage_due_at = until
    columns = [field.attname for field in step._meta.concrete_fields if field.name != "id"]
    saved = {name: getattr(step, name) for name in columns}
    if not Step.objects.filter(pk=step.pk, version=step.version - 1).update(**saved):
        raise Stale(_("This was changed in the meantime."))
    clock = STEPS.clocks.get(step.state)
    if clock is None or step.state == StepState.ASKED:
        timers.cancel(subject_id=str(step.pk), at=at)
        return
    timers.swap(stopped=CLOCKS, specs=[spec_of(step)], at=at)


def spec_of(step: Step) -> TimerSpec:
    """The alarm of the stage that a step is in."""
    case_id, due_at = step.development.petition_id, step.stage_due_at
    return TimerSpec(kind=STEPS.clocks[step.state], case_id=case_id, subject_id=str(step.pk), due_at=due_at)


def due_of(*, step: Step, at: datetime) -> datetime:
    """When the unit's own limit ends: counted from the begin, without the times in which it waited for papers."""
    assert step.begun_at is not None  # asked only of steps that have begun
    pauses = [(one.since, one.until) for one in step.pauses.filter(until__isnull=False).order_by("since")]
    found = deadline(start=step.begun_at, limit=step.limit, calendar=current(at=at), pauses=pauses).at
    assert found is not None  # every pause named here has ended
    return found


def begin_step(*, step: Step, move: str, actor: Actor, at: datetime) -> None:
    """A step begins: the unit's clock runs from now. `move` is the row of the table by which it does."""
    given = {"unit": step.unit_id, "note": step.ruling} if move == "again" else {}
    STEPS.advance(step, move, given=given)
    step.begun_at, step.signed_at, step.signed_by_id = at, None, None
    if move == "again":
        step.pauses.all().delete()  # its limit begins anew
    step.due_at = end_of(limit=step.limit, at=at)
    lay_step(step=step, at=at)
    save_step(step=step, at=at)
    development = step.development
    due_by = instant(step.due_at)
    identity = cases.identity(development)
    happened = StepBegun(**identity, unit=step.unit_id, step=step.code, due_by=due_by, again=move == "again")
    record(happened, actor=actor, at=at)
    people = people_who_may(capability=ANSWER, unit_ids=[step.unit_id], at=at)
    tag = f"{step.code}:{step.version}"
    cases.tell_of(kind=tellings.STEP.code, development=development, people=people, at=at, tag=tag, due_at=due_by)


def steps_of(development: Development) -> list[Step]:
    """Every step of a case, in order, each with the case at hand."""
    found = list(Step.objects.filter(development=development).order_by("order"))
    for step in found:
        step.development = development
    return found


def begin_ready(*, development: Development, actor: Actor, at: datetime) -> None:
    """Begin every step whose earlier ones are done. Inside the deed that has done one of them."""
    steps = steps_of(development)
    passed = {one.code for one in steps if one.state in PASSED_STEPS}
    for step in steps:
        if step.state == StepState.WAITING and set(step.after) <= passed:
            begin_step(step=step, move="begin", actor=actor, at=at)


def step_passed(*, development: Development, actor: Actor, at: datetime) -> None:
    """A step is done or not needed: later ones begin, and with the last one the case is finished.

    Inside the deed; the case is locked. The case's version moves only when its own state does, so that units which
    work side by side do not refuse each other.
    """
    steps = steps_of(development)
    development.steps_done = sum(one.state in PASSED_STEPS for one in steps)
    Development.objects.filter(pk=development.pk).update(steps_done=development.steps_done)
    if any(one.state in OPEN_STEPS for one in steps):
        begin_ready(development=development, actor=actor, at=at)
        return
    DEVELOPMENTS.advance(development, "finish")
    assert development.due_at is not None  # a constraint: what runs was promised an end
    development.finished_at, development.finished_in_time = at, at <= development.due_at
    cases.lay(development=development, at=at)
    cases.save(development=development, at=at, columns=("finished_at", "finished_in_time"))
    cases.start_clock(development=development, at=at)
    rate_by = instant(development.stage_due_at)
    finished = DevelopmentFinished(
        **cases.identity(development), in_time=development.finished_in_time, rate_by=rate_by, holder="nobody"
    )
    record(finished, actor=actor, at=at)
    people = cases.contacts_of(development=development, at=at)
    cases.tell_of(kind=tellings.FINISHED.code, development=development, people=people, at=at, due_at=rate_by)
    end_with_plan(petition_id=development.petition_id, at=at)


def end_steps(*, steps: Iterable[Step], at: datetime) -> None:
    """End what is open of some steps: the case is over. Inside the deed that ends it."""
    for step in steps:
        if step.state in OPEN_STEPS:
            STEPS.advance(step, "end")
            step.ended_at = at
            lay_step(step=step, at=at)
            save_step(step=step, at=at)
