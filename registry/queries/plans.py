"""What a draft would do, line by line: asked by pages, sheets, replay and the approval itself. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from organizations.queries.amendments import Amendment, faults_of
from registry.choices import DraftOrigin, LineOp, LineVerdict
from registry.models import Draft
from registry.policies.admitted import NOT_ADMITTED, newly_given
from registry.policies.consistency import content_faults, identity_faults
from registry.policies.contents import IDENTITY, Content, Fault, FieldChange, Identity, differing
from registry.policies.reading import read_content, read_identity
from registry.queries.contents import Held, held_items
from registry.queries.following import amendment_of, ended
from registry.queries.known import Known, known_to

NOT_IN_FORCE = _("This item is not in force on that day, or a later version of it is set already.")
EXISTS = _("There is an item with this code; change it, or take another code.")
FOR_LIFE = _("This stays as it is for the life of an item; withdraw it and enter another.")
BEGINS_LATER = _("The version in force begins on %(day)s; a change must begin later.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInput:
    """One line as somebody enters it."""

    op: str
    item_code: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """What one line would do; `content` is what the item would say, None where it ends."""

    position: int
    op: str
    item_code: str
    verdict: str
    fields: tuple[FieldChange, ...]
    faults: tuple[Fault, ...]
    content: Content | None
    identity: Identity | None
    held: Held | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All lines, and the rows of the decision table that would follow from those without faults."""

    effective: date
    lines: tuple[PlannedLine, ...]
    amendments: tuple[Amendment, ...]
    known: Known

    @property
    def counts(self) -> dict[str, int]:
        """How many lines have which verdict."""
        found = Counter(one.verdict for one in self.lines)
        return {verdict: found[verdict] for verdict in LineVerdict.values}

    @property
    def wrong(self) -> tuple[PlannedLine, ...]:
        """The lines with faults."""
        return tuple(one for one in self.lines if one.faults)


def plan(*, draft: Draft, effective: date | None = None) -> Plan:
    """Compare every line of a draft with the registry as it would stand on the day. A fixed number of queries."""
    lines = [
        LineInput(op=one.op, item_code=one.item_code, payload=one.payload) for one in draft.lines.order_by("position")
    ]
    return plan_lines(lines=lines, effective=effective or draft.effective, origin=draft.origin)


def plan_lines(*, lines: Sequence[LineInput], effective: date, origin: str = DraftOrigin.BY_HAND) -> Plan:
    """The same for lines that belong to no draft yet, such as those of a sheet that is being looked at."""
    held = held_items(codes={one.item_code for one in lines}, on=effective)
    read = [_read(number, one, held.get(one.item_code), effective) for number, one in enumerate(lines, start=1)]
    known = known_to(lines=read, effective=effective)
    admitted = origin in (DraftOrigin.FOUNDING, DraftOrigin.ADMISSION)
    checked = [_checked(one, known, admitted) for one in read]
    return _with_list_faults(checked, known, effective)


def _read(number: int, line: LineInput, held: Held | None, effective: date) -> PlannedLine:
    """The line by itself: its form, and whether the item may be changed so on that day."""
    base = held.content if held and line.op == LineOp.CHANGE else None
    content, faults = read_content(payload=line.payload, base=base)
    identity, wrong = read_identity(payload=line.payload) if line.op == LineOp.NEW else (None, [])
    faults = [*faults, *wrong, *_standing(line, held, identity, effective)]
    if held and line.op != LineOp.NEW:
        identity = held.identity
    after = None if line.op == LineOp.WITHDRAW else content
    before = held.content if held and held.in_force(effective) else None
    return PlannedLine(
        position=number,
        op=line.op,
        item_code=line.item_code,
        verdict="",
        fields=differing(before=before, after=after),
        faults=tuple(faults),
        content=after,
        identity=identity,
        held=held,
    )


def _standing(line: LineInput, held: Held | None, identity: Identity | None, effective: date) -> list[Fault]:
    if line.op == LineOp.NEW:
        over = held is not None and held.version.valid_until is not None and held.version.valid_until <= effective
        return [] if held is None or (over and held.identity == identity) else [Fault(column="item_code", why=EXISTS)]
    if held is None or not held.in_force(effective):
        return [Fault(column="item_code", why=NOT_IN_FORCE)]
    faults = [
        Fault(column=name, why=FOR_LIFE)
        for name in IDENTITY
        if name in line.payload and (line.payload[name] or "") != getattr(held.identity, name)
    ]
    if held.version.valid_from >= effective:
        faults.append(Fault(column="effective", why=BEGINS_LATER % {"day": held.version.valid_from}))
    return faults


def _checked(line: PlannedLine, known: Known, admitted: bool) -> PlannedLine:
    """The line against the reference data, the law, and what other items say."""
    faults = list(line.faults)
    if line.identity is not None and line.op == LineOp.NEW:
        faults += identity_faults(identity=line.identity)
        faults += known.identity_faults(identity=line.identity, item_code=line.item_code)
    if line.content is not None and line.identity is not None:
        faults += faults_of_item(content=line.content, identity=line.identity, item_code=line.item_code, known=known)
        before = line.held.content if line.held and line.op == LineOp.CHANGE else None
        if not admitted and newly_given(before=before, after=line.content, kinds=known.kinds):
            faults.append(Fault(column="township_role", why=NOT_ADMITTED))
    if line.op == LineOp.CHANGE and not line.fields and [one.column for one in faults] == ["effective"]:
        faults = []  # nothing is to change, so nothing needs a later day
    return replace(line, faults=tuple(faults), verdict=_verdict(line, faults))


def faults_of_item(*, content: Content, identity: Identity, item_code: str, known: Known) -> list[Fault]:
    """What stands against an item saying this: contradictions, and codes that name nothing."""
    return [
        *content_faults(content=content, identity=identity, kinds=known.kinds),
        *known.content_faults(content=content, item_code=item_code),
    ]


def known_of(*, content: Content, identity: Identity, item_code: str, effective: date) -> Known:
    """The reference data of one item that changes."""
    line = PlannedLine(
        position=1,
        op=LineOp.CHANGE,
        item_code=item_code,
        verdict="",
        fields=(),
        faults=(),
        content=content,
        identity=identity,
        held=None,
    )
    return known_to(lines=[line], effective=effective)


def _verdict(line: PlannedLine, faults: Sequence[Fault]) -> str:
    if faults:
        return LineVerdict.WRONG
    if line.op == LineOp.CHANGE:
        return LineVerdict.CHANGED if line.fields else LineVerdict.SAME
    return LineVerdict.NEW if line.op == LineOp.NEW else LineVerdict.GONE


def _with_list_faults(lines: Sequence[PlannedLine], known: Known, effective: date) -> Plan:
    """The lines together: what the decision table would refuse is told at the line that makes it."""
    ends = ended(lines=[(one.item_code, one.identity) for one in lines if one.verdict == LineVerdict.GONE], known=known)
    begins = [
        amendment_of(item_code=one.item_code, identity=one.identity, content=one.content, known=known)
        for one in lines
        if one.verdict in (LineVerdict.NEW, LineVerdict.CHANGED) and one.identity and one.content
    ]
    amendments = _one_a_matter([*ends, *(one for one in begins if one is not None)])
    faults = faults_of(amendments=amendments, effective=effective) if amendments else {}
    told = [
        replace(
            one,
            verdict=LineVerdict.WRONG,
            faults=(*one.faults, *(Fault(column="lead_unit", why=why) for why in faults[one.item_code])),
        )
        if one.item_code in faults
        else one
        for one in lines
    ]
    right = {one.item_code for one in told if not one.faults}
    return Plan(
        effective=effective,
        lines=tuple(told),
        amendments=tuple(one for one in amendments if one.stem in right),
        known=known,
    )


def _one_a_matter(amendments: Sequence[Amendment]) -> list[Amendment]:
    """One amendment per matter and area: an item that takes the place of one that ends says what holds."""
    found: dict[tuple[int, str], Amendment] = {}
    twice: list[Amendment] = []
    for one in amendments:
        key = (one.matter_id, one.area_code)
        if key in found and found[key].rows and one.rows:
            twice.append(one)
        elif key not in found or one.rows:
            found[key] = one
    return [*found.values(), *twice]
