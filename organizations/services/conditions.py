"""Filing conditions, brought in line matter by matter; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import NotAllowed, Unprocessable
from kernel.events import record
from organizations.events import CATALOGUE, ConditionsAmended
from organizations.models import FilingCondition
from organizations.queries.conditions import conditions_by_matter
from organizations.services.amending import AMENDERS


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One filing condition as a matter shall have it."""

    code: str
    text: str
    closing: str
    limit_value: Decimal
    limit_unit: str


@deed
def amend_conditions(
    *, wanted: Mapping[int, Sequence[ConditionRow]], effective: date, actor: Actor, at: datetime
) -> list[str]:
    """Give each matter (by id) exactly these conditions from `effective` on; returns the codes that changed.

    Raises NotAllowed, Unprocessable where a condition to be ended begins on that day or later.
    """
    if not any(actor.holds(name) for name in AMENDERS):
        raise NotAllowed(_("Your role does not include this."))
    held = conditions_by_matter(matter_ids=wanted, on=effective)
    ending: list[FilingCondition] = []
    opening: list[FilingCondition] = []
    for matter_id, rows in wanted.items():
        standing = {one.code: one for one in held.get(matter_id, ())}
        said = {row.code: row for row in rows}
        same = {code for code, row in said.items() if code in standing and _as_row(standing[code]) == row}
        ending += [one for code, one in standing.items() if code not in same]
        opening += [_opened(matter_id, row, effective) for code, row in said.items() if code not in same]
    early = [one for one in ending if one.valid_from >= effective]
    if early:
        why = _("A condition that begins on %(day)s must change later.")
        fields = {one.code: [why % {"day": one.valid_from}] for one in early}
        raise Unprocessable(_("The conditions have faults; nothing was changed."), fields=fields)
    FilingCondition.objects.filter(pk__in=[one.pk for one in ending], valid_until__isnull=True).update(
        valid_until=effective
    )
    FilingCondition.objects.bulk_create(opening)
    codes = sorted({one.code for one in (*ending, *opening)})
    if codes:
        happened = ConditionsAmended(
            case_id=CATALOGUE, subject_id="conditions", effective=effective.isoformat(), conditions=codes
        )
        record(happened, actor=actor, at=at)
    return codes


def _as_row(one: FilingCondition) -> ConditionRow:
    return ConditionRow(
        code=one.code, text=one.text, closing=one.closing, limit_value=one.limit_value, limit_unit=one.limit_unit
    )


def _opened(matter_id: int, row: ConditionRow, effective: date) -> FilingCondition:
    return FilingCondition(
        matter_id=matter_id,
        code=row.code,
        text=row.text,
        closing=row.closing,
        limit_value=row.limit_value,
        limit_unit=row.limit_unit,
        valid_from=effective,
    )
