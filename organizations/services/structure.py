"""Bodies from a file: units in line with their rows, superiors included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Unprocessable
from kernel.events import record
from kernel.permissions import require
from organizations.events import STRUCTURE, UnitsLoaded
from organizations.models import Unit
from organizations.queries import may_anywhere

COLUMNS = ("name", "short_name", "kind", "level", "area_id", "phone")


@dataclass(frozen=True, slots=True)
class StructureDiff:
    """Codes of units. Units that the rows do not name are left alone: a file may hold one branch only."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


@deed
def load_units(
    rows: Iterable[Mapping[str, str]], *, actor: Actor, at: datetime, dry_run: bool = False
) -> StructureDiff:
    """Bring units in line with rows of code, name, short_name, kind, level, area_code, phone and two superiors' codes.

    A superior may stand in the same rows or be there already. Raises NotAllowed, or Unprocessable naming each fault.
    """
    require(may_anywhere(actor, capability="reference.edit"))
    wanted = {row["code"]: _content(row) for row in rows}
    held = {unit.code: unit for unit in Unit.objects.select_for_update().order_by("code")}
    _check_superiors(wanted, known=held.keys() | wanted.keys())
    codes = {unit.pk: unit.code for unit in held.values()}
    added = [code for code in wanted if code not in held]
    changed = [code for code in wanted if code in held and _as_row(held[code], codes=codes) != wanted[code]]
    units = held | {code: Unit(code=code) for code in added}
    for code in (*added, *changed):
        for name in COLUMNS:
            setattr(units[code], name, wanted[code][name])
        _check(units[code])
    if not dry_run and (added or changed):
        _save(units, added=added, changed=changed, wanted=wanted)
        happened = UnitsLoaded(case_id=STRUCTURE, subject_id="units", added=added, changed=changed)
        record(happened, actor=actor, at=at)
    touched = {*added, *changed}
    return StructureDiff(tuple(added), tuple(changed), tuple(code for code in wanted if code not in touched))


def _content(row: Mapping[str, str]) -> dict[str, str]:
    cell = {name: (value or "").strip() for name, value in row.items()}
    content = {name: cell.get(name, "") for name in COLUMNS if name != "area_id"}
    superiors = {name: cell.get(name, "") for name in ("superior_code", "second_superior_code")}
    return {**content, **superiors, "area_id": cell["area_code"]}


def _as_row(unit: Unit, *, codes: Mapping[int, str]) -> dict[str, str]:
    superiors = {
        "superior_code": codes.get(unit.superior_id or 0, ""),
        "second_superior_code": codes.get(unit.second_superior_id or 0, ""),
    }
    return {**{name: getattr(unit, name) for name in COLUMNS}, **superiors}


def _check_superiors(wanted: Mapping[str, Mapping[str, str]], *, known: Iterable[str]) -> None:
    fields = {
        f"{code}, {name}": [_("There is no such unit.")]
        for code, row in wanted.items()
        for name in ("superior_code", "second_superior_code")
        if row[name] and row[name] not in known
    }
    if fields:
        raise Unprocessable(_("The units have faults; nothing was loaded."), fields=fields)


def _check(unit: Unit) -> None:
    try:
        unit.clean_fields()
    except ValidationError as error:
        fields = {f"{unit.code}, {name}": messages for name, messages in error.message_dict.items()}
        raise Unprocessable(_("The units have faults; nothing was loaded."), fields=fields) from error


def _save(
    units: Mapping[str, Unit], *, added: list[str], changed: list[str], wanted: Mapping[str, Mapping[str, str]]
) -> None:
    # First the bodies, then who stands above them: any order of rows will do.
    Unit.objects.bulk_create([units[code] for code in added])
    for code in (*added, *changed):
        above, second = wanted[code]["superior_code"], wanted[code]["second_superior_code"]
        units[code].superior_id = units[above].pk if above else None
        units[code].second_superior_id = units[second].pk if second else None
    Unit.objects.bulk_update(
        [units[code] for code in (*added, *changed)], [*COLUMNS, "superior_id", "second_superior_id"]
    )
