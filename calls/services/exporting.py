"""The calls of a list as a spreadsheet, and a note of who took it. Nothing of a petition is in it (F17)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from calls.events import CallsExported
from calls.models import Call
from calls.querysets import CallQuerySet
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.exporting import Takeaway, first_rows

LIST = Takeaway(of="calls", event=CallsExported, widths=(20, 12, 16, 20, 20, 40, 17, 17, 17, 12, 17, 12, 12, 8, 8, 17))


@deed
def export_calls(*, found: CallQuerySet, actor: Actor, at: datetime) -> IO[bytes]:
    """The first ten thousand rows of a list that is scoped and ordered already. Every cell is a text or a date."""
    return LIST.book(title=_("Calls"), headings=_headings(), rows=_rows(found), actor=actor, at=at)


def _headings() -> list[str]:
    return [
        _("Number"),
        _("Kind"),
        _("State"),
        _("Calling unit"),
        _("Lead"),
        pgettext("call", "What is asked"),
        _("Filed"),
        pgettext("call", "Called"),
        pgettext("time", "Answered"),
        _("Answered in time"),
        _("On site since"),
        _("On site in time"),
        _("Replied"),
        pgettext("rating", "Speed"),
        pgettext("rating", "Result"),
        _("Ended"),
    ]


def _rows(found: CallQuerySet) -> Iterator[list[Any]]:
    for one in first_rows(found.select_related("caller", "lead", "team")):
        yield _row(one)


def _row(one: Call) -> list[Any]:
    return [
        one.number,
        one.get_kind_display(),
        one.get_state_display(),
        str(one.caller),
        str(one.team or one.lead or ""),
        one.asked,
        one.filed_at,
        one.called_at,
        one.answered_at,
        _kept(one.answered_in_time),
        one.arrived_at,
        _kept(one.arrived_in_time),
        f"{one.parts_replied}/{one.parts_total}" if one.parts_total else "",
        str(one.speed or ""),
        str(one.quality or ""),
        one.ended_at,
    ]


def _kept(said: bool | None) -> str:
    return "" if said is None else _("yes") if said else _("no")
