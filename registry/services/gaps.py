"""Opening a gap when a case meets one, and closing it when the list answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Stale
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.queries import may_anywhere
from registry.choices import DraftState
from registry.gaps.choices import GapKind, GapState
from registry.gaps.events import GapClosed, GapOpened
from registry.gaps.workflow import WORKFLOW
from registry.models import Draft
from registry.models.gap import Gap, GapCase

TOWNSHIP_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What one case met: the kind of lack, the category and matter as far as they are known, and where.

    The case is a petition's, or that of a call by itself; a petition that is filed for such a call has the same id.
    """

    petition_id: UUID | None = None
    call_id: UUID | None = None
    kind: str
    category: str | None
    matter_id: int | None
    place: str

    @property
    def case_id(self) -> UUID:
        """The case that met it."""
        found = self.petition_id or self.call_id
        if found is None:
            raise ValueError("a gap is met by a petition or by a call")
        return found

    @property
    def key(self) -> tuple[str, str, int, str]:
        """Which gap it belongs to; also the order in which gaps are locked."""
        return (self.kind, self.category or "", self.matter_id or 0, self.place[:TOWNSHIP_DIGITS])


@deed
def open_gap(*, met: Met, at: datetime) -> Gap:
    """Count what a case met on the open gap of its kind, category, matter and township, or open one; see open_gaps."""
    return open_gaps(met=[met], at=at)[0]


@deed
def open_gaps(*, met: Sequence[Met], at: datetime) -> list[Gap]:
    """The same for many cases, the gaps locked in one order. A case that met a gap already is not counted again."""
    return [_meet(one, at=at) for one in sorted(met, key=lambda one: one.key)]


def _meet(met: Met, *, at: datetime) -> Gap:
    gap, fresh = _gap_for(met, at=at)
    same = Q(petition_id=met.case_id) | Q(call_id=met.case_id)
    counted = GapCase.objects.filter(same, gap=gap).exists()
    if not counted:
        GapCase.objects.create(gap=gap, petition_id=met.petition_id, call_id=met.call_id, at=at)
    if not fresh and not counted:
        later = max(gap.last_at, at)
        Gap.objects.filter(pk=gap.pk).update(times=F("times") + 1, last_at=later)
        gap.times, gap.last_at = gap.times + 1, later
    return gap


def _gap_for(met: Met, *, at: datetime) -> tuple[Gap, bool]:
    """The open gap, locked, and whether it was opened just now. The unique constraint decides between two writers."""
    place = met.place[:TOWNSHIP_DIGITS]
    same = {"kind": GapKind(met.kind), "category_id": met.category, "matter_id": met.matter_id, "place": place}
    fresh = Gap(id=new_id(at=at), first_case=met.case_id, first_at=at, last_at=at, **same)
    Gap.objects.bulk_create([fresh], ignore_conflicts=True)
    found = Gap.objects.open().select_for_update().get(**same)
    if found.pk != fresh.pk:
        return found, False
    record(
        GapOpened(
            case_id=fresh.pk,
            subject_id=str(fresh.pk),
            kind=fresh.kind,
            category=met.category or "",
            matter=str(met.matter_id or ""),
            place=place,
            petition=str(met.petition_id or ""),
            call=str(met.call_id or ""),
        ),
        actor=SYSTEM,
        at=at,
    )
    return found, True


@deed
def close(
    *,
    gap_id: Any,
    actor: Actor,
    at: datetime,
    draft_id: UUID | None = None,
    note: str = "",
    version: int | None = None,
) -> Gap:
    """The list answers now: name the approved draft that filled it, or say why the list is right as it is.

    Raises NotAllowed, Missing, Stale, WrongState where it is closed already, Invalid where neither is given or the
    draft is not approved.
    """
    gap: Gap = Gap.objects.locked(gap_id, version=version)
    require(may_anywhere(actor, capability="registry.approve"))
    draft = _approved(draft_id) if draft_id is not None else None
    WORKFLOW.advance(gap, "close", given={"answer": draft or note.strip()})
    gap.closed_at, gap.closed_by, gap.closed_by_user_id, gap.note = at, draft, actor.user_id, note.strip()
    gap.version += 1
    columns = ("state", "version", "closed_at", "closed_by_id", "closed_by_user_id", "note")
    written = Gap.objects.filter(pk=gap.pk, version=gap.version - 1, state=GapState.OPEN).update(
        **{name: getattr(gap, name) for name in columns}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))
    happened = GapClosed(case_id=gap.pk, subject_id=str(gap.pk), draft=str(draft.pk) if draft else "", times=gap.times)
    record(happened, actor=actor, at=at)
    return gap


@deed
def fill(*, draft: Draft, actor: Actor, at: datetime) -> None:
    """Close the gap that an approved draft was made for; one that somebody closed before stays as it is."""
    if draft.gap_id is not None and Gap.objects.open().filter(pk=draft.gap_id).exists():
        close(gap_id=draft.gap_id, draft_id=draft.pk, actor=actor, at=at)


def _approved(draft_id: UUID) -> Draft:
    draft = Draft.objects.filter(pk=draft_id, state=DraftState.APPROVED).first()
    if draft is None:
        raise Invalid(_("Only an approved draft fills a gap."), fields={"draft": [_("Not an approved draft.")]})
    return draft
