"""One item changed by hand: a draft that holds nothing else, opened and filled in one deed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from kernel.actors import Actor
from kernel.deeds import deed
from registry.choices import DraftOrigin
from registry.models import Draft
from registry.services.drafts import LineInput, open_draft, put_line


@deed
def propose_line(
    *,
    title: str,
    reason: str,
    effective: date,
    line: LineInput,
    actor: Actor,
    at: datetime,
    gap_id: UUID | None = None,
) -> Draft:
    """A draft of one line, ready to be looked at and submitted; made for a gap where one is named.

    A line with faults is kept with them. Raises as open_draft() and put_line().
    """
    origin = DraftOrigin.BY_HAND if gap_id is None else DraftOrigin.GAP
    draft = open_draft(
        title=title, origin=origin, reason=reason, effective=effective, gap_id=gap_id, actor=actor, at=at
    )
    put_line(draft_id=draft.pk, op=line.op, item_code=line.item_code, payload=line.payload, actor=actor, at=at)
    return Draft.objects.get(pk=draft.pk)
