"""Moves of supervision: urging, deciding on what was proposed, receiving, answering, judging, listing."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from governance.demo.simulation.cases import Case
from governance.demo.simulation.stage import Nobody, Stage, move
from kernel.actors import Actor
from kernel.worktime import SHANGHAI
from organizations.choices import Role
from petitions.models import Petition
from supervision.choices import Dismissal, Level
from supervision.models import SupervisionOrder
from supervision.queries import grounds_of, last_urging, listing_of, open_order, responsible_now
from supervision.reasons import REASONS
from supervision.services import answering, ending, issuing, judging, urging
from supervision.services.listing import list_case

DISMISSED, SENT_BACK = 0.3, 0.15
TEXTS = ("请立即组织力量办理，查明逾期原因，并书面报告。", "请明确责任人和完成时限，办结后书面报告。")
ANSWERS = ("经查，因现场施工协调影响进度，现已恢复办理。", "已安排专人办理，目前已完成大部分工作。")
MEASURES = ("分管负责人包案，每日调度，三日内办结。", "增派人员，建立台账，完成后回访诉求人。")
LACKING = ("未写明责任人和完成时限，请补充。", "措施不具体，请重新报送。")
DEMAND = "限期办结，并建立长效管理机制。"


@move("urge")
def urge(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """A dispatcher of the county's centre presses the button, where a unit has the case and was not just urged."""
    petition = Petition.objects.get(pk=case.id)
    found = responsible_now(petition=petition, order=open_order(petition=petition))
    last = last_urging(subject=found.subject(petition)) if found else None
    if found is not None and (last is None or at >= last.again_at):
        urging.urge(petition_id=case.id, actor=stage.cast.county_dispatcher(random=random), at=at)


@move("decide")
def decide(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The supervisor issues what the clock has proposed, or does not."""
    order, supervisor = _open(case), _supervisor(stage, random)
    if random.random() < DISMISSED:
        why = random.choice((Dismissal.EXPLAINED, Dismissal.URGED))
        ending.dismiss(order_id=order.pk, why=why, actor=supervisor, at=at)
        return
    level = random.choice((REASONS[order.reason].level, Level.KEY.value))
    said = issuing.Said(reason=order.reason, level=level, content=random.choice(TEXTS))
    issuing.issue_proposed(order_id=order.pk, said=said, actor=supervisor, at=at)


@move("receive")
def receive(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The unit signs for receipt."""
    answering.receive(order_id=_open(case).pk, actor=_unit(stage, case, random), at=at)


@move("explain")
def explain(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The unit answers in writing."""
    answering.answer(
        order_id=_open(case).pk,
        text=random.choice(ANSWERS),
        measures=random.choice(MEASURES),
        actor=_unit(stage, case, random),
        at=at,
    )


@move("judge")
def judge(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The supervisor accepts the answer, or wants more."""
    order, supervisor = _open(case), _supervisor(stage, random)
    if not order.sent_back and random.random() < SENT_BACK:
        judging.send_back(order_id=order.pk, note=random.choice(LACKING), actor=supervisor, at=at)
    else:
        judging.accept(order_id=order.pk, actor=supervisor, at=at)


@move("list")
def put_on_list(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The supervisor puts the case on the list, where it is late enough for that."""
    petition = Petition.objects.get(pk=case.id)
    late = grounds_of(petition=petition, order=open_order(petition=petition), at=at)
    if not late or listing_of(petition_id=case.id) is not None:
        return
    today = at.astimezone(SHANGHAI).date()
    list_case(
        petition_id=case.id,
        until=today + timedelta(days=30),
        recheck_on=today + timedelta(days=10),
        demand=DEMAND,
        actor=_supervisor(stage, random),
        at=at,
    )


def _open(case: Case) -> SupervisionOrder:
    assert case.supervision is not None
    return case.supervision


def _supervisor(stage: Stage, random: Random) -> Actor:
    found = stage.cast.one(unit_id=stage.cast.headquarters, role=Role.SUPERVISOR, random=random)
    if found is None:
        raise Nobody
    return found


def _unit(stage: Stage, case: Case, random: Random) -> Actor:
    """Somebody of the unit who may answer; in a township and a village that is its officer."""
    unit_id = _open(case).unit_id
    for role in (Role.HANDLER, Role.TOWNSHIP_OFFICER, Role.VILLAGE_OFFICER):
        found = stage.cast.one(unit_id=unit_id, role=role, random=random)
        if found is not None:
            return found
    raise Nobody
