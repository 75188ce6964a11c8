"""Moves beside the lead of an order: a cooperating unit replies, and the lead takes the reply or wants another."""

from __future__ import annotations

from datetime import datetime
from random import Random

from dispatch.joint.choices import TaskState
from dispatch.models import JointTask
from dispatch.services.joint import answering, judging
from governance.demo.simulation.cases import Case
from governance.demo.simulation.handling import worker_for
from governance.demo.simulation.stage import Nobody, Stage, move

SENT_BACK = 0.06
REPLIES = (
    "已到现场核实并做好群众解释工作，情况属实，积极配合主办单位处置。",
    "已安排专人配合现场处置，后续纳入日常巡查。",
    "经核查，我单位职责范围内事项已办结，相关材料已移交主办单位。",
)
LACKING = ("未说明现场核查情况，请补充。", "请写明配合处置的人员和时间。")


@move("task_reply")
def reply(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Somebody of the cooperating unit takes the task, where nobody has yet, and replies."""
    task = _task(case)
    actor = stage.cast.worker(unit_id=task.unit_id, random=random)
    if actor is None:
        raise Nobody
    if task.state == TaskState.GIVEN:
        answering.receive(task_id=task.pk, actor=actor, at=at)
    answering.reply(task_id=task.pk, text=random.choice(REPLIES), actor=actor, at=at)


@move("task_judge")
def judge(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The lead accepts the reply, or sends it back once."""
    task, lead = _task(case), worker_for(stage, case, random)
    if not task.sent_back and random.random() < SENT_BACK:
        judging.send_back(task_id=task.pk, note=random.choice(LACKING), actor=lead, at=at)
    else:
        judging.accept(task_id=task.pk, actor=lead, at=at)


def _task(case: Case) -> JointTask:
    if case.task is None:
        raise Nobody
    return case.task
