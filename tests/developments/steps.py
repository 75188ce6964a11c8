"""Short names for what the stories about development petitions do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from developments.models import Development, Enterprise, Paper, Step
from developments.queries import papers_of_template, template_of
from developments.services import accepting, enterprises, filing, papers, steps, templates
from developments.services.templates import PaperData, StepData
from kernel.models import Event
from kernel.worktime import Limit
from notices.models import Notice
from petitions.models import Category
from petitions.services.attaching import Prepared
from tests.world import MONDAY, World

HOUR = timedelta(hours=1)
CODES = {"plant": "91370404MA3C00001T", "mill": "91370404MA3C00002X"}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SITE, WATER, PERMIT = "site", "water", "permit"


def prepared(name: str = "paper.pdf") -> Prepared:
    """A small PDF, read and checked."""
    return Prepared(name=name, content=PDF, picture=None)


def plan(world: World, *, permit_days: int = 5) -> list[StepData]:
    """Two steps side by side and the permit after both; a licence that may not be missing and two papers that may."""
    urban, water = world.units["urban"].pk, world.units["water"].pk
    return [
        StepData(
            code=SITE, name="选址审查", unit_id=urban, limit=Limit(3, "workday"), green=Limit(2, "workday"),
            papers=(PaperData(name="营业执照"), PaperData(name="选址意见", days=10)),
        ),
        StepData(code=WATER, name="用水报装", unit_id=water, limit=Limit(2, "workday"), green=Limit(1, "workday")),
        StepData(
            code=PERMIT, name="施工许可", unit_id=urban, limit=Limit(permit_days, "workday"),
            green=Limit(3, "workday"), after=(SITE, WATER), papers=(PaperData(name="设计图纸", days=20),),
        ),
    ]  # fmt: skip


def companies(world: World, *, at: datetime = MONDAY - timedelta(days=7)) -> None:
    """Both companies in the register, and the plan."""
    Category.objects.get_or_create(code="160101", defaults={"name": "项目审批进度", "level": 3, "kind": "development"})
    keeper = world.actor("keeper")
    for key, code in CODES.items():
        enterprises.register(unit_id=world.units[key].pk, credit_code=code, actor=keeper, at=at)
    published(world, at=at)


def published(world: World, *, at: datetime, version: int = 0, **said: Any) -> Any:
    """A version of the plan."""
    steps = plan(world, **said)
    given = {"code": "2335", "name": "2335 承诺审批", "category_code": "160101", "reason": "测试", "steps": steps}
    return templates.publish_template(**given, version=version, actor=world.actor("keeper"), at=at)


def green(world: World, key: str = "plant", *, at: datetime = MONDAY - timedelta(days=1)) -> Enterprise:
    """The green channel for a company, signed by the director."""
    company = Enterprise.objects.get(unit=world.units[key])
    actor = world.actor("director", on=at)
    return enterprises.set_green(enterprise_id=company.pk, green=True, reason="市重点项目", actor=actor, at=at)


def filed(
    world: World,
    *,
    by: str = "company",
    at: datetime = MONDAY,
    lacking: tuple[str, ...] = (),
    promise: str = "缺少的材料按期补交",
    title: str = "年产五千台泵阀项目",
) -> Development:
    """The plant asks for its plan with every paper but those that are lacking."""
    template = template_of(code="2335", on=at.date())
    given = {one.pk: prepared() for one in papers_of_template(template=template) if one.name not in lacking}
    return filing.file_development(
        template_code="2335", title=title, asked="请并联办理开工前各项手续。", papers=given,
        promise=promise if lacking else "", actor=world.actor(by, on=at), at=at,
    )  # fmt: skip


def accepted(world: World, *, at: datetime = MONDAY, **said: Any) -> Development:
    """Filed, and taken up an hour later."""
    found = filed(world, at=at, **said)
    then = at + HOUR
    return accepting.accept(development_id=found.pk, actor=world.actor("dispatcher", on=then), at=then)


def step_of(development: Development, code: str) -> Step:
    return Step.objects.get(development=development, code=code)


def paper_of(development: Development, name: str) -> Paper:
    return Paper.objects.get(development=development, name=name)


def signed(world: World, development: Development, code: str, *, at: datetime) -> Step:
    """The step's unit signs for it."""
    step = step_of(development, code)
    who = handler(world, step)
    return steps.sign(development_id=development.pk, step_id=step.pk, actor=world.actor(who, on=at), at=at)


def done(world: World, development: Development, code: str, *, at: datetime) -> Step:
    """Signed for, and finished an hour later."""
    step = signed(world, development, code, at=at)
    then = at + HOUR
    said = {"document_no": f"峄审〔2026〕{step.order}号", "result": "准予许可。"}
    actor = world.actor(handler(world, step), on=then)
    return steps.finish(development_id=development.pk, step_id=step.pk, actor=actor, at=then, **said)


def handed(world: World, development: Development, name: str, *, at: datetime) -> Paper:
    """The company hands a paper in."""
    paper = paper_of(development, name)
    actor = world.actor("company", on=at)
    return papers.hand_in(development_id=development.pk, paper_id=paper.pk, given=prepared(), actor=actor, at=at)


def handler(world: World, step: Step) -> str:
    """Who works for the unit of a step."""
    return "urban_handler" if step.unit_id == world.units["urban"].pk else "water_handler"


def story(development: Development) -> list[str]:
    """The names of what happened on the case, in order."""
    events = Event.objects.filter(case_id=development.petition_id).order_by("seq")
    return list(events.values_list("name", flat=True))


def told(world: World, name: str, kind: str) -> int:
    """How often somebody was told something."""
    return Notice.objects.filter(user=world.users[name], kind=kind).count()


def happened(development: Development, name: str) -> int:
    """How often an event stands in the story."""
    return story(development).count(f"development.{name}")
