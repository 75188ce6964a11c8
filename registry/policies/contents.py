"""What an item says, as plain values: units, areas, matters and categories by their codes (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from organizations.choices import LeadRule
from registry.choices import TownshipRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an item is for life."""

    kind: str
    part: str = ""
    matter: str = ""
    area: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A body that cooperates: a unit by code, or the village of the place."""

    rule: str = LeadRule.UNIT.value
    unit: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the process chart; `who` is a rule, a unit's code, or empty for the lead."""

    key: str
    title: str
    who: str = ""
    limit_value: Decimal | None = None
    limit_unit: str = ""
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A filing condition of the matter with its own limit."""

    code: str
    text: str
    closing: str = ""
    limit_value: Decimal | None = None
    limit_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that a version of an item says."""

    name: str = ""
    domain: str = ""
    lead_rule: str = LeadRule.UNIT.value
    lead_unit: str = ""
    lead_duty: str = ""
    township_role: str = TownshipRole.NONE.value
    township_duty: str = ""
    basis: str = ""
    safeguards: str = ""
    limit_value: Decimal | None = None
    limit_unit: str = ""
    chart: tuple[Step, ...] = ()
    categories: tuple[str, ...] = ()
    cooperations: tuple[Party, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, by the column of a sheet: "lead_unit", "chart.2.who"."""

    column: str
    why: str | Promise

    def as_json(self) -> dict[str, str]:
        """As a line of a draft keeps it."""
        return {"column": self.column, "why": str(self.why)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that differs; `before` and `after` are values of Content, None where there is no such side."""

    name: str
    before: Any
    after: Any


FIELDS = tuple(Content.__dataclass_fields__)
IDENTITY = tuple(Identity.__dataclass_fields__)


def differing(*, before: Content | None, after: Content | None) -> tuple[FieldChange, ...]:
    """The fields in which two contents differ, in the order of the columns."""
    changes = []
    for name in FIELDS:
        old = getattr(before, name) if before else None
        new = getattr(after, name) if after else None
        if old != new:
            changes.append(FieldChange(name=name, before=old, after=new))
    return tuple(changes)


def plain(value: Any) -> Any:
    """A value of Content as JSON: limits as text, parts as objects."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Step | Party | Condition):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def as_payload(*, content: Content, identity: Identity | None = None) -> dict[str, Any]:
    """The payload of a draft line that says exactly this."""
    said = {name: plain(getattr(content, name)) for name in FIELDS}
    return {**({name: getattr(identity, name) for name in IDENTITY} if identity else {}), **said}


def for_county(area: str) -> bool:
    """Whether an area is a county or wider: local arrangements do not repeat the filing conditions of a matter."""
    return area[6:] == "000000"


def units_named(contents: Iterable[Content]) -> set[str]:
    """Codes of all units that the contents name as leading or cooperating, or in their charts."""
    rules = set(LeadRule.values)
    named = set()
    for one in contents:
        named |= {one.lead_unit, *(party.unit for party in one.cooperations)}
        named |= {step.who for step in one.chart if step.who not in rules}
    return named - {""}
