"""Which column is which: guessed from the names that exports use, or said by a person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Field and what it is called on the page.
LABELS: dict[str, str | Promise] = {
    "source_no": _("Number at the source"),
    "title": _("Title"),
    "text": _("Content"),
    "time": _("Time at the source"),
    "name": _("Name"),
    "phone": _("Telephone"),
    "identity": _("Identity number"),
    "home": _("Home address"),
    "address": _("Place"),
    "area": _("Area"),
    "category": _("Category"),
    "nature": _("Nature"),
    "urgency": _("Urgency"),
    "lng": _("Longitude"),
    "lat": _("Latitude"),
}
# The column names that a field goes by in the exports of hotlines and mailboxes, the likeliest first.
NAMES: dict[str, str] = {
    "source_no": (
        "来源编号 工单编号 工单号 受理编号 诉求编号 案件编号 信件编号 留言编号 编号 单号 流水号 source_no number id"
    ),
    "title": "标题 诉求标题 工单标题 信件标题 主题 留言主题 事项名称 title subject",
    "text": (
        "诉求内容 来电内容 工单内容 信件内容 问题描述 反映内容 留言详情 留言内容 正文 内容 详情 "
        "描述 text content description body"
    ),
    "time": ("来电时间 受理时间 诉求时间 登记时间 提交时间 创建时间 留言时间 发生时间 时间 日期 time created_at date"),
    "name": ("诉求人姓名 来电人姓名 反映人姓名 诉求人 来电人 反映人 联系人 姓名 留言用户 用户名 用户 name user"),
    "phone": "来电号码 联系电话 联系方式 手机号码 手机号 电话号码 电话 手机 phone mobile tel",
    "identity": "身份证号码 身份证号 证件号码 身份证 identity",
    "home": "联系地址 家庭住址 户籍地址 住址 home",
    "address": "诉求地址 事发地址 事件地址 发生地址 问题地点 详细地址 地点 地址 位置 address location",
    "area": "所属区域 行政区划 所属镇街 所属街道 镇街 区域 辖区 区划 area district",
    "category": "诉求类别 问题类别 事项类别 一级标签 分类 类别 category",
    "nature": "诉求性质 诉求类型 工单类型 信件类型 性质 类型 nature type",
    "urgency": "紧急程度 紧急度 紧急级别 urgency priority",
    "lng": "经度 lng lon longitude",
    "lat": "纬度 lat latitude",
}
# 序号 is missing above on purpose: it starts anew in each export, so it cannot tell a message from another one.


def folded(name: str) -> str:
    """A column name without width, case, spaces, brackets and stars."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in plain.partition("(")[0] if one.isalnum() or one == "_")


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Field → column for every column that goes by one of the known names; no column serves two fields."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(folded(column), column)
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        column = next((by_name[name] for name in names.split() if name in by_name), None)
        if column is not None and column not in found.values():
            found[field] = column
    return found


def parsed(text: str) -> dict[str, str]:
    """The mapping written as "title=标题,text=内容" or one pair per line. Raises ValueError naming what is wrong."""
    found: dict[str, str] = {}
    for pair in text.replace("\n", ",").split(","):
        if not pair.strip():
            continue
        field, sign, column = pair.partition("=")
        if not sign or field.strip() not in LABELS:
            raise ValueError(f"{pair.strip()!r}: write FIELD=COLUMN with a field of {', '.join(LABELS)}")
        found[field.strip()] = column.strip()
    return found


def faults(mapping: Mapping[str, str], *, columns: Iterable[str]) -> dict[str, str]:
    """Field → what is wrong: "needed", "no_such_column" or "taken_twice". Empty where the mapping can be used."""
    known = set(columns)
    wrong: dict[str, str] = {}
    if not mapping.get("source_no"):
        wrong["source_no"] = "needed"
    if not mapping.get("title") and not mapping.get("text"):
        wrong["text"] = "needed"
    taken: set[str] = set()
    for field, column in mapping.items():
        if column not in known:
            wrong[field] = "no_such_column"
        elif column in taken:
            wrong[field] = "taken_twice"
        taken.add(column)
    return wrong
