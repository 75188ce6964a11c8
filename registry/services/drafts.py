"""Drafts: opened, filled line by line, submitted, refused or given up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Missing, NotAllowed, Unprocessable
from kernel.events import record
from kernel.ids import new_id
from kernel.numbers import next_number
from kernel.permissions import require
from organizations.queries import may_anywhere
from registry.choices import DraftOrigin, LineOp
from registry.events import DraftDiscarded, DraftOpened, DraftRefused, DraftSubmitted, DraftTakenBack
from registry.models import Draft, DraftLine, Gap
from registry.queries.plans import LineInput, Plan, plan, plan_lines
from registry.services import papers, waiting
from registry.services.telling import tell_decided, tell_submitted
from registry.workflow import DRAFT, PROPOSE

__all__ = ["LineInput", "discard", "drop_line", "open_draft", "put_line", "put_lines", "refuse", "submit", "take_back"]

NUMBER = "QD"
CODE = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
MOST_LINES = 10_000


@deed
def open_draft(
    *,
    title: str,
    origin: str,
    reason: str,
    effective: date,
    actor: Actor,
    at: datetime,
    admission_id: UUID | None = None,
    gap_id: UUID | None = None,
    proposed_by_id: int | None = None,
    document: str = "",
) -> Draft:
    """Begin a draft. The system opens one in somebody's name by `proposed_by_id`, or the founding by a document.

    A draft made for a gap (`gap_id`) closes it when it is approved. Raises NotAllowed, Invalid for an empty title or
    reason, an origin that does not fit the rest and a gap that is not open.
    """
    require(may_anywhere(actor, capability=PROPOSE))
    _check_heading(title, origin, reason, admission_id, document)
    _check_gap(origin, gap_id)
    founding = origin == DraftOrigin.FOUNDING
    if not actor.is_system and (founding or proposed_by_id not in (None, actor.user_id)):
        raise NotAllowed(_("This is not for a person to do."))
    draft = Draft.objects.create(
        id=new_id(at=at),
        number=next_number(prefix=NUMBER, at=at),
        title=title.strip(),
        origin=origin,
        reason=reason.strip(),
        effective=effective,
        proposed_by_id=None if founding else proposed_by_id or actor.user_id,
        admission_id=admission_id,
        gap_id=gap_id,
        document=document.strip(),
        opened_at=at,
    )
    waiting.wait(subject=draft, clock="registry.prepare", at=at)
    record(DraftOpened(**papers.identity(draft), origin=origin, effective=effective.isoformat()), actor=actor, at=at)
    return draft


def _check_heading(title: str, origin: str, reason: str, admission_id: UUID | None, document: str) -> None:
    fields: dict[str, list[str]] = {}
    for name, value, longest in (("title", title, 120), ("reason", reason, 1000), ("document", document, 64)):
        if not value.strip() and name != "document":
            fields[name] = [_("Required.")]
        if len(value) > longest:
            fields[name] = [_("Too long.")]
    if origin not in DraftOrigin.values or (origin == DraftOrigin.ADMISSION) != (admission_id is not None):
        fields["origin"] = [_("The origin does not fit.")]
    if origin == DraftOrigin.FOUNDING and not document.strip():
        fields["document"] = [_("Required.")]
    if fields:
        raise Invalid(_("This draft is not possible."), fields=fields)


def _check_gap(origin: str, gap_id: UUID | None) -> None:
    fields: dict[str, list[str]] = {}
    if (origin == DraftOrigin.GAP) != (gap_id is not None):
        fields["gap"] = [_("A draft of this origin names its gap, and no other does.")]
    elif gap_id is not None and not Gap.objects.open().filter(pk=gap_id).exists():
        fields["gap"] = [_("There is no such gap, or it is closed.")]
    if fields:
        raise Invalid(_("This draft is not possible."), fields=fields)


@deed
def put_line(
    *,
    draft_id: Any,
    op: str,
    item_code: str,
    payload: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> DraftLine:
    """Enter what happens to one item; a line for the same item is replaced.

    The line is kept with its verdict and faults, so that somebody may go on with it later. Raises Missing, NotAllowed,
    WrongState, Stale, Invalid for an unknown operation or a code that cannot be one.
    """
    draft = papers.locked(draft_id=draft_id, move="put", actor=actor, version=version)
    line = _line(LineInput(op=op, item_code=item_code, payload=dict(payload)))
    found = plan_lines(lines=[line], effective=draft.effective, origin=draft.origin).lines[0]
    last = draft.lines.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST_LINES:
        raise Unprocessable(_("A draft has at most %(count)s lines.") % {"count": MOST_LINES})
    said = {
        "op": line.op,
        "payload": line.payload,
        "verdict": found.verdict,
        "faults": [one.as_json() for one in found.faults],
    }
    kept, _created = DraftLine.objects.update_or_create(
        draft=draft, item_code=line.item_code, defaults=said, create_defaults={**said, "position": last + 1}
    )
    DRAFT.advance(draft, "put")
    papers.save(draft=draft)
    return kept


@deed
def put_lines(
    *, draft_id: Any, lines: Sequence[LineInput], actor: Actor, at: datetime, version: int | None = None
) -> Plan:
    """Enter all lines at once in place of those that are there, such as those of a sheet; returns what they would do.

    Raises as put_line(), and Invalid where two lines name one item.
    """
    draft = papers.locked(draft_id=draft_id, move="put", actor=actor, version=version)
    if len(lines) > MOST_LINES:
        raise Unprocessable(_("A draft has at most %(count)s lines.") % {"count": MOST_LINES})
    checked = [_line(one) for one in lines]
    if len({one.item_code for one in checked}) < len(checked):
        raise Invalid(_("Two lines name one item."), fields={"item_code": [_("Named twice.")]})
    found = plan_lines(lines=checked, effective=draft.effective, origin=draft.origin)
    draft.lines.all().delete()
    DraftLine.objects.bulk_create(
        [
            DraftLine(
                draft=draft,
                position=planned.position,
                op=line.op,
                item_code=line.item_code,
                payload=line.payload,
                verdict=planned.verdict,
                faults=[one.as_json() for one in planned.faults],
            )
            for line, planned in zip(checked, found.lines, strict=True)
        ],
        batch_size=1000,
    )
    DRAFT.advance(draft, "put")
    papers.save(draft=draft)
    return found


def _line(line: LineInput) -> LineInput:
    fields = {}
    if line.op not in LineOp.values:
        fields["op"] = [_("Unknown kind.")]
    if not re.fullmatch(CODE, line.item_code, re.ASCII):
        fields["item_code"] = [_("A code has up to 40 letters, digits and signs.")]
    if fields:
        raise Invalid(_("This line is not possible."), fields=fields)
    return line


@deed
def drop_line(*, draft_id: Any, item_code: str, actor: Actor, at: datetime, version: int | None = None) -> Draft:
    """Take the line of an item out of the draft. Raises as put_line(), Missing where there is none."""
    draft = papers.locked(draft_id=draft_id, move="drop", actor=actor, version=version)
    gone, _kinds = draft.lines.filter(item_code=item_code).delete()
    if not gone:
        raise Missing(_("There is no such line."))
    DRAFT.advance(draft, "drop")
    papers.save(draft=draft)
    return draft


@deed
def submit(*, draft_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Draft:
    """Hand the draft in for approval: every line is compared anew, and none may be wrong.

    Raises Unprocessable naming item and column of each fault, Invalid where there is no line.
    """
    draft = papers.locked(draft_id=draft_id, move="submit", actor=actor, version=version)
    found = plan(draft=draft)
    refuse_wrong(found)
    DRAFT.advance(draft, "submit", given={"lines": found.lines})
    verdicts = {one.item_code: one.verdict for one in found.lines}
    stale = [one for one in draft.lines.all() if one.verdict != verdicts[one.item_code] or one.faults]
    for one in stale:
        one.verdict, one.faults = verdicts[one.item_code], []
    DraftLine.objects.bulk_update(stale, ["verdict", "faults"], batch_size=1000)
    draft.submitted_at = at
    papers.save(draft=draft, columns=("submitted_at",))
    waiting.wait(subject=draft, clock="registry.decide", at=at)
    record(DraftSubmitted(**papers.identity(draft), lines=len(found.lines)), actor=actor, at=at)
    tell_submitted(draft=draft, lines=len(found.lines), at=at)
    return draft


def refuse_wrong(found: Plan) -> None:
    """Raise Unprocessable where any line is wrong; the first hundred faults are told."""
    faults = {f"{one.item_code}, {fault.column}": [fault.why] for one in found.wrong for fault in one.faults}
    if faults:
        told = dict(list(faults.items())[:100])
        raise Unprocessable(
            _("The draft has faults; nothing was changed."),
            code="draft_has_faults",
            fields=told,
            details={"faults": len(faults)},
        )


@deed
def take_back(*, draft_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Draft:
    """Take a submitted draft back to change it."""
    draft = papers.locked(draft_id=draft_id, move="take_back", actor=actor, version=version)
    DRAFT.advance(draft, "take_back")
    draft.submitted_at = None
    papers.save(draft=draft, columns=("submitted_at",))
    waiting.wait(subject=draft, clock="registry.prepare", at=at)
    record(DraftTakenBack(**papers.identity(draft)), actor=actor, at=at)
    return draft


@deed
def refuse(*, draft_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> Draft:
    """Refuse a submitted draft for a reason. Raises NotAllowed also for whoever proposed it."""
    draft = papers.locked(draft_id=draft_id, move="refuse", actor=actor, version=version)
    DRAFT.advance(draft, "refuse", given={"reason": reason.strip()})
    papers.save(draft=draft, columns=papers.decided(draft=draft, actor=actor, at=at, note=reason.strip()))
    waiting.stop(subject=draft, at=at)
    record(DraftRefused(**papers.identity(draft)), actor=actor, at=at)
    tell_decided(draft=draft, how="refused", at=at)
    return draft


@deed
def discard(*, draft_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Draft:
    """Give the draft up. It stays to be read."""
    draft = papers.locked(draft_id=draft_id, move="discard", actor=actor, version=version)
    DRAFT.advance(draft, "discard")
    draft.decided_at = at
    papers.save(draft=draft, columns=("decided_at",))
    waiting.stop(subject=draft, at=at)
    record(DraftDiscarded(**papers.identity(draft)), actor=actor, at=at)
    return draft
