"""Choosing a filing condition: those of one matter under its name."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import FilingCondition

Choice = tuple[str, str]


def condition_choices(*, first: int | None, at: datetime) -> list[tuple[str, str | list[Choice]]]:
    """Every condition in force, by matter; that of `first` before the others. One query."""
    rows = FilingCondition.objects.in_force(timezone.localtime(at).date()).select_related("matter")
    groups: dict[str, list[Choice]] = {}
    for row in sorted(rows, key=lambda row: (row.matter_id != first, row.matter.code, row.code)):
        limit = f"{row.limit_value.normalize():f} {row.get_limit_unit_display()}"
        groups.setdefault(f"{row.matter.code} {row.matter.name}", []).append((row.code, f"{row.text} ({limit})"))
    return [("", _("None")), *groups.items()]
