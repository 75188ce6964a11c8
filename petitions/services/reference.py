"""Categories and reasons for declining, brought in line with their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kernel.deeds import deed
from kernel.errors import Unprocessable
from organizations.models import Matter
from petitions.models import Category, DeclineReason

Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """Codes of rows; `gone` are those that the file no longer names: they stay, out of use, for what refers to them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int


@deed
def load_categories(*, rows: Rows, dry_run: bool = False) -> TableDiff:
    """Bring the categories in line with rows of code, name, parent_code, matter_code, kind, urgency and keywords.

    Raises Unprocessable naming the code and the column of each fault; then nothing is loaded.
    """
    matters = dict(Matter.objects.values_list("code", "id"))
    wanted, unknown = {}, {}
    for row in rows:
        code, matter = row["code"].strip(), row["matter_code"].strip()
        if matter and matter not in matters:
            unknown[f"{code}, matter_code"] = [_("There is no such matter.")]
        wanted[code] = {
            "name": row["name"].strip(),
            "level": len(code) // 2,
            "parent_id": row["parent_code"].strip() or None,
            "matter_id": matters.get(matter),
            "kind": row["kind"].strip(),
            "urgency": row["urgency"].strip(),
            "keywords": row["keywords"].strip(),
        }
    if unknown:
        raise Unprocessable(_("The table has faults; nothing was loaded."), fields=unknown)
    return bring_in_line(model=Category, wanted=wanted, dry_run=dry_run)


@deed
def load_decline_reasons(*, rows: Rows, dry_run: bool = False) -> TableDiff:
    """Bring the reasons for declining in line with rows of code, name, channel and basis. Raises Unprocessable."""
    wanted = {row["code"]: {name: row[name].strip() for name in ("name", "channel", "basis")} for row in rows}
    return bring_in_line(model=DeclineReason, wanted=wanted, dry_run=dry_run)


def bring_in_line(*, model: type[models.Model], wanted: Mapping[str, Mapping[str, Any]], dry_run: bool) -> TableDiff:
    """Add, change and take out of use rows of a small table with `code` as its key and an `active` column."""
    held: dict[Any, Any] = model._default_manager.in_bulk()
    said = {code: {**content, "active": True} for code, content in wanted.items()}
    added = [_checked(model(code=code, **content)) for code, content in said.items() if code not in held]
    changed = [
        _checked(_filled(held[code], content))
        for code, content in said.items()
        if code in held and any(getattr(held[code], name) != value for name, value in content.items())
    ]
    gone = [_filled(held[code], {"active": False}) for code in sorted(held.keys() - said.keys()) if held[code].active]
    if not dry_run:
        # Rows are written in the order of the file, in which a parent stands before what is below it.
        model._default_manager.bulk_create(added)
        if changed or gone:
            columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
            model._default_manager.bulk_update([*changed, *gone], columns)
    return TableDiff(
        added=tuple(row.pk for row in added),
        changed=tuple(row.pk for row in changed),
        gone=tuple(row.pk for row in gone),
        unchanged=len(wanted) - len(added) - len(changed),
    )


def _filled(row: Any, content: Mapping[str, Any]) -> Any:
    for name, value in content.items():
        setattr(row, name, value)
    return row


def _checked(row: models.Model) -> models.Model:
    try:
        row.clean_fields(exclude=["parent", "matter"])
    except ValidationError as error:
        fields = {f"{row.pk}, {name}": messages for name, messages in error.message_dict.items()}
        raise Unprocessable(_("The table has faults; nothing was loaded."), fields=fields) from error
    return row
