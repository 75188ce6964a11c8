"""Moves of calls: the township calls, signs and judges, the centre names units and rules, the units answer and come."""

from __future__ import annotations

from datetime import datetime
from random import Random

from calls.choices import Kind
from calls.models import Call
from calls.queries import callable_units, listed_for, rows_for_refusal
from calls.services import answering, calls, filing, judging, ruling, triaging
from calls.services.triaging import Assist
from governance.demo.simulation.cases import Case
from governance.demo.simulation.helping import answer_beside, arrive_beside, reply_beside
from governance.demo.simulation.stage import Nobody, Stage, move
from kernel.actors import Actor
from kernel.worktime import SHANGHAI
from organizations.choices import Role
from organizations.queries import unit_of_place
from petitions.choices import FINISHED_STATES
from petitions.models import Petition

SENT_BACK, UPHELD = 0.12, 0.5
KINDS = (Kind.ENFORCEMENT, Kind.ENFORCEMENT, Kind.LIVELIHOOD, Kind.DEVELOPMENT)
ASKED = (
    "请派执法人员到现场，会同我镇依法处置。",
    "涉及专业设施，我镇无处置权限，请派专业人员到场。",
    "群众反映强烈，请牵头单位到场研究解决办法。",
)
TASKS = ("配合现场处置，维持秩序。", "提供技术支持。", "做好群众解释工作。")
RESULTS = ("已到现场处置完毕，责任人书面承诺整改。", "已组织维修，现场恢复正常。", "已明确整改时限，并落实专人跟进。")
LACKING = ("次日复查又出现同样问题，请再次到场。", "承诺事项未落实，请继续处理。")
NOT_OURS = "按清单该事项不由本单位牵头，请另行研判。"
RULED = "经研究，依据责任清单作出裁决。"
# One who promises gives oneself this share of what the kind of call allows.
PROMISED = (0.3, 0.9)


@move("call_file")
def call(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """An officer of the township of the place calls, where nobody has finished it meanwhile."""
    petition = Petition.objects.get(pk=case.id)
    if petition.state in FINISHED_STATES:
        return
    township = unit_of_place(place=petition.place, level="township")
    officer = stage.cast.one(unit_id=township.pk, role=Role.TOWNSHIP_OFFICER, random=random) if township else None
    if officer is None:
        raise Nobody
    kind, asked = random.choice(KINDS), random.choice(ASKED)
    filing.file_call(kind=kind, asked=asked, petition_id=case.id, actor=officer, at=at)


@move("call_sign")
def sign(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The head of the township signs."""
    head = _posted(stage, _open(case).caller_id, Role.TOWNSHIP_HEAD, random)
    filing.sign(call_id=_open(case).pk, actor=head, at=at)


@move("call_triage")
def triage(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The centre calls whom the list names, and sometimes another beside it; where it names nobody, some department."""
    found = _open(case)
    decided = listed_for(call=found, at=at)
    able = list(callable_units(call=found).filter(kind="department").order_by("code").values_list("pk", flat=True))
    listed = getattr(decided, "unit_id", None)
    lead = listed if listed in able else random.choice([one for one in able if one not in decided.assists])
    helpers = random.sample([one for one in able if one != lead], k=random.choice((0, 0, 1, 2)))
    triaging.triage(
        call_id=found.pk,
        unit_id=lead,
        until=calls.end_of_step(clock="call.work", call=found, at=at),
        assists=[Assist(unit_id=one, task=random.choice(TASKS)) for one in helpers],
        actor=stage.cast.county_dispatcher(random=random),
        at=at,
    )


@move("call_answer")
def answer(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Somebody of the unit says who comes, and when."""
    found, actor = _open(case), _worker(stage, case, random)
    latest = calls.end_of_step(clock="call.arrive", call=found, at=at)
    promised = (at + (latest - at) * random.uniform(*PROMISED)).astimezone(SHANGHAI).replace(microsecond=0)
    assert actor.user_id is not None
    answering.answer(call_id=found.pk, person_id=actor.user_id, promised_at=promised, actor=actor, at=at)
    answer_beside(stage, found, promised_at=promised, at=at, random=random)


@move("call_refuse")
def refuse(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The unit refuses by a row of the list; where there is none it has to come."""
    found = _open(case)
    entry = rows_for_refusal(call=found, unit_id=found.lead_id or 0, on=at.astimezone(SHANGHAI).date()).first()
    if entry is None:
        answer(stage, case, at, random)
        return
    actor = _worker(stage, case, random)
    answering.refuse(call_id=found.pk, entry_id=entry.pk, note=NOT_OURS, actor=actor, at=at)


@move("call_rule")
def rule(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The director rules."""
    deed = ruling.uphold if random.random() < UPHELD else ruling.overrule
    deed(call_id=_open(case).pk, note=RULED, actor=stage.cast.director(random=random), at=at)


@move("call_arrive")
def arrive(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Whoever was named checks in on site."""
    found = _open(case)
    assert found.person_id is not None
    spot = Petition.objects.values("lng", "lat").get(pk=case.id)
    accuracy = random.randint(4, 40) if spot["lng"] is not None else None
    actor = stage.cast.actor(found.person_id)
    answering.arrive(call_id=found.pk, actor=actor, at=at, accuracy_m=accuracy, **spot)
    arrive_beside(stage, found, at=at)


@move("call_report")
def report(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Whoever came says what was done."""
    found = _open(case)
    assert found.person_id is not None
    actor = stage.cast.actor(found.person_id)
    reply_beside(stage, found, at=at, random=random)
    answering.report(call_id=found.pk, result=random.choice(RESULTS), actor=actor, at=at)


@move("call_judge")
def judge(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The township says whether it is solved, and rates; late answers cost the unit."""
    found = _open(case)
    officer = _posted(stage, found.caller_id, Role.TOWNSHIP_OFFICER, random)
    if found.round == 1 and random.random() < SENT_BACK:
        judging.send_back(call_id=found.pk, note=random.choice(LACKING), actor=officer, at=at)
        return
    speed = random.choice((4, 5, 5)) if found.answered_in_time and found.arrived_in_time else random.choice((1, 2, 3))
    judging.solve(call_id=found.pk, speed=speed, quality=random.choice((3, 4, 5, 5)), actor=officer, at=at)


def _open(case: Case) -> Call:
    assert case.call is not None
    return case.call


def _posted(stage: Stage, unit_id: int, role: Role, random: Random) -> Actor:
    found = stage.cast.one(unit_id=unit_id, role=role, random=random)
    if found is None:
        raise Nobody
    return found


def _worker(stage: Stage, case: Case, random: Random) -> Actor:
    """Somebody of the lead unit who may answer."""
    return _posted(stage, _open(case).lead_id or 0, Role.HANDLER, random)
