"""Companies of the district in the register, and the plan template "2335": an illustration, for nobody states one.

Two working days for the record of the project, three and three for land, environment and mains side by side, five for
the building permit. A city that promises otherwise signs another version.
"""

from __future__ import annotations

from datetime import datetime

from developments.codes import check_character
from developments.models import Enterprise
from developments.services.enterprises import register, set_green
from developments.services.templates import PaperData, StepData, publish_template
from kernel.actors import SYSTEM
from kernel.choices import LimitUnit
from kernel.worktime import Limit
from organizations.models import Unit

Row = tuple[str, str, str, int, int, tuple[str, ...], tuple[tuple[str, int], ...]]
# Unit, whether it is a key project, whether it has the green channel; the account of its contact.
COMPANIES = (
    ("EN-370404-BUILD", True, True, "company"),
    ("EN-370404-MARKETCO", False, False, "company2"),
    ("EN-370404-PARKING", False, False, "company3"),
)
CODE, CATEGORY = "2335", "160101"
NAME = "“2335”承诺审批（示例）"
REASON = "按优化营商环境要求试行并联审批"
BASIS = "优化营商环境条例 19; 行政许可法 32"
GREEN_REASON = "列入市级重点项目名单"
# Code, name, unit, working days, those of the green channel, after, papers with their days of tolerance.
STEPS: tuple[Row, ...] = (
    ("record", "项目备案", "DP-370404-APPROVAL", 2, 1, (), (("营业执照", 0), ("项目备案申请表", 0))),
    ("land", "用地规划许可", "DP-370404-NATRES", 3, 2, ("record",), (("土地使用证明", 20),)),
    ("eco", "环境影响评价批复", "DP-370404-ECO", 3, 2, ("record",), (("环境影响报告表", 20),)),
    ("power", "用电报装", "UT-370404-POWER", 3, 2, (), ()),
    ("water", "用水报装", "UT-370404-TAP", 3, 2, (), ()),
    ("permit", "施工许可", "DP-370404-HOUSING", 5, 3, ("land", "eco"), (("施工图审查合格书", 30),)),
)


def make_plans(*, at: datetime) -> None:
    """The companies and the template, signed at an instant."""
    units = dict(Unit.objects.values_list("code", "pk"))
    for number, (code, key_project, green, _username) in enumerate(COMPANIES, start=1):
        company = register(
            unit_id=units[code], credit_code=_credit_code(number), key_project=key_project, actor=SYSTEM, at=at
        )
        if green:
            _grant(company, at)
    steps = [_step(row, units) for row in STEPS]
    publish_template(
        code=CODE, name=NAME, basis=BASIS, category_code=CATEGORY, steps=steps, reason=REASON, actor=SYSTEM, at=at
    )


def _grant(company: Enterprise, at: datetime) -> None:
    set_green(enterprise_id=company.pk, green=True, reason=GREEN_REASON, actor=SYSTEM, at=at)


def _credit_code(number: int) -> str:
    """A code that fits GB 32100 and belongs to nobody."""
    body = f"91370404MA3C{number:05d}"
    return body + check_character(body)


def _step(row: Row, units: dict[str, int]) -> StepData:
    code, name, unit, days, green, after, papers = row
    return StepData(
        code=code,
        name=name,
        unit_id=units[unit],
        limit=Limit(days, LimitUnit.WORKDAY),
        green=Limit(green, LimitUnit.WORKDAY),
        after=after,
        papers=tuple(PaperData(name=paper, days=tolerated) for paper, tolerated in papers),
    )
