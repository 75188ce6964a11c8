"""From an admission to the draft of the registry in which it ends: the one way by which a duty enters a list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import SYSTEM, Actor
from kernel.errors import Conflict
from organizations.choices import Duty, LeadRule
from organizations.models import Unit
from registry.admission.choices import Into
from registry.choices import DraftOrigin, LineOp, ListKind, Part, TownshipRole
from registry.models import Admission, Draft, DraftLine, ItemVersion
from registry.services import drafts, publishing

TITLE = 120
TOWNSHIP_PART = slice(6, 9)  # the three digits by which a township is known within its county


def enter(*, case: Admission, effective: date, document: str, actor: Actor, at: datetime) -> Draft:
    """Draft the items of an approved admission and approve the draft: versions, entries and acts come of it.

    Raises Unprocessable naming the faults, where the lists have no room for the duty.
    """
    draft = _opened(case, reason=case.reason, effective=effective, at=at)
    for code, area, payload in _contents(case, on=effective):
        standing = _standing(case, area, on=effective)
        if standing is None:
            _put(draft, LineOp.NEW, code, payload, at=at)
        else:
            _put(draft, LineOp.CHANGE, standing.item.code, _added(standing, payload), at=at)
    return _approved(draft, document=document, actor=actor, at=at)


def leave(*, case: Admission, reason: str, effective: date, document: str, actor: Actor, at: datetime) -> Draft:
    """Draft the end of what the admission brought, and approve it: items of its own end, duties put on others go."""
    brought = DraftLine.objects.filter(draft__admission_id=case.pk, draft__state="approved").order_by("position")
    lines = [line for line in brought if line.op != LineOp.WITHDRAW]
    if not lines:
        raise Conflict(_("Nothing of this admission stands in a list."))
    draft = _opened(case, reason=reason, effective=effective, at=at)
    for line in lines:
        if line.op == LineOp.NEW:
            _put(draft, LineOp.WITHDRAW, line.item_code, {}, at=at)
        else:
            _put(draft, LineOp.CHANGE, line.item_code, _taken_away(case, line.item_code, on=effective), at=at)
    return _approved(draft, document=document, actor=actor, at=at)


def _opened(case: Admission, *, reason: str, effective: date, at: datetime) -> Draft:
    return drafts.open_draft(
        title=f"{case.number} {case.name}"[:TITLE],
        origin=DraftOrigin.ADMISSION,
        reason=reason[:1000],
        effective=effective,
        admission_id=case.pk,
        proposed_by_id=case.proposed_by_id,
        actor=SYSTEM,
        at=at,
    )


def _put(draft: Draft, op: str, code: str, payload: dict[str, Any], *, at: datetime) -> None:
    drafts.put_line(draft_id=draft.pk, op=op, item_code=code, payload=payload, actor=SYSTEM, at=at)


def _approved(draft: Draft, *, document: str, actor: Actor, at: datetime) -> Draft:
    drafts.submit(draft_id=draft.pk, actor=SYSTEM, at=at)
    return publishing.approve(draft_id=draft.pk, document=document, actor=actor, at=at)


def _contents(case: Admission, *, on: date) -> list[tuple[str, str, dict[str, Any]]]:
    """Code, area and fields of each item: one for the county, or one for each township where it is not for all."""
    if case.everywhere:
        return [(case.code, case.area_id, _payload(case, case.area_id))]
    areas = Unit.objects.filter(pk__in=case.townships).order_by("area_id").values_list("area_id", flat=True)
    return [(f"{case.code}-{area[TOWNSHIP_PART]}", area, _payload(case, area)) for area in areas]


def _payload(case: Admission, area: str) -> dict[str, Any]:
    leads, grid = case.township_role == Duty.LEAD, case.into == Into.GRID
    kind = ListKind.TOWNSHIP_DUTY if case.into == Into.TOWNSHIP_DUTY else ListKind.TERRITORIAL
    part = "" if kind == ListKind.TERRITORIAL else Part.BASIC if leads else Part.ASSISTING
    role = TownshipRole.NONE if grid else TownshipRole.LEAD if leads else TownshipRole.ASSIST
    return {
        "kind": kind.value,
        "part": str(part),
        "matter": case.matter.code if case.matter else "",
        "area": area,
        "unit": "",
        "name": case.name,
        "domain": case.domain,
        "lead_rule": (LeadRule.TOWNSHIP_OF_PLACE if leads else LeadRule.UNIT).value,
        "lead_unit": case.lead_unit.code if case.lead_unit else "",
        "lead_duty": case.lead_duty,
        "township_role": role.value,
        "township_duty": "" if grid else case.township_duty,
        "basis": case.basis,
        "safeguards": case.safeguards,
        "limit_value": str(case.limit_value),
        "limit_unit": case.limit_unit,
        "chart": case.chart,
        "categories": [],
        "cooperations": _cooperations(case),
        "conditions": [],
    }


def _cooperations(case: Admission) -> list[dict[str, Any]]:
    codes = dict(Unit.objects.filter(pk__in=case.sides).values_list("pk", "code"))
    rows = [
        {"rule": LeadRule.UNIT.value, "unit": codes[one["unit_id"]], "duty": one["duty"]} for one in case.cooperations
    ]
    if case.into == Into.GRID:
        rows.append({"rule": LeadRule.VILLAGE_OF_PLACE.value, "unit": "", "duty": case.township_duty})
    return rows


def _standing(case: Admission, area: str, *, on: date) -> ItemVersion | None:
    """What the lists already say of the matter in the area on the day: the duty is then put on that item."""
    if case.matter_id is None:
        return None
    found: ItemVersion | None = (
        ItemVersion.objects.in_force(on)
        .filter(matter_id=case.matter_id, area_id=area)
        .select_related("item", "lead_unit")
        .prefetch_related("cooperations__unit")
        .first()
    )
    return found


def _said(version: ItemVersion) -> list[dict[str, Any]]:
    """The cooperations of a version as a draft writes them."""
    return [
        {"rule": one.rule, "unit": one.unit.code if one.unit else "", "duty": one.duty}
        for one in version.cooperations.all()
    ]


def _added(version: ItemVersion, payload: dict[str, Any]) -> dict[str, Any]:
    """The fields of an item that stands already, with the admitted duty put on it; its other sides stay."""
    fixed = {"kind", "part", "matter", "area", "unit", "categories", "conditions"}
    named = {(one["rule"], one["unit"]) for one in payload["cooperations"]}
    stay = [one for one in _said(version) if (one["rule"], one["unit"]) not in named]
    added = {name: value for name, value in payload.items() if name not in fixed}
    if added["township_role"] == TownshipRole.NONE:  # grid work leaves alone what the township does already
        del added["township_role"], added["township_duty"]
    return {**added, "cooperations": [*stay, *payload["cooperations"]]}


def _taken_away(case: Admission, code: str, *, on: date) -> dict[str, Any]:
    """The fields of an item without the duty that the admission put on it."""
    version = ItemVersion.objects.in_force(on).filter(item__code=code).prefetch_related("cooperations__unit").first()
    if version is None:
        raise Conflict(_("Nothing of this admission stands in a list."))
    rows = _said(version)
    if case.into != Into.GRID:
        return {"township_role": TownshipRole.NONE.value, "township_duty": "", "cooperations": rows}
    return {"cooperations": [one for one in rows if one["rule"] != LeadRule.VILLAGE_OF_PLACE]}
