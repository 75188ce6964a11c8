"""What waits on the desk: the queues of petitions and orders of a person as one list, by time to breach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value

from desk.narrowing import DeskFilter
from desk.queries.snoozed import snoozed_ids
from desk.queues import Queue, queues_of
from dispatch.models import WorkOrder
from kernel.actors import Actor
from kernel.errors import Invalid
from kernel.merging import Entry, Merged, Stream, merged
from petitions.models import Petition

PAGE = 40
# Nobody works a list of more from top to bottom; what is beyond is not counted.
COUNTED = 999
# What no row shows is not read for it either.
UNREAD = ("description", "salt", "rating_note")
WITH = {
    Petition: (("category", "lead_unit", "center"), UNREAD),
    WorkOrder: (
        ("unit", "petition", "petition__category", "petition__lead_unit", "petition__center"),
        tuple(f"petition__{name}" for name in UNREAD),
    ),
}


class Desk:
    """One person's desk under the filters of an address. `only` names one queue; anything else means all of them."""

    def __init__(self, *, actor: Actor, filters: DeskFilter, only: str, at: datetime) -> None:
        self.actor, self.filters, self.at = actor, filters, at
        self.queues = desk_queues(actor=actor)
        self.only = only if only in {one.key for one in self.queues} else ""

    @cached_property
    def aside(self) -> list[UUID]:
        """The cases that the person has put aside: few, and asked for once rather than in every queue."""
        return list(snoozed_ids(actor=self.actor).values_list("petition_id", flat=True))

    def counts(self) -> list[tuple[Queue, int]]:
        """How many wait in each queue under the filters, one statement for all; more than COUNTED are not counted."""
        asked = [
            self._rows(one).order_by().annotate(queue=Value(one.key, CharField())).values_list("queue")[: COUNTED + 1]
            for one in self.queues
        ]
        found = Counter(key for (key,) in asked[0].union(*asked[1:], all=True)) if asked else Counter()
        return [(one, found[one.key]) for one in self.queues]

    def rows(self) -> list[QuerySet[Any]]:
        """What waits in each of the chosen queues under the filters."""
        return [self._rows(one) for one in self._chosen()]

    def page(self, *, cursor: str = "", size: int = PAGE, waiting: list[tuple[Queue, int]] | None = None) -> Merged:
        """One page of what waits; `waiting` are counts that spare asking queues that are empty."""
        empty = {queue.key for queue, count in waiting or [] if not count}
        streams = [self._stream(one) for one in self._chosen() if one.key not in empty]
        return merged(streams, cursor=cursor, size=size)

    def after(self, *, place: str, but: Any) -> Entry | None:
        """What comes next after a place in the list, the first of all where nothing does; never the case `but`.

        It is asked once a deed is done: a place that is none of ours is as good as none.
        """
        for cursor in dict.fromkeys((place, "")):
            for entry in self._next(cursor):
                if petition_of(entry.row).pk != but:
                    return entry
        return None

    def _next(self, cursor: str) -> Sequence[Entry]:
        try:
            return self.page(cursor=cursor, size=2).rows
        except Invalid:
            return []

    def _chosen(self) -> list[Queue]:
        return [one for one in self.queues if self.only in ("", one.key)]

    def _stream(self, queue: Queue) -> Stream:
        joined, left_out = WITH[queue.of]
        rows = self._rows(queue).select_related(*joined).defer(*left_out)
        return Stream(key=queue.key, rows=rows, due=queue.due)

    def _rows(self, queue: Queue) -> QuerySet[Any]:
        """What waits in a queue under the filters, without what the person has put aside."""
        rows = self.filters.narrow(queue.rows(actor=self.actor), due=queue.due, actor=self.actor, at=self.at)
        case = "pk" if queue.of is Petition else "petition"
        return rows.exclude(**{f"{case}__in": self.aside}) if self.aside else rows


def desk_queues(*, actor: Actor) -> list[Queue]:
    """The queues of petitions and orders that a person of an office has."""
    return [one for one in queues_of(actor=actor) if one.of in WITH] if actor.unit_ids else []


def petition_of(row: Petition | WorkOrder) -> Petition:
    """The petition itself, or that of an order."""
    return row.petition if isinstance(row, WorkOrder) else row
