"""Findings to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from grids.events import FindingsExported
from grids.models import Finding
from grids.queries.findings import in_words
from grids.querysets import FindingQuerySet
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.exporting import Takeaway, first_rows

TAKEAWAY = Takeaway(of="findings", event=FindingsExported, widths=(26, 20, 30, 40, 14, 20, 20, 14, 40))


@deed
def export_findings(*, rows: FindingQuerySet, actor: Actor, at: datetime) -> IO[bytes]:
    """The first ten thousand of findings that are scoped and narrowed already."""
    headings = [
        _("Kind"), _("Code"), _("Place"), _("What exactly"), _("State"), _("First seen"), _("Unit"), _("Put right by"),
        _("Why it is accepted"),
    ]  # fmt: skip
    listed = rows.select_related("unit").order_by("first_seen_at", "pk")
    cells = (_row(one) for one in first_rows(listed))
    return TAKEAWAY.book(title=_("Findings of the audit"), headings=headings, rows=cells, actor=actor, at=at)


def _row(one: Finding) -> Sequence[Any]:
    return (
        str(one.get_kind_display()), one.place, one.name, in_words(one), str(one.get_state_display()),
        one.first_seen_at, str(one.unit or ""), one.due_on.isoformat() if one.due_on else "", one.reason,
    )  # fmt: skip
