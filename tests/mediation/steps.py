"""Short names for what the stories of mediation do."""

from __future__ import annotations

from datetime import date, datetime

from kernel.relay import deliver_everything
from mediation.models import MediationCase
from mediation.services import agreeing, assigning, parties, sitting
from mediation.services.agreeing import Pledge
from mediation.services.parties import PartyData
from petitions.models import Category
from petitions.services.reception import accept
from tests.journeys.steps import filed
from tests.world import World

ZHANG = PartyData(name="张三丰", phone="13812345678", identity="370404198001010011")
LI = PartyData(name="李四光", phone="13900001111", identity="370404198202020022", address="坛山街道工农社区")
TEXT = {
    "facts": "楼上卫生间漏水，楼下墙面受损。",
    "points": "漏水的原因和赔偿的数额。",
    "responsibilities": "楼上负主要责任，楼下负次要责任。",
    "terms": "楼上修好防水层并赔偿墙面修复费用三千元。",
}


def disputes(world: World) -> None:
    """The categories of disputes, led by the village of the place."""
    matter = Category.objects.get(pk="010104").matter
    Category.objects.create(code="15", name="矛盾纠纷", level=1, kind="livelihood")
    Category.objects.create(code="1501", name="邻里相邻", level=2, parent_id="15", kind="livelihood")
    Category.objects.create(
        code="150102", name="楼上漏水纠纷", level=3, parent_id="1501", kind="livelihood", matter=matter
    )


def opened(world: World, *, at: datetime, **said: object) -> MediationCase:
    """A dispute filed and accepted, and the mediation case that the relay opened for it."""
    if not Category.objects.filter(pk="150102").exists():
        disputes(world)
    petition = filed(world, at=at, title="楼上漏水", description="楼上漏水，多次协商不成。", **said)
    accept(petition_id=petition.pk, category_code="150102", actor=world.actor("dispatcher", on=at), at=at)
    deliver_everything(at=at)
    return MediationCase.objects.get(petition=petition)


def taken(world: World, *, at: datetime, by: str = "mediator") -> MediationCase:
    """The same with a mediator and a party on each side."""
    case = opened(world, at=at)
    mediator = world.actor(by, on=at)
    assigning.assign(case_id=case.pk, mediator_id=world.users[by].pk, relation="none", actor=mediator, at=at)
    parties.add_party(case_id=case.pk, side="respondent", about=LI, actor=mediator, at=at)
    case.refresh_from_db()
    return case


def held(world: World, case: MediationCase, *, at: datetime, outcome: str = "agreed") -> None:
    """A session with everybody there."""
    sitting.hold(
        case_id=case.pk,
        held_at=at,
        place="调解室",
        present=list(case.parties.values_list("pk", flat=True)),
        record_text="双方陈述了各自的意见。",
        outcome=outcome,
        actor=world.actor("mediator", on=at),
        at=at,
    )


def drawn(world: World, case: MediationCase, *, at: datetime, due_on: date, form: str = "written"):
    """The agreement in writing: the respondent pays by a day."""
    respondent = case.parties.get(side="respondent")
    return agreeing.draw(
        case_id=case.pk,
        form=form,
        promises=[Pledge(party_id=respondent.pk, what="支付三千元", due_on=due_on)],
        actor=world.actor("mediator", on=at),
        at=at,
        **TEXT,
    )


def signed(world: World, case: MediationCase, *, at: datetime):
    """Everybody signs on one day, and the seal is put on."""
    day = at.date()
    return agreeing.sign(
        case_id=case.pk,
        signed={pk: ("signature", day) for pk in case.parties.values_list("pk", flat=True)},
        mediator_on=day,
        sealed_on=day,
        actor=world.actor("mediator", on=at),
        at=at,
    )
