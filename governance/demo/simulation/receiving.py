"""Moves of the centres: accepting, asking, declining, joining, naming a unit, ruling."""

from __future__ import annotations

from datetime import datetime
from random import Random

from dispatch.queries import route_of
from dispatch.services import adjudicating, opening, returning
from governance.demo.chance import chance
from governance.demo.simulation import habits
from governance.demo.simulation.cases import Case
from governance.demo.simulation.cast import Cast
from governance.demo.simulation.stage import Stage, move
from organizations.queries import unit_of_place
from petitions.choices import State
from petitions.models import Petition
from petitions.services import joining, reception
from petitions.services.supplying import supply_information

# Whom the centre names where the list is silent.
# fmt: off
USUAL = {
    "01": "CITYLAW",   "02": "HOUSING", "03": "ECO",    "04": "HOUSING", "05": "NATRES", "06": "TRANSPORT",
    "07": "EMERGENCY", "08": "MARKET",  "09": "LABOUR", "10": "EDU",     "11": "HEALTH", "12": "CIVIL",
    "13": "AGRI",      "14": "POLICE",  "15": "JUSTICE", "16": "APPROVAL", "17": "OFFICE", "99": "LETTERS",
}
# fmt: on
REASONS_TO_DECLINE = ("litigation", "petition_in_progress", "petition_concluded", "beyond_duty", "other_area")


@move("accept")
def accept(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Accept it, now and then under a category that is not the right one."""
    judged = chance(stage.seed, case.key, "judged")
    wrong = judged.random() < habits.MISJUDGED and not case.told["petition.separated"]
    reception.accept(
        petition_id=case.id,
        category_code=judged.choice(stage.categories) if wrong else case.category_code,
        actor=stage.cast.receiver(center_id=case.petition.center_id, random=random),
        at=at,
    )


@move("ask")
def ask(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Ask for what is missing."""
    questions = ("请补充事发的具体位置。", "请说明问题是从什么时候开始的。", "请提供可以联系到您的时间。")
    actor = stage.cast.receiver(center_id=case.petition.center_id, random=random)
    reception.ask_for_information(petition_id=case.id, question=random.choice(questions), actor=actor, at=at)


@move("supply")
def supply(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Answer, or have the answer noted by the centre."""
    answers = ("就在路口往北五十米。", "从上个月开始的。", "白天都可以联系。")
    actor = stage.citizen(case) or stage.cast.county_dispatcher(random=random)
    supply_information(petition_id=case.id, answer=random.choice(answers), actor=actor, at=at)


@move("decline")
def decline(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Decline with a reason and the right channel."""
    actor = stage.cast.dispatcher(center_id=case.petition.center_id, random=random)
    reason = random.choice(REASONS_TO_DECLINE)
    reception.decline(petition_id=case.id, reason_code=reason, actor=actor, at=at)


@move("join")
def join(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Join it to the one that told the same; where that one is finished, it goes its own way."""
    main = Petition.objects.filter(source=case.petition.source, source_no=case.twin_of).first()
    closed = {State.CLOSED, State.ARCHIVED, State.DECLINED, State.WITHDRAWN, State.JOINED}
    if main is None or main.state in closed:
        accept(stage, case, at, random)
        return
    actor = stage.cast.county_dispatcher(random=random)
    joining.join(petition_id=case.id, main_id=main.pk, actor=actor, at=at)


@move("separate")
def separate(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Take it out again: it was another matter after all."""
    actor = stage.cast.county_dispatcher(random=random)
    joining.separate(petition_id=case.id, actor=actor, at=at)


@move("assign")
def assign(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Put the category right where it was wrong, and name a unit."""
    actor = stage.cast.county_dispatcher(random=random)
    petition = Petition.objects.select_related("category__matter").get(pk=case.id)
    if petition.category_id != case.category_code:
        petition = reception.classify(petition_id=petition.pk, category_code=case.category_code, actor=actor, at=at)
    unit_id = _unit_for(stage.cast, case, petition, at)
    opening.assign(petition_id=petition.pk, unit_id=unit_id, actor=actor, at=at)


def _unit_for(cast: Cast, case: Case, petition: Petition, at: datetime) -> int:
    """The unit of the list unless it has just returned it; else the township; else whoever does such things."""
    listed = route_of(petition=petition, at=at)
    returned = case.order.unit_id if case.order else None
    named: int | None = getattr(listed, "unit_id", None)
    assists: tuple[int, ...] = getattr(listed, "assists", ())
    if named is not None and named != returned:
        return named
    usual = cast.by_code[f"DP-370404-{USUAL.get(case.field_code, 'LETTERS')}"].pk
    township = unit_of_place(place=petition.place, level="township")
    wanted = [usual, township.pk if township else usual]
    free = [unit_id for unit_id in wanted if unit_id != returned and unit_id not in assists]
    return free[0] if free else returned or usual


@move("rule")
def rule(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """Decide on a return by what the petition is truly about."""
    assert case.order is not None
    wrong = case.petition.category_id != case.category_code
    granted = wrong or random.random() < habits.GRANTED
    note = "经核对责任清单，同意改派。" if granted else "经核对责任清单，属于你单位职责，请继续办理。"
    returning.rule_return(
        order_id=case.order.id, granted=granted, note=note, actor=stage.cast.county_dispatcher(random=random), at=at
    )


@move("adjudicate")
def adjudicate(stage: Stage, case: Case, at: datetime, random: Random) -> None:
    """The director decides on a second return, for the unit that has it or for the one that the list means."""
    assert case.order is not None
    petition = Petition.objects.select_related("category__matter").get(pk=case.id)
    keeps = random.random() < habits.KEPT_BY_RULING
    adjudicating.adjudicate(
        order_id=case.order.id,
        unit_id=case.order.unit_id if keeps else _unit_for(stage.cast, case, petition, at),
        note="经会同双方核对责任清单与现场情况，裁定由该单位承办，不得再退回。",
        basis="《信访工作条例》第二十四条",
        actor=stage.cast.director(random=random),
        at=at,
    )
