"""One item changed by hand: a draft that holds nothing else, opened and filled in one deed."""

from __future__ import annotations

from datetime import date, datetime

from kernel.actors import Actor
from kernel.deeds import deed
from registry.choices import DraftOrigin
from registry.models import Draft
from registry.services.drafts import LineInput, open_draft, put_line


@deed
def propose_line(*, title: str, reason: str, effective: date, line: LineInput, actor: Actor, at: datetime) -> Draft:
    """A draft of one line, ready to be looked at and submitted.

    A line with faults is kept with them. Raises as open_draft() and put_line().
    """
    draft = open_draft(title=title, origin=DraftOrigin.BY_HAND, reason=reason, effective=effective, actor=actor, at=at)
    put_line(draft_id=draft.pk, op=line.op, item_code=line.item_code, payload=line.payload, actor=actor, at=at)
    return Draft.objects.get(pk=draft.pk)
