"""The reference data that the lines of a draft name: read once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from organizations.choices import LeadRule
from organizations.models import Area, Matter, Unit
from petitions.models import Category
from registry.choices import LineOp
from registry.models import ItemVersion
from registry.policies.contents import Content, Fault, Identity, units_named

NOTHING = _("There is nothing with the code “%(code)s”.")
HELD = _("Item %(item)s has this matter in this area already.")
ATTACHED = _("Category %(code)s is attached to item %(item)s.")


class Line(Protocol):
    """What is asked of a line that is being planned."""

    @property
    def op(self) -> str: ...
    @property
    def item_code(self) -> str: ...
    @property
    def identity(self) -> Identity | None: ...
    @property
    def content(self) -> Content | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Ids and kinds by code, of what exists and works; `attached` and `holders` name items by category and matter."""

    units: Mapping[str, int]
    kinds: Mapping[str, str]
    matters: Mapping[str, int]
    areas: frozenset[str]
    categories: frozenset[str]
    attached: Mapping[str, str]
    holders: Mapping[tuple[str, str], str]

    def identity_faults(self, *, identity: Identity, item_code: str) -> list[Fault]:
        """Codes of what a new item is that name nothing, and a matter that another item has there."""
        faults = []
        holder = self.holders.get((identity.matter, identity.area), item_code)
        if holder != item_code:
            faults.append(Fault(column="matter", why=HELD % {"item": holder}))
        if identity.matter and identity.matter not in self.matters:
            faults.append(Fault(column="matter", why=NOTHING % {"code": identity.matter}))
        if identity.area and identity.area not in self.areas:
            faults.append(Fault(column="area", why=NOTHING % {"code": identity.area}))
        if identity.unit and identity.unit not in self.units:
            faults.append(Fault(column="unit", why=NOTHING % {"code": identity.unit}))
        return faults

    def content_faults(self, *, content: Content, item_code: str) -> list[Fault]:
        """Codes of what an item says that name nothing, and categories that belong to another item."""
        named = [("lead_unit", content.lead_unit)]
        named += [(f"cooperations.{n}.unit", one.unit) for n, one in enumerate(content.cooperations, start=1)]
        named += [
            (f"chart.{n}.who", step.who)
            for n, step in enumerate(content.chart, start=1)
            if step.who not in LeadRule.values
        ]
        faults = [
            Fault(column=column, why=NOTHING % {"code": code})
            for column, code in named
            if code and code not in self.units
        ]
        for code in content.categories:
            if code not in self.categories:
                faults.append(Fault(column="categories", why=NOTHING % {"code": code}))
            elif self.attached.get(code, item_code) != item_code:
                why = ATTACHED % {"code": code, "item": self.attached[code]}
                faults.append(Fault(column="categories", why=why))
        return faults


def known_to(*, lines: Sequence[Line], effective: date) -> Known:
    """What the lines of a draft name, as it is in the database. Six queries, whatever their number."""
    identities = [one.identity for one in lines if one.identity is not None]
    contents = [one.content for one in lines if one.content is not None]
    named = units_named(contents) | {one.unit for one in identities if one.unit}
    units = list(Unit.objects.working().filter(code__in=named).values_list("code", "pk", "kind"))
    categories = {code for one in contents for code in one.categories}
    return Known(
        units={code: pk for code, pk, _kind in units},
        kinds={code: kind for code, _pk, kind in units},
        matters=dict(Matter.objects.filter(code__in={one.matter for one in identities}).values_list("code", "pk")),
        areas=frozenset(Area.objects.filter(code__in={one.area for one in identities}).values_list("code", flat=True)),
        categories=frozenset(Category.objects.filter(code__in=categories, level=3).values_list("code", flat=True)),
        attached=_attached(lines, categories),
        holders=_holders(lines, effective),
    )


def _attached(lines: Sequence[Line], categories: Iterable[str]) -> dict[str, str]:
    """Category → item, as it would be: what these lines say goes before what stands."""
    wanted = sorted(set(categories))
    concerned = {one.item_code for one in lines}
    attached: dict[str, str] = {}
    if wanted:
        rows = ItemVersion.objects.filter(valid_until__isnull=True, categories__overlap=wanted)
        for item, codes in rows.values_list("item__code", "categories"):
            attached |= {code: item for code in codes if item not in concerned and code in wanted}
    for one in lines:
        for code in one.content.categories if one.content else ():
            attached.setdefault(code, one.item_code)
    return attached


def _holders(lines: Sequence[Line], effective: date) -> dict[tuple[str, str], str]:
    """(Matter, area) → the item that has it from that day on; of two new ones, the first."""
    new = [(one.item_code, one.identity) for one in lines if one.op == LineOp.NEW and one.identity is not None]
    if not new:
        return {}
    ending = {one.item_code for one in lines if one.op == LineOp.WITHDRAW}
    rows = ItemVersion.objects.filter(matter__code__in={identity.matter for _code, identity in new})
    standing = rows.exclude(valid_until__lte=effective).values_list("matter__code", "area_id", "item__code")
    holders = {(matter, area): item for matter, area, item in standing if item not in ending}
    for code, identity in new:
        if identity.matter:
            holders.setdefault((identity.matter, identity.area), code)
    return holders
