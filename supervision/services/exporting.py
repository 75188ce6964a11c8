"""The register as a spreadsheet, and a note of who took it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import NotAllowed
from kernel.exporting import Takeaway, first_rows
from supervision.events import RegisterExported
from supervision.models import SupervisionOrder
from supervision.querysets import OrderQuerySet

LIST = Takeaway(
    of="supervision", event=RegisterExported, widths=(22, 16, 12, 20, 22, 22, 22, 17, 17, 17, 17, 10, 17, 40)
)


@deed
def export_register(*, orders: OrderQuerySet, actor: Actor, at: datetime) -> IO[bytes]:
    """The first ten thousand rows of a list that is scoped and ordered already. Every cell is a text or a date, so
    that no content is taken for a formula; nobody's name and nothing of a reporter is in it.
    """
    if not (actor.holds("supervision.order") or actor.holds("supervision.answer")):
        raise NotAllowed(_("Your role does not include this."))
    return LIST.book(title=_("Supervision orders"), headings=_headings(), rows=_rows(orders), actor=actor, at=at)


def _headings() -> list[str]:
    return [
        _("Number"),
        _("State"),
        _("Level"),
        _("Reason"),
        _("Unit"),
        _("Issued by"),
        _("Petition"),
        _("Issued"),
        _("Received"),
        _("Answer until"),
        pgettext("time", "Answered"),
        _("Answered in time"),
        _("Ended"),
        _("Text"),
    ]


def _rows(orders: OrderQuerySet) -> Iterator[list[Any]]:
    found = orders.select_related("unit", "issuer", "petition").prefetch_related("answers")
    for one in first_rows(found):
        yield _row(one)


def _row(one: SupervisionOrder) -> list[Any]:
    answers = sorted(one.answers.all(), key=lambda answer: answer.number)
    last = answers[-1] if answers else None
    kept = {True: _("yes"), False: _("no")}.get(last.on_time, "") if last else ""
    return [
        one.number or _("not issued"),
        one.get_state_display(),
        one.get_level_display(),
        one.get_reason_display(),
        str(one.unit),
        str(one.issuer),
        one.petition.number,
        one.issued_at,
        one.received_at,
        one.answer_due_at,
        last.answered_at if last else None,
        kept,
        one.ended_at,
        one.content,
    ]
