"""Steps of the registry that several tests take."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel.actors import SYSTEM
from organizations.models import ResponsibilityEntry
from registry.choices import DraftOrigin, LineOp
from registry.models import Draft, HandOver, Item
from registry.services import drafts, handover, publishing
from registry.services.drafts import LineInput
from tests.world import COUNTY, MONDAY, World

FOUNDED = date(2026, 1, 1)
LATER = date(2026, 12, 1)


def stall(**changed: Any) -> dict[str, Any]:
    """The territorial item on stalls in the street: the city's law enforcement leads, the township helps."""
    return {
        "kind": "territorial",
        "matter": "M-CG",
        "area": COUNTY,
        "name": "占道经营整治",
        "domain": "城乡建设",
        "lead_rule": "unit",
        "lead_unit": "D-CG",
        "lead_duty": "依法查处占道经营行为。",
        "township_role": "assist",
        "township_duty": "巡查发现，先期劝阻，及时报告。",
        "basis": "城市市容和环境卫生管理条例",
        "safeguards": "执法力量下沉",
        "limit_value": "5",
        "limit_unit": "workday",
        "chart": [
            {"key": "1", "title": "巡查发现", "who": "township_of_place", "next": ["2"]},
            {"key": "2", "title": "现场查处", "who": "D-CG", "limit_value": "4", "limit_unit": "work_hour"},
        ],
        "categories": ["010101"],
        "conditions": [
            {"code": "M-CG-01", "text": "流动摊点", "closing": "离开", "limit_value": "4", "limit_unit": "work_hour"},
            {"code": "M-CG-02", "text": "固定占道", "closing": "拆除", "limit_value": "5", "limit_unit": "workday"},
        ],
        **changed,
    }


def duty(**changed: Any) -> dict[str, Any]:
    """A duty of the water company's own list."""
    return {
        "kind": "unit_duty",
        "area": COUNTY,
        "unit": "U-GS",
        "name": "供水设施维护",
        "domain": "城乡建设",
        "lead_rule": "unit",
        "lead_unit": "U-GS",
        "lead_duty": "维护供水管网。",
        "basis": "城市供水条例",
        **changed,
    }


def unhelped(**changed: Any) -> dict[str, Any]:
    """The same without the township, categories and conditions."""
    bare = {"township_role": "none", "township_duty": "", "categories": [], "conditions": []}
    return stall(**{**bare, **changed})


def found(*lines: tuple[str, dict[str, Any]], effective: date = FOUNDED) -> Draft:
    """Found the registry with these items."""
    opened = drafts.open_draft(
        title="建立清单",
        origin=DraftOrigin.FOUNDING,
        reason="区委区政府公布",
        effective=effective,
        document="峄政发〔2025〕20号",
        actor=SYSTEM,
        at=MONDAY,
    )
    given = [LineInput(op=LineOp.NEW, item_code=code, payload=payload) for code, payload in lines]
    drafts.put_lines(draft_id=opened.pk, lines=given, actor=SYSTEM, at=MONDAY)
    drafts.submit(draft_id=opened.pk, actor=SYSTEM, at=MONDAY)
    return publishing.approve(draft_id=opened.pk, actor=SYSTEM, at=MONDAY)


def proposed(
    world: World, *lines: tuple[str, str, dict[str, Any]], effective: date = LATER, who: str = "keeper"
) -> Draft:
    """A draft by hand, submitted: (operation, code, payload) each."""
    actor = world.actor(who)
    opened = drafts.open_draft(
        title="调整清单", origin=DraftOrigin.BY_HAND, reason="职责调整", effective=effective, actor=actor, at=MONDAY
    )
    for op, code, payload in lines:
        drafts.put_line(draft_id=opened.pk, op=op, item_code=code, payload=payload, actor=actor, at=MONDAY)
    return drafts.submit(draft_id=opened.pk, actor=actor, at=MONDAY)


def approved(world: World, *lines: tuple[str, str, dict[str, Any]], effective: date = LATER) -> Draft:
    """The same, approved by the director."""
    made = proposed(world, *lines, effective=effective)
    return publishing.approve(draft_id=made.pk, actor=world.actor("director"), at=MONDAY)


def offered(world: World, code: str = "T-CG", to: str = "water", effective: date = LATER) -> HandOver:
    """A hand-over that the keeper proposed."""
    return handover.propose(
        item_code=code,
        to_unit_id=world.units[to].pk,
        text="双方同意移交。",
        effective=effective,
        actor=world.actor("keeper"),
        at=MONDAY,
    )


def item(code: str = "T-CG") -> Item:
    return Item.objects.get(code=code)


def leads(matter: str, on: date) -> list[str]:
    """Codes of the units that the decision table names as leading on a day."""
    rows = ResponsibilityEntry.objects.in_force(on).filter(matter__code=matter, duty="lead")
    return list(rows.values_list("unit__code", flat=True))
