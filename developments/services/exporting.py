"""The development petitions of a list as a spreadsheet, and a note of who took it. Nothing of the petition is in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from developments.events import DevelopmentsExported
from developments.models import Development
from developments.querysets import DevelopmentQuerySet
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.exporting import Takeaway, first_rows

LIST = Takeaway(
    of="developments",
    event=DevelopmentsExported,
    widths=(20, 24, 20, 30, 24, 14, 10, 10, 8, 17, 17, 17, 17, 12, 8, 8, 17),
)


@deed
def export_developments(*, found: DevelopmentQuerySet, actor: Actor, at: datetime) -> IO[bytes]:
    """The first ten thousand rows of a list that is scoped and ordered already. Every cell is a text or a date."""
    return LIST.book(title=_("Development petitions"), headings=_headings(), rows=_rows(found), actor=actor, at=at)


def _headings() -> list[str]:
    return [
        _("Number"),
        _("Company"),
        _("Credit code"),
        _("Project"),
        _("Plan template"),
        _("State"),
        _("Green channel"),
        _("Accepted tolerantly"),
        _("Steps done"),
        _("Filed"),
        _("Accepted"),
        _("Promised end"),
        _("All steps done"),
        _("In time"),
        pgettext("rating", "Speed"),
        pgettext("rating", "Result"),
        _("Ended"),
    ]


def _rows(found: DevelopmentQuerySet) -> Iterator[list[Any]]:
    for one in first_rows(found.select_related("enterprise__unit", "template")):
        yield _row(one)


def _row(one: Development) -> list[Any]:
    return [
        one.number,
        str(one.enterprise),
        one.enterprise.credit_code,
        one.title,
        str(one.template),
        one.get_state_display(),
        _yes(one.green),
        _yes(one.tolerant),
        f"{one.steps_done}/{one.steps_total}" if one.steps_total else "",
        one.filed_at,
        one.accepted_at,
        one.due_at,
        one.finished_at,
        "" if one.finished_in_time is None else _yes(one.finished_in_time),
        str(one.speed or ""),
        str(one.quality or ""),
        one.ended_at,
    ]


def _yes(said: bool) -> str:
    return _("yes") if said else _("no")
