"""Which accounts to try first, and what with each."""

from __future__ import annotations

from dataclasses import dataclass

from organizations.choices import Role
from organizations.models import User

HEADING = "演示账号 demo accounts · 密码 password"
WAY = (
    "先试 first: dispatcher 受理一件诉求 accepts a petition → citylaw 签收办结 signs, completes → "
    "verifier 核查回访 verifies, calls back → director 看板 dashboard"
)


@dataclass(frozen=True, slots=True)
class Try:
    """One account, and what to try with it, in both languages."""

    username: str
    zh: str
    en: str


# fmt: off
FIRST: tuple[Try, ...] = (
    Try("dispatcher",      "区指挥中心派单员：受理、派单、裁定退单", "county dispatcher: accept, dispatch, rule"),
    Try("verifier",        "区指挥中心核查员：核查、回访",           "county verifier: verify, call back"),
    Try("director",        "区指挥中心主任：总览、考核报告",         "director: overview, assessment reports"),
    Try("grid001006001",   "工农社区网格员：上报、办理村居工单",     "gridworker: report, handle"),
    Try("village001006",   "工农社区：就近受理、签收办理",           "village officer: accept nearby, sign and handle"),
    Try("officer001",      "坛山街道：签收、办理",                   "township officer: sign and handle"),
    Try("dispatcher001",   "坛山分中心派单员：看到本街道全部诉求",   "sub-centre dispatcher: sees its township"),
    Try("citylaw",         "区综合执法局：签收、反馈、办结",         "department handler: sign, report, complete"),
    Try("mediator001",     "坛山调委会调解员：调解案件",             "mediator: dispute cases"),
    Try("supervisor",      "督查员：只看不办，发布考核",             "supervisor: looks on, publishes assessments"),
    Try("company",         "企业联系人：申请并联审批、补交材料、评价", "company: asks for a plan, hands in papers"),
    Try("citizen",         "市民：提交、补充、评价自己的诉求",       "citizen: file, supply, rate"),
    Try("administrator",   "系统管理员：基础数据、运行状态",         "administrator: reference data, operations"),
)
# fmt: on


def rows() -> list[tuple[str, str, str, Try]]:
    """Username, role and unit with what to try, for the accounts that exist here."""
    users = User.objects.filter(username__in=[one.username for one in FIRST], is_active=True)
    found = {user.username: user for user in users.prefetch_related("postings__unit")}
    return [(one.username, *_post(found[one.username]), one) for one in FIRST if one.username in found]


def _post(user: User) -> tuple[str, str]:
    posting = next(iter(user.postings.all()), None)
    if posting is None:
        return Role.CITIZEN.value, ""
    return posting.role, str(posting.unit)
