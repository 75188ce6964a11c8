"""Approval: every line of a draft in one transaction, as signed acts; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict
from kernel.events import DomainEvent, record_many
from kernel.ids import new_id
from organizations.models import Unit
from organizations.services.amending import amend_entries
from organizations.services.conditions import ConditionRow, amend_conditions
from registry.choices import ActKind, DraftOrigin, LineOp, LineVerdict
from registry.events import DraftApproved, ItemAdopted, ItemAmended, ItemWithdrawn
from registry.models import Act, Draft, Item, ItemVersion
from registry.queries.plans import LineInput, Plan, PlannedLine, plan, plan_lines
from registry.services import gaps, papers, waiting
from registry.services.attaching import attach
from registry.services.drafts import refuse_wrong
from registry.services.telling import tell_decided
from registry.services.versions import Source, write_versions
from registry.workflow import APPROVE, DRAFT

__all__ = ["LineInput", "Plan", "PlannedLine", "approve", "plan", "plan_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs the acts of an approval, when, and what is in force from which day."""

    draft: Draft
    actor: Actor
    unit_id: int | None
    at: datetime
    effective: date


@deed
def approve(
    *,
    draft_id: Any,
    actor: Actor,
    at: datetime,
    version: int | None = None,
    document: str = "",
    effective: date | None = None,
) -> Draft:
    """Make every line of a submitted draft: versions, rows of the decision table, conditions, categories, acts.

    The gap that the draft was made for is closed with it. `effective` may name a later day than the draft does. Two
    approvals that concern one item run one after the other; the second compares again and is refused where the first
    changed what it rests on. Raises Missing, Stale, WrongState, NotAllowed for whoever proposed it, Conflict for a day
    that has passed, and Unprocessable naming item and column of each fault.
    """
    draft = papers.locked(draft_id=draft_id, move="approve", actor=actor, version=version)
    day = max(effective or draft.effective, draft.effective)
    if draft.origin != DraftOrigin.FOUNDING and day < timezone.localtime(at).date():
        raise Conflict(_("The day from which the draft shall be in force has passed; name a later one."))
    _lock_items(draft)
    found = plan(draft=draft, effective=day)
    refuse_wrong(found)
    DRAFT.advance(draft, "approve", given={"lines": found.lines})
    draft.effective, draft.document = day, document.strip() or draft.document
    papers.save(draft=draft, columns=("effective", "document", *papers.decided(draft=draft, actor=actor, at=at)))
    waiting.stop(subject=draft, at=at)
    unit_id = papers.signing_unit(actor=actor, capability=APPROVE)
    signing = Signing(draft=draft, actor=actor, unit_id=unit_id, at=at, effective=day)
    _make(found, signing)
    gaps.fill(draft=draft, actor=actor, at=at)
    tell_decided(draft=draft, how="approved", at=at)
    return draft


def _lock_items(draft: Draft) -> None:
    """Lock the items of the draft in one order: whoever approves a draft about one of them waits."""
    codes = draft.lines.values_list("item_code", flat=True)
    list(Item.objects.select_for_update().filter(code__in=codes).order_by("code").values_list("pk", flat=True))


def _make(found: Plan, signing: Signing) -> None:
    done = [one for one in found.lines if one.verdict != LineVerdict.SAME]
    made = {one.item_code: one for one in done}
    items = _items(done, found, signing)
    closing = {one.item_code: one.held.version for one in done if one.held and one.op != LineOp.NEW}
    closed = ItemVersion.objects.filter(pk__in=[one.pk for one in closing.values()], valid_until__isnull=True)
    if closed.update(valid_until=signing.effective) != len(closing):
        raise Conflict(_("An item of this draft was changed in the meantime."))
    lines = dict(signing.draft.lines.values_list("item_code", "pk"))
    source = Source(effective=signing.effective, draft_lines=lines)
    versions = write_versions(
        contents={code: one.content for code, one in made.items() if one.content is not None},
        items=items,
        source=source,
        units=found.known.units,
    )
    amend_entries(amendments=found.amendments, effective=signing.effective, actor=signing.actor, at=signing.at)
    _conditions(done, found, signing)
    attach(
        lines=done, items=items, effective=signing.effective, draft=signing.draft, actor=signing.actor, at=signing.at
    )
    _acts(done, items, versions, signing)
    record_many(_events(found, done, items, versions, signing), actor=signing.actor, at=signing.at)


def _items(done: Sequence[PlannedLine], found: Plan, signing: Signing) -> dict[str, Item]:
    """The items of the lines by code: those that are there one version on, and those that begin."""
    there = {one.item_code: one.held.item for one in done if one.held}
    Item.objects.filter(pk__in=[item.pk for item in there.values()]).update(version=F("version") + 1)
    units = dict(Unit.objects.filter(code__in={_owner(one) for one in done}).values_list("code", "pk"))
    new = [
        Item(
            # One millisecond apart: the index of the ids grows in the order of the lines.
            id=new_id(at=signing.at + timedelta(milliseconds=number)),
            code=one.item_code,
            kind=one.identity.kind,
            part=one.identity.part,
            matter_id=found.known.matters.get(one.identity.matter),
            area_id=one.identity.area,
            unit_id=units.get(one.identity.unit),
        )
        for number, one in enumerate(done)
        if one.held is None and one.identity is not None
    ]
    Item.objects.bulk_create(new, batch_size=1000)
    return there | {item.code: item for item in new}


def _owner(line: PlannedLine) -> str:
    return line.identity.unit if line.identity else ""


def _conditions(done: Sequence[PlannedLine], found: Plan, signing: Signing) -> None:
    """Filing conditions stand with the item of the whole county; one that takes a matter over says what holds."""
    wanted = {}
    for one in sorted(done, key=lambda line: line.content is not None):
        said = one.content.conditions if one.content else ()
        had = one.held.content.conditions if one.held and one.op != LineOp.NEW else ()
        if one.identity is None or one.identity.matter not in found.known.matters or said == had:
            continue
        wanted[found.known.matters[one.identity.matter]] = [
            ConditionRow(
                code=row.code,
                text=row.text,
                closing=row.closing,
                limit_value=row.limit_value,
                limit_unit=row.limit_unit,
            )
            for row in said
            if row.limit_value is not None
        ]
    if wanted:
        amend_conditions(wanted=wanted, effective=signing.effective, actor=signing.actor, at=signing.at)


def _acts(
    done: Sequence[PlannedLine], items: dict[str, Item], versions: dict[str, ItemVersion], signing: Signing
) -> None:
    Act.objects.bulk_create(
        [
            Act(
                item=items[one.item_code],
                kind=_kind(one, signing.draft),
                reason=signing.draft.reason,
                document=signing.draft.document,
                signed_by_id=signing.actor.user_id,
                signed_unit_id=signing.unit_id,
                at=signing.at,
                from_version=one.held.version if one.held else None,
                to_version=versions.get(one.item_code),
            )
            for one in done
        ],
        batch_size=1000,
    )


def _kind(line: PlannedLine, draft: Draft) -> str:
    if draft.origin == DraftOrigin.FOUNDING:
        return ActKind.FOUNDED
    kinds = {
        LineVerdict.NEW: ActKind.ADOPTED,
        LineVerdict.CHANGED: ActKind.AMENDED,
        LineVerdict.GONE: ActKind.WITHDRAWN,
    }
    return kinds[LineVerdict(line.verdict)]


def _events(
    found: Plan,
    done: Sequence[PlannedLine],
    items: dict[str, Item],
    versions: dict[str, ItemVersion],
    signing: Signing,
) -> list[DomainEvent]:
    happened: list[DomainEvent] = [_item_event(one, items, versions, signing) for one in done]
    counts = found.counts
    happened.append(
        DraftApproved(
            **papers.identity(signing.draft),
            effective=signing.effective.isoformat(),
            new=counts[LineVerdict.NEW],
            changed=counts[LineVerdict.CHANGED],
            gone=counts[LineVerdict.GONE],
            same=counts[LineVerdict.SAME],
        )
    )
    return happened


def _item_event(
    line: PlannedLine, items: dict[str, Item], versions: dict[str, ItemVersion], signing: Signing
) -> DomainEvent:
    named: dict[str, Any] = {
        "case_id": items[line.item_code].pk,
        "subject_id": str(items[line.item_code].pk),
        "item": line.item_code,
        "draft": signing.draft.number,
        "effective": signing.effective.isoformat(),
    }
    if line.verdict == LineVerdict.GONE:
        return ItemWithdrawn(**named)
    number = versions[line.item_code].number
    if line.verdict == LineVerdict.NEW:
        return ItemAdopted(**named, number=number)
    return ItemAmended(**named, number=number, fields=[change.name for change in line.fields])
