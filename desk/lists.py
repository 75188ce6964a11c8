"""THE LISTS whose filters can be saved. Each is asked as its own page asks it: a count is what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.listing import Desk
from desk.narrowing import DeskFilter
from desk.queues import STAGE
from dispatch.models import WorkOrder
from dispatch.order_list import OrderFilter
from kernel import keyset
from kernel.actors import Actor
from kernel.forms import PlainForm
from petitions.forms.filters import PetitionFilter
from petitions.models import Petition

CAP = 1000
# Of an address but of no filter: which page of the list, and that nothing saved is wished for.
PASSING = frozenset({"cursor", "saved", "case", "place", "undo", "picked"})

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list with filters: its form says what may be asked, `rows` are those within the reader's own scope."""

    key: str
    label: str | Promise
    url_name: str
    form: Callable[[Query], PlainForm]
    rows: Callable[[Query, Actor, datetime], QuerySet[Any]]

    def unknown(self, query: Query) -> list[str]:
        """What the list cannot be asked: the names of unknown filters, and of those with a value it does not know."""
        form = self.form(query)
        return sorted({name for name in query if name not in form.fields} | set(form.errors))

    def count(self, query: Query, *, actor: Actor, at: datetime) -> tuple[int, bool]:
        """How many the reader has behind it, counted no further than 1,000; the second says that there are more."""
        return keyset.capped_count(self.rows(query, actor, at), cap=CAP)


class DeskList(ListSpec):
    """The dispatch desk: several queues as one list, each counted as far as the desk itself counts it."""

    def count(self, query: Query, *, actor: Actor, at: datetime) -> tuple[int, bool]:
        """How many wait on the reader's own desk under these filters."""
        desk = Desk(actor=actor, filters=DeskFilter(query), only=query.get("queue", ""), at=at)
        found = sum(count for queue, count in desk.counts() if desk.only in ("", queue.key))
        return min(found, CAP), found > CAP


def _waiting(query: Query, actor: Actor, at: datetime) -> QuerySet[Petition]:
    """The petitions among what waits on a desk."""
    return DeskFilter(query).narrow(Petition.objects.visible_to(actor).open(), due=STAGE, actor=actor, at=at)


def _petitions(query: Query, actor: Actor, at: datetime) -> QuerySet[Petition]:
    return PetitionFilter(query).narrow(Petition.objects.visible_to(actor), actor=actor, at=at)


def _orders(query: Query, actor: Actor, at: datetime) -> QuerySet[WorkOrder]:
    return OrderFilter(query).narrow(actor=actor, at=at, tab="hand")


LISTS = {
    one.key: one
    for one in (
        ListSpec(
            key="petitions", label=_("Petitions"), url_name="petitions:list", form=PetitionFilter, rows=_petitions
        ),
        DeskList(key="desk", label=_("Dispatch desk"), url_name="desk:desk", form=DeskFilter, rows=_waiting),
        ListSpec(key="orders", label=_("Work orders"), url_name="dispatch:orders", form=OrderFilter, rows=_orders),
    )
}
