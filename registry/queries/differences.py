"""What the lines of a draft change, before and after: planned while the draft is open, made once it is approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organizations.queries import conditions_by_matter
from registry.choices import DraftState
from registry.models import Draft, DraftLine, ItemVersion
from registry.policies.contents import Content
from registry.queries.catalogue import cooperations_of
from registry.queries.contents import content_of
from registry.queries.plans import LineInput, plan_lines


@dataclass(frozen=True, slots=True)
class Sides:
    """An item before and after a line; None where it is not there."""

    before: Content | None
    after: Content | None


def sides_of(*, draft: Draft, lines: Sequence[DraftLine]) -> dict[int, Sides]:
    """Both sides of each line, by the line's id. A fixed number of queries."""
    if draft.state == DraftState.APPROVED:
        return _made(draft, lines)
    given = [LineInput(op=one.op, item_code=one.item_code, payload=one.payload) for one in lines]
    planned = plan_lines(lines=given, effective=draft.effective, origin=draft.origin)
    return {
        line.pk: Sides(one.held.content if one.held and one.held.in_force(draft.effective) else None, one.content)
        for line, one in zip(lines, planned.lines, strict=True)
    }


def _made(draft: Draft, lines: Sequence[DraftLine]) -> dict[int, Sides]:
    """The versions that the lines made, each beside the one that ended on that day."""
    seen = ItemVersion.objects.select_related("lead_unit", "item")
    made = {one.draft_line_id: one for one in seen.filter(draft_line__in=lines)}
    codes = [one.item_code for one in lines]
    ended = {one.item.code: one for one in seen.filter(item__code__in=codes, valid_until=draft.effective)}
    after = _contents(made.values(), on=draft.effective)
    before = _contents(ended.values(), on=draft.effective - timedelta(days=1))
    return {one.pk: Sides(before.get(one.item_code), after.get(one.item_code)) for one in lines}


def _contents(versions: Iterable[ItemVersion], *, on: date) -> dict[str, Content]:
    """What some versions say, by the code of the item. Two queries."""
    held = list(versions)
    beside = cooperations_of(versions=held)
    matters = {one.matter_id for one in held if one.matter_id is not None}
    conditions = conditions_by_matter(matter_ids=matters, on=on)
    return {
        one.item.code: content_of(
            version=one, cooperations=beside[one.pk], conditions=conditions.get(one.matter_id or 0, ())
        )
        for one in held
    }
