"""Moves of mediators and parties: naming, sitting, agreeing or not, signing, performing."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from governance.demo.people import full_name
from governance.demo.simulation.cases import Case
from governance.demo.simulation.stage import Nobody, Stage, move
from kernel.actors import Actor
from kernel.worktime import SHANGHAI
from mediation.choices import Ending, Form, Outcome, Relation, Side, Signing
from mediation.models import Agreement, MediationCase, Party, Promise, Session
from mediation.services import agreeing, assigning, ending, parties, performing, sitting
from organizations.choices import Role

OUTCOMES = ((Outcome.AGREED, 48), (Outcome.CONTINUE, 36), (Outcome.APART, 16))
MOST_SESSIONS = 3
REFUSED, ORAL = 0.06, 0.25
RECORDS = (
    "双方各自陈述了经过，调解员逐项核对了事实。",
    "调解员分别做了工作，双方态度有所缓和。",
    "双方就主要分歧交换了意见。",
)
PROMISES = ("清理占用的公共通道", "支付约定的修缮费用", "停止夜间噪音并安装隔音垫", "按原界恢复地边")
SAID: dict[str, Any] = {
    "facts": "双方因相邻关系发生争议，经现场查看属实。",
    "points": "争议集中在通道使用与费用分担。",
    "responsibilities": "双方均有不当之处，责任大体相当。",
    "terms": "双方互相谅解，按约定的方式和期限履行。",
}


@move("appoint")
def appoint(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Name the mediator of the committee, who declares to have no relation to the parties."""
    mediation = _open(case)
    mediator = stage.cast.one(unit_id=mediation.committee_id, role=Role.MEDIATOR, random=random)
    if mediator is None or mediator.user_id is None:
        raise Nobody
    assigning.assign(case_id=mediation.pk, mediator_id=mediator.user_id, relation=Relation.NONE, actor=mediator, at=at)


@move("sit")
def sit(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Enter whoever is missing as a party, and hold the first session, unless one of them refuses."""
    mediation, mediator = _open(case), _mediator(stage, case)
    sides = set(Party.objects.filter(case=mediation).values_list("side", flat=True))
    for side in (Side.APPLICANT.value, Side.RESPONDENT.value):
        if side not in sides:
            about = parties.PartyData(name=full_name(random), phone=f"1990001{random.randrange(10_000):04d}")
            last = parties.add_party(case_id=mediation.pk, side=side, about=about, actor=mediator, at=at)
            if side == Side.RESPONDENT and random.random() < REFUSED:
                ending.terminate(case_id=mediation.pk, reason=Ending.REFUSED, party_id=last.pk, actor=mediator, at=at)
                return
    _hold(mediation, mediator, at, random)


@move("proceed")
def proceed(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Go on after the last session: sit again, draw the agreement up, or end."""
    mediation, mediator = _open(case), _mediator(stage, case)
    last = Session.objects.filter(case=mediation).order_by("-number").first()
    if last is None or (last.outcome == Outcome.CONTINUE and last.number < MOST_SESSIONS):
        _hold(mediation, mediator, at, random)
    elif last.outcome == Outcome.AGREED:
        _draw(mediation, mediator, at, random)
    else:
        ending.terminate(case_id=mediation.pk, reason=Ending.APART, actor=mediator, at=at)


@move("put_signatures")
def put_signatures(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Everybody signs on one day, and the committee seals it."""
    mediation, today = _open(case), at.astimezone(SHANGHAI).date()
    kinds = (Signing.SIGNATURE.value, Signing.FINGERPRINT.value)
    signed = {pk: (random.choice(kinds), today) for pk in _parties(mediation)}
    agreeing.sign(
        case_id=mediation.pk,
        signed=signed,
        mediator_on=today,
        sealed_on=today,
        actor=_mediator(stage, case),
        at=at,
    )


@move("keep_promise")
def keep_promise(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Record that the next promise was kept."""
    mediation = _open(case)
    promise = Promise.objects.filter(agreement__case=mediation, kept_on=None).order_by("due_on", "pk").first()
    if promise is None:
        raise Nobody
    today = at.astimezone(SHANGHAI).date()
    performing.keep_promise(case_id=mediation.pk, promise_id=promise.pk, on=today, actor=_mediator(stage, case), at=at)


def _hold(mediation: MediationCase, mediator: Actor, at: datetime, random: Random) -> None:
    outcome = random.choices([one for one, _ in OUTCOMES], weights=[share for _, share in OUTCOMES])[0]
    sitting.hold(
        case_id=mediation.pk,
        held_at=at,
        place="调解室",
        present=_parties(mediation),
        record_text=random.choice(RECORDS),
        outcome=outcome,
        actor=mediator,
        at=at,
    )


def _draw(mediation: MediationCase, mediator: Actor, at: datetime, random: Random) -> Agreement:
    today = at.astimezone(SHANGHAI).date()
    pledged = [
        agreeing.Pledge(
            party_id=pk, what=random.choice(PROMISES), due_on=today + timedelta(days=random.randrange(8, 21))
        )
        for pk in _parties(mediation)[-random.choice((1, 1, 2)) :]
    ]
    form = Form.ORAL if random.random() < ORAL else Form.WRITTEN
    return agreeing.draw(case_id=mediation.pk, form=form, promises=pledged, actor=mediator, at=at, **SAID)


def _parties(mediation: MediationCase) -> list[int]:
    return list(Party.objects.filter(case=mediation).order_by("pk").values_list("pk", flat=True))


def _open(case: Case) -> MediationCase:
    assert case.mediation is not None
    return case.mediation


def _mediator(stage: Stage, case: Case) -> Actor:
    mediator_id = _open(case).mediator_id
    assert mediator_id is not None
    return stage.cast.actor(mediator_id)
