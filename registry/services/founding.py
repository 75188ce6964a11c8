"""The registry from its files: founded by a government's document, and brought in line with them again later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from registry.choices import DraftOrigin, LineOp, LineVerdict
from registry.models import Draft
from registry.queries.contents import held_items
from registry.queries.plans import LineInput, Plan, PlannedLine, plan_lines
from registry.services.drafts import open_draft, put_lines, submit
from registry.services.publishing import approve


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem:
    """One item of the files: its code, and what it says by the columns of a draft line."""

    code: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What the files say that the registry does not, and the draft by which it was made; None where nothing was."""

    plan: Plan
    draft: Draft | None

    def lines(self, verdict: str) -> list[PlannedLine]:
        """The lines with a verdict."""
        return [one for one in self.plan.lines if one.verdict == verdict]


@deed
def found_items(
    *,
    items: Sequence[FileItem],
    effective: date,
    document: str,
    actor: Actor,
    at: datetime,
    dry_run: bool = False,
) -> Founding:
    """Enter the items that are new and change those that differ; items that the files do not name stay.

    The same files again change nothing. Only the system founds. With `dry_run` nothing is written and faults come back
    in the plan; otherwise any fault raises Unprocessable.
    """
    held = held_items(codes={one.code for one in items}, on=effective)
    lines = [
        LineInput(
            op=LineOp.CHANGE if one.code in held and held[one.code].version.valid_until is None else LineOp.NEW,
            item_code=one.code,
            payload=one.payload,
        )
        for one in items
    ]
    plan = plan_lines(lines=lines, effective=effective, origin=DraftOrigin.FOUNDING)
    moved = [line for line, one in zip(lines, plan.lines, strict=True) if one.verdict != LineVerdict.SAME]
    if dry_run or not moved:
        return Founding(plan=plan, draft=None)
    draft = open_draft(
        title=_("Registry of responsibilities"),
        origin=DraftOrigin.FOUNDING,
        reason=_("Published by the government of the county."),
        effective=effective,
        document=document,
        actor=actor,
        at=at,
    )
    put_lines(draft_id=draft.pk, lines=moved, actor=actor, at=at)
    submit(draft_id=draft.pk, actor=actor, at=at)
    return Founding(plan=plan, draft=approve(draft_id=draft.pk, actor=actor, at=at))
