"""Moves of the units, of the verifiers and of the citizens."""

from __future__ import annotations

from datetime import datetime
from random import Random

from dispatch.services import returning, verifying, working
from governance.demo import files
from governance.demo.simulation import habits
from governance.demo.simulation.cases import Case
from governance.demo.simulation.stage import Nobody, Stage, move
from governance.demo.simulation.summing import settle
from kernel.actors import Actor
from petitions.choices import ReplyKind, Satisfaction
from petitions.services import closing


def worker_for(stage: Stage, case: Case, random: Random) -> Actor:
    """Somebody of the unit that has the order. Raises Nobody where nobody is posted there."""
    assert case.order is not None
    found = stage.cast.worker(unit_id=case.order.unit_id, random=random)
    if found is None:
        raise Nobody
    return found


def order_of(case: Case) -> object:
    """The id of the order of a case that has one."""
    assert case.order is not None
    return case.order.id


@move("sign")
def sign(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Take the order over."""
    working.sign(order_id=order_of(case), actor=worker_for(stage, case, random), at=at)


@move("return")
def send_back(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Say that it is not ours, and why."""
    remarks = files.words_by("return_remarks", key="reason_code", column="text")
    wrong = case.petition.category_id != case.category_code
    reason = "not_our_duty" if wrong else random.choice(sorted(remarks))
    note = random.choice(remarks[reason])
    actor = worker_for(stage, case, random)
    returning.request_return(order_id=order_of(case), reason_code=reason, note=note, actor=actor, at=at)


@move("progress")
def progress(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Say how far it is."""
    text = random.choice(files.words("progress_remarks", column="text"))
    working.report_progress(order_id=order_of(case), text=text, actor=worker_for(stage, case, random), at=at)


@move("reply")
def reply(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Tell the citizen that it is being worked on."""
    closing.reply(
        petition_id=case.id,
        kind=ReplyKind.INTERIM,
        text="您反映的问题承办单位正在办理，办结后将及时答复您。",
        actor=stage.cast.county_dispatcher(random=random),
        at=at,
    )


@move("complete")
def complete(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Say that it is done, and what was done."""
    results = files.words_by("results", key="category_top", column="text")
    result = random.choice(results.get(case.field_code) or results["99"])
    said = settle(case, lead=worker_for(stage, case, random), at=at)
    working.complete(order_id=order_of(case), result=result, **said)


@move("verify")
def verify(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Check it; now and then it does not pass."""
    assert case.order is not None
    failed = random.random() < (habits.FAILED_AGAIN if case.order.reworks else habits.FAILED_CHECK)
    remarks = files.words_by("verification_remarks", key="outcome", column="text")
    verifying.verify(
        order_id=case.order.id,
        passed=not failed,
        note=random.choice(remarks["failed" if failed else "passed"]),
        actor=stage.cast.verifier(random=random),
        at=at,
    )


@move("call")
def call(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Call the citizen and ask; not everybody answers."""
    reached = random.random() >= habits.NOT_REACHED
    satisfaction, note = _opinion(case, random) if reached else ("", "")
    closing.record_callback(
        petition_id=case.id,
        reached=reached,
        resolved=satisfaction != Satisfaction.DISSATISFIED if reached else None,
        satisfaction=satisfaction,
        note=note,
        actor=stage.cast.verifier(random=random),
        at=at,
    )


@move("rate")
def rate(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The citizen rates it, or a verifier notes a rating that came by message."""
    satisfaction, note = _opinion(case, random)
    closing.rate(
        petition_id=case.id,
        satisfaction=satisfaction,
        resolved=satisfaction != Satisfaction.DISSATISFIED,
        note=note,
        actor=stage.citizen(case) or stage.cast.verifier(random=random),
        at=at,
    )


@move("withdraw")
def withdraw(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The citizen takes it back."""
    actor = stage.citizen(case) or stage.cast.county_dispatcher(random=random)
    closing.withdraw(petition_id=case.id, actor=actor, at=at)


def _opinion(case: Case, random: Random) -> tuple[str, str]:
    again = case.petition.round > 1
    satisfied = habits.SATISFIED_AGAIN if again else habits.SATISFIED
    basically = habits.BASICALLY_AGAIN if again else habits.BASICALLY
    late = 0.7 if case.petition.on_time is False else 1.0  # who waited too long is harder to please
    lot = random.random()
    if lot < satisfied * late:
        found = Satisfaction.SATISFIED
    elif lot < (satisfied + basically) * (late + 1) / 2:
        found = Satisfaction.BASICALLY
    else:
        found = Satisfaction.DISSATISFIED
    note = random.choice(files.words_by("rating_remarks", key="satisfaction", column="text")[found])
    return found.value, note
