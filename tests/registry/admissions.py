"""Short names for what the stories of admission do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from organizations.models import Matter
from registry.admission.proposals import Money, Proposal, Side, Step, TaskProposal
from registry.models import AdHocTask, Admission
from registry.services.adhoc import applying as task_applying
from registry.services.adhoc import deciding as task_deciding
from registry.services.admission import applying, consulting, deciding, opining, reviewing
from tests.world import World, at

MONEY = Money(amount=Decimal("20000.00"), per="year", source="区级财政专项经费")
EFFECTIVE, REVIEW_ON = date(2027, 1, 1), date(2028, 1, 3)
MONDAY_NEXT = at("2026-11-23 09:00")


def matter(code: str = "M-DX") -> Matter:
    """A matter of the catalogue that no list distributes yet."""
    found, _made = Matter.objects.get_or_create(
        code=code, defaults={"name": "电动车消防", "domain": "应急管理", "petition_kind": "livelihood"}
    )
    return found


def proposal(world: World, **said: Any) -> Proposal:
    """The urban department keeps the lead; the townships assist."""
    whole = Proposal(
        into="territorial",
        name="电动车违规停放充电检查",
        domain="应急管理",
        matter_id=matter().pk,
        applicant_id=world.units["urban"].pk,
        lead_unit_id=world.units["urban"].pk,
        lead_duty="组织检查，依法处罚。",
        sides=(Side(unit_id=world.units["water"].pk, duty="配合提供用水点位。"),),
        township_role="assist",
        township_duty="巡查发现，劝阻报告。",
        steps=(
            Step(title="巡查发现", who="village_of_place"),
            Step(title="检查处罚", who="lead", limit_value=3, limit_unit="workday"),
        ),
        limit_value=5,
        limit_unit="workday",
        safeguards="每年培训两次，配发巡查装备。",
        money=MONEY,
        powers="委托行使劝导、登记权限。",
        basis="山东省消防条例",
        reason="近年事故多发，镇街最先发现。",
    )
    return replace(whole, **said)


def applied(world: World, *, on: datetime, by: str = "urban_handler", **said: Any) -> Admission:
    return applying.apply(proposal=proposal(world, **said), actor=world.actor(by, on=on), at=on)


def asked(world: World, *, on: datetime, days: int = 10, **said: Any) -> Admission:
    """Reviewed by the keeper; the townships are asked."""
    case = applied(world, on=on, **said)
    return reviewing.review(
        admission_id=case.pk, finding="合法，确有必要。", days=days, actor=world.actor("keeper", on=on), at=on
    )


def opine(world: World, case: Admission, name: str, stance: str, *, on: datetime) -> Admission:
    return opining.opine(
        admission_id=case.pk, stance=stance, text=f"{name}的意见", actor=world.actor(name, on=on), at=on
    )


def ready(world: World, *, on: datetime, **said: Any) -> Admission:
    """Both townships agree."""
    case = asked(world, on=on, **said)
    opine(world, case, "east_officer", "agrees", on=on)
    return opine(world, case, "west_officer", "conditions", on=on)


def disputed(world: World, *, on: datetime, **said: Any) -> Admission:
    """One township objects."""
    case = asked(world, on=on, **said)
    opine(world, case, "east_officer", "objects", on=on)
    return opine(world, case, "west_officer", "agrees", on=on)


def consulted(world: World, case: Admission, *, on: datetime, **said: Any) -> Admission:
    given: dict[str, Any] = {
        "held_on": timezone.localtime(on).date(),
        "present": [world.units["urban"].pk, world.units["east_town"].pk],
        "people": "综合执法局副局长、坛山街道副主任",
        "minutes": "经费由三万元增至四万元，街道只负责发现报告。",
        "outcome": "agreed",
        **said,
    }
    return consulting.consult(admission_id=case.pk, actor=world.actor("keeper", on=on), at=on, **given)


def approve(world: World, case: Admission, *, on: datetime, by: str = "director", **said: Any) -> Admission:
    given: dict[str, Any] = {
        "document": "峄政办字〔2026〕12号",
        "effective": EFFECTIVE,
        "review_on": REVIEW_ON,
        **said,
    }
    return deciding.approve(admission_id=case.pk, actor=world.actor(by, on=on), at=on, **given)


def in_force(world: World, *, on: datetime, **said: Any) -> Admission:
    return approve(world, ready(world, on=on, **said), on=on)


def task(world: World, **said: Any) -> TaskProposal:
    whole = TaskProposal(
        name="创城迎检入户宣传",
        matter_id=None,
        applicant_id=world.units["urban"].pk,
        township_id=world.units["east_town"].pk,
        content="组织网格员入户发放宣传单。",
        reason="省级测评前集中宣传一次。",
        basis="区政府专题会议纪要",
        powers="无需另行授权。",
        money=replace(MONEY, per="once"),
        begins_on=date(2026, 11, 23),
        ends_on=date(2026, 12, 31),
    )
    return replace(whole, **said)


def task_applied(world: World, *, on: datetime, **said: Any) -> AdHocTask:
    return task_applying.apply(task=task(world, **said), actor=world.actor("urban_handler", on=on), at=on)


def task_heard(world: World, *, on: datetime, stance: str = "agrees", **said: Any) -> AdHocTask:
    case = task_applied(world, on=on, **said)
    return task_applying.opine(
        task_id=case.pk, stance=stance, text="可以安排。", actor=world.actor("east_officer", on=on), at=on
    )


def task_approve(world: World, case: AdHocTask, *, on: datetime, by: str = "director", **said: Any) -> AdHocTask:
    given = {"document": "峄政办字〔2026〕20号", **said}
    return task_deciding.approve(task_id=case.pk, actor=world.actor(by, on=on), at=on, **given)
