"""Reading the payload of a line: the form only, every fault with its column (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.choices import LeadRule
from registry.choices import ListKind, Part, TownshipRole
from registry.policies.contents import FIELDS, IDENTITY, Condition, Content, Fault, Identity, Party, Step

CODE = r"[A-Za-z0-9._-]{1,%d}"
# Column → longest text. Every text of one line refuses control characters.
LINES = {"name": 160, "domain": 64, "basis": 255}
TEXTS = {"lead_duty": 4000, "township_duty": 4000, "safeguards": 4000}
CHOSEN: dict[str, tuple[str, ...]] = {"lead_rule": tuple(LeadRule.values), "township_role": tuple(TownshipRole.values)}
MOST = {"chart": 20, "categories": 60, "cooperations": 60, "conditions": 20}
PARTS: dict[str, type[Step] | type[Party] | type[Condition]] = {
    "chart": Step,
    "cooperations": Party,
    "conditions": Condition,
}
PART_TEXTS = {"title": 60, "text": 200, "closing": 200, "duty": 4000}
PART_CODES = {"key": 16, "who": 32, "unit": 32, "code": 48}
NEEDED: dict[Any, tuple[str, ...]] = {Step: ("key", "title"), Party: (), Condition: ("code", "text")}

UNREADABLE = _("This cannot be read here.")
UNKNOWN_COLUMN = _("The registry has no such column.")
REQUIRED = _("Required.")
TOO_LONG = _("Too long.")
TOO_MANY = _("Too many.")
NO_LIMIT = _("A limit is a number above zero with its unit.")

Given = Mapping[str, Any]
Wrong = Callable[[str, Any], Any]


def read_content(*, payload: Given, base: Content | None = None) -> tuple[Content, list[Fault]]:
    """The content that a payload states; what it leaves out is as in `base`, and so is what cannot be read."""
    faults: list[Fault] = []

    def wrong(column: str, why: Any) -> Any:
        faults.append(Fault(column=column, why=why))

    for name in payload:
        if name not in FIELDS and name not in IDENTITY:
            wrong(str(name)[:40], UNKNOWN_COLUMN)
    read: dict[str, Any] = {}
    for name in FIELDS:
        if name in payload and name not in ("limit_value", "limit_unit"):
            value = _column(name, payload[name], wrong)
            if value is not None:
                read[name] = value
    if "limit_value" in payload or "limit_unit" in payload:
        old = base or Content()
        value, unit = payload.get("limit_value", old.limit_value), payload.get("limit_unit", old.limit_unit)
        read["limit_value"], read["limit_unit"] = _limit(value, unit, "", wrong)
    return replace(base or Content(), **read), faults


def read_identity(*, payload: Given) -> tuple[Identity, list[Fault]]:
    """What the item of a payload is, by codes."""
    faults = []
    said = {name: payload.get(name) or "" for name in IDENTITY}
    patterns = {
        "kind": "|".join(ListKind.values),
        "part": "|".join(["", *Part.values]),
        "matter": f"({CODE % 32})?",
        "area": "[0-9]{12}",
        "unit": f"({CODE % 32})?",
    }
    for name, pattern in patterns.items():
        if not isinstance(said[name], str) or not re.fullmatch(pattern, said[name], re.ASCII):
            faults.append(Fault(column=name, why=UNREADABLE if said[name] else REQUIRED))
            said[name] = ""
    return Identity(**said), faults


def _column(name: str, value: Any, wrong: Wrong) -> Any:
    if name in LINES or name in TEXTS:
        return _text(name, value, LINES.get(name) or TEXTS[name], wrong, line=name in LINES)
    if name in CHOSEN:
        return _chosen(name, value, CHOSEN[name], wrong)
    if name == "lead_unit":
        return _code(name, value or "", wrong)
    return _many(name, value, wrong)


def _text(column: str, value: Any, longest: int, wrong: Wrong, *, line: bool = False) -> Any:
    if not isinstance(value, str) or re.search(r"[\x00-\x1f]" if line else r"\x00", value):
        return wrong(column, UNREADABLE)
    return value.strip() if len(value) <= longest else wrong(column, TOO_LONG)


def _chosen(column: str, value: Any, among: tuple[str, ...], wrong: Wrong) -> Any:
    return value if isinstance(value, str) and value in among else wrong(column, UNREADABLE)


def _code(column: str, value: Any, wrong: Wrong, longest: int = 32) -> Any:
    if isinstance(value, str) and re.fullmatch(f"({CODE % longest})?", value, re.ASCII):
        return value
    return wrong(column, UNREADABLE)


def _limit(value: Any, unit: Any, prefix: str, wrong: Wrong) -> tuple[Decimal | None, str]:
    """A limit with its unit; nothing at all is no limit."""
    if value in (None, "") and unit in (None, ""):
        return None, ""
    try:
        number = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        number = Decimal(0)
    if not 0 < number < 10_000 or unit not in LimitUnit.values:
        wrong(f"{prefix}limit_value", NO_LIMIT)
        return None, ""
    return number, str(unit)


def _many(name: str, value: Any, wrong: Wrong) -> Any:
    if not isinstance(value, list | tuple):
        return wrong(name, UNREADABLE)
    if len(value) > MOST[name]:
        return wrong(name, TOO_MANY)
    if name == "categories":
        codes = tuple(one for one in value if isinstance(one, str) and re.fullmatch("[0-9]{6}", one, re.ASCII))
        return codes if len(codes) == len(value) else wrong(name, UNREADABLE)
    found = [_part(PARTS[name], one, f"{name}.{number}.", wrong) for number, one in enumerate(value, start=1)]
    return tuple(one for one in found if one is not None)


def _part(made: type[Step] | type[Party] | type[Condition], said: Any, prefix: str, wrong: Wrong) -> Any:
    if not isinstance(said, Mapping):
        return wrong(prefix.rstrip("."), UNREADABLE)
    if unknown := [str(name) for name in said if name not in made.__dataclass_fields__]:
        return wrong(prefix + unknown[0][:40], UNKNOWN_COLUMN)
    read = {name: _cell(name, said[name], prefix, wrong) for name in said if name not in ("limit_value", "limit_unit")}
    if made is not Party:
        limit = _limit(said.get("limit_value"), said.get("limit_unit"), prefix, wrong)
        read["limit_value"], read["limit_unit"] = limit
    for name in NEEDED[made]:
        if not said.get(name):
            wrong(prefix + name, REQUIRED)
        read[name] = read.get(name) or ""
    return made(**{name: value for name, value in read.items() if value is not None})


def _cell(name: str, value: Any, prefix: str, wrong: Wrong) -> Any:
    """One value of a step, a cooperation or a condition."""
    if name in PART_TEXTS:
        return _text(prefix + name, value, PART_TEXTS[name], wrong, line=name != "duty")
    if name in PART_CODES:
        return _code(prefix + name, value or "", wrong, PART_CODES[name])
    if name == "rule":
        return _chosen(prefix + name, value, CHOSEN["lead_rule"], wrong)
    if isinstance(value, list | tuple) and all(isinstance(one, str) and len(one) <= 16 for one in value):
        return tuple(value)
    return wrong(prefix + name, UNREADABLE)
