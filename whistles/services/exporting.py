"""A list of whistles as a spreadsheet, and a note of who took it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import NotAllowed
from kernel.exporting import Takeaway, first_rows
from whistles.events import WhistlesExported
from whistles.models import Whistle
from whistles.querysets import VIEW, WhistleQuerySet

LIST = Takeaway(
    of="whistles", event=WhistlesExported, widths=(22, 14, 14, 14, 40, 24, 17, 20, 20, 10, 10, 10, 10, 10, 17, 17)
)


@deed
def export_whistles(*, whistles: WhistleQuerySet, actor: Actor, at: datetime) -> IO[bytes]:
    """The first ten thousand rows of a list that is scoped and ordered already; nobody's name is in it."""
    if not actor.holds(VIEW):
        raise NotAllowed(_("Your role does not include this."))
    return LIST.book(title=_("Whistles"), headings=_headings(), rows=_rows(whistles), actor=actor, at=at)


def _headings() -> list[str]:
    return [
        _("Number"),
        _("State"),
        _("Kind"),
        _("Form"),
        _("Matter"),
        _("Where to meet"),
        _("Time to meet"),
        _("Asked for by"),
        _("Issued by"),
        _("Called"),
        _("Came"),
        _("Absent"),
        _("Tasks"),
        _("Tasks done"),
        _("Opened"),
        _("Ended"),
    ]


def _rows(whistles: WhistleQuerySet) -> Iterator[list[Any]]:
    found = whistles.counted().select_related("asker", "issuer")
    for one in first_rows(found):
        yield _row(one)


def _row(one: Whistle) -> list[Any]:
    counts: Any = one
    return [
        one.number or _("not issued"),
        one.get_state_display(),
        one.get_kind_display(),
        one.get_form_display(),
        one.matter,
        one.where,
        one.meets_at,
        str(one.asker),
        str(one.issuer or ""),
        str(counts.called),
        str(counts.came),
        str(counts.absent),
        str(counts.tasks_given),
        str(counts.tasks_done),
        one.opened_at,
        one.ended_at,
    ]
