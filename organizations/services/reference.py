"""Reference data from files: the catalogue of matters, and the bodies of a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Unprocessable
from kernel.events import record
from kernel.permissions import require
from organizations.events import CATALOGUE, MattersLoaded
from organizations.models import Matter
from organizations.queries import may_anywhere

COLUMNS = ("code", "name", "domain", "petition_kind", "limit_value", "limit_unit", "basis")


@dataclass(frozen=True, slots=True)
class CatalogueDiff:
    """Codes of matters; `gone` are those that the file no longer names: they stay, for what refers to them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: tuple[str, ...]


@deed
def load_matters(
    rows: Iterable[Mapping[str, str]], *, actor: Actor, at: datetime, dry_run: bool = False
) -> CatalogueDiff:
    """Bring the catalogue in line with the rows; the same rows again change nothing.

    Raises NotAllowed, or Unprocessable that names the code and the column of each fault.
    """
    require(may_anywhere(actor, capability="reference.edit"))
    held = {matter.code: matter for matter in Matter.objects.select_for_update().order_by("code")}
    added: list[Matter] = []
    changed: list[Matter] = []
    named: list[str] = []
    for row in rows:
        wanted = _content(row)
        named.append(wanted["code"])
        matter = held.get(wanted["code"])
        if matter is None:
            added.append(_checked(Matter(**wanted)))
        elif any(getattr(matter, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(matter, name, value)
            changed.append(_checked(matter))
    diff = _diff(added=added, changed=changed, held=held, named=named)
    if not dry_run and (added or changed):
        Matter.objects.bulk_create(added)
        Matter.objects.bulk_update(changed, COLUMNS[1:])
        happened = MattersLoaded(
            case_id=CATALOGUE, subject_id="matters", added=list(diff.added), changed=list(diff.changed)
        )
        record(happened, actor=actor, at=at)
    return diff


def _content(row: Mapping[str, str]) -> dict[str, Any]:
    content: dict[str, Any] = {name: (row.get(name) or "").strip() for name in COLUMNS}
    limit = content["limit_value"]
    content["limit_value"] = Decimal(limit) if limit.replace(".", "", 1).isdecimal() else None
    return content


def _checked(matter: Matter) -> Matter:
    try:
        matter.clean_fields()
    except ValidationError as error:
        fields = {f"{matter.code}, {name}": messages for name, messages in error.message_dict.items()}
        raise Unprocessable(_("The catalogue has faults; nothing was loaded."), fields=fields) from error
    return matter


def _diff(*, added: list[Matter], changed: list[Matter], held: Mapping[str, Matter], named: list[str]) -> CatalogueDiff:
    touched = {matter.code for matter in (*added, *changed)}
    return CatalogueDiff(
        added=tuple(matter.code for matter in added),
        changed=tuple(matter.code for matter in changed),
        gone=tuple(sorted(set(held) - set(named))),
        unchanged=tuple(code for code in named if code not in touched),
    )
