"""The responsibility list: a new version closes and opens periods, and overwrites nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Unprocessable
from kernel.events import record
from kernel.permissions import require
from organizations.events import LIST, ListPublished
from organizations.models import Area, ListVersion, Matter, ResponsibilityEntry, Unit
from organizations.policies.differences import ListDiff, Opening, Standing, compare, final_rows
from organizations.policies.duties import UnitFact, clashes
from organizations.policies.rows import Row, Wrong, read_rows
from organizations.queries import may_anywhere


@deed
def publish_list(
    rows: Iterable[Mapping[str, str | None]], *, effective: date, actor: Actor, at: datetime, dry_run: bool = False
) -> ListDiff:
    """Bring the list in line with the rows from `effective` on, and return the difference.

    A changed row closes the entry of its code in force on that day and opens another; an entry without a row ends. Rows
    of one code with periods one after the other state its past. Publishing the same rows again changes nothing. With
    `dry_run` nothing is written and faults come back in `wrong`; otherwise any fault raises Unprocessable and nothing
    is written. Raises NotAllowed.
    """
    require(may_anywhere(actor, capability="reference.edit"))
    # Two versions are published one after the other: the stamp's row is their lock.
    list(ListVersion.objects.select_for_update())
    diff = _plan(rows, effective=effective)
    if dry_run:
        return diff
    if diff.wrong:
        fields = {f"row {one.row}, {one.column}": [one.why] for one in diff.wrong}
        raise Unprocessable(_("The list has faults; nothing was published."), code="list_has_faults", fields=fields)
    if not diff.empty:
        _apply(diff)
        record(_published(diff), actor=actor, at=at)
    return replace(diff, applied=True)


def _plan(raw: Iterable[Mapping[str, str | None]], *, effective: date) -> ListDiff:
    rows, wrong = read_rows(raw)
    history = _history()
    areas = {area.code: area.prefix for area in Area.objects.all()}
    units = {unit.code: unit for unit in Unit.objects.select_related("area")}
    known = {
        "matter_code": set(Matter.objects.values_list("code", flat=True)),
        "area_code": set(areas),
        "unit_code": {"", *(code for code, unit in units.items() if unit.active)},
    }
    unknown = [fault for row in rows for fault in _unknown(row, known=known)]
    diff = compare(rows=rows, history=history, effective=effective)
    wrong += [*unknown, *diff.wrong]
    if not unknown:
        facts = {code: UnitFact(unit.kind, unit.level, unit.area.prefix) for code, unit in units.items()}
        wrong += clashes(rows=final_rows(history=history, diff=diff), prefixes=areas, units=facts)
    return replace(diff, wrong=tuple(sorted(wrong, key=lambda one: (one.row, one.column))))


def _unknown(row: Row, *, known: Mapping[str, set[str]]) -> list[Wrong]:
    return [
        Wrong(row.number, column, _("There is nothing with the code “%(code)s”.") % {"code": code})
        for column, codes in known.items()
        if (code := getattr(row, column)) not in codes
    ]


def _history() -> dict[str, list[Standing]]:
    history: defaultdict[str, list[Standing]] = defaultdict(list)
    for entry in ResponsibilityEntry.objects.select_related("matter", "unit").order_by("code", "valid_from"):
        history[entry.code].append(Standing(entry.pk, _as_row(entry)))
    return dict(history)


def _as_row(entry: ResponsibilityEntry) -> Row:
    return Row(
        number=0,
        code=entry.code,
        matter_code=entry.matter.code,
        area_code=entry.area_id,
        duty=entry.duty,
        rule=entry.rule,
        unit_code=entry.unit.code if entry.unit else "",
        limit_value=entry.limit_value,
        limit_unit=entry.limit_unit,
        basis=entry.basis,
        duty_text=entry.duty_text,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
    )


def _apply(diff: ListDiff) -> None:
    # Periods are closed before others open, or the one-lead constraint would see both.
    ResponsibilityEntry.objects.filter(pk__in=[old.entry_id for old in diff.gone]).update(valid_until=diff.effective)
    for opening in diff.changed:
        assert opening.closes is not None
        ResponsibilityEntry.objects.filter(pk=opening.closes).update(valid_until=opening.start)
    openings = (*diff.added, *diff.changed)
    matters = dict(Matter.objects.values_list("code", "id"))
    units = dict(Unit.objects.values_list("code", "id"))
    ResponsibilityEntry.objects.bulk_create([_entry(one, matters=matters, units=units) for one in openings])


def _entry(opening: Opening, *, matters: Mapping[str, int], units: Mapping[str, int]) -> ResponsibilityEntry:
    row = opening.row
    return ResponsibilityEntry(
        code=row.code,
        matter_id=matters[row.matter_code],
        area_id=row.area_code,
        duty=row.duty,
        rule=row.rule,
        unit_id=units[row.unit_code] if row.unit_code else None,
        limit_value=row.limit_value,
        limit_unit=row.limit_unit,
        basis=row.basis,
        duty_text=row.duty_text,
        valid_from=opening.start,
        valid_until=row.valid_until,
    )


def _published(diff: ListDiff) -> ListPublished:
    return ListPublished(
        case_id=LIST,
        subject_id="responsibility-list",
        effective=diff.effective.isoformat(),
        added=[one.row.code for one in diff.added],
        changed=[one.row.code for one in diff.changed],
        gone=[one.row.code for one in diff.gone],
    )
