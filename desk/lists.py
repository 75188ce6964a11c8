"""THE LISTS whose filters can be saved. Each is asked as its own page asks it: a count is what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.listing import Desk
from desk.narrowing import CHANGED, DeskFilter
from desk.queries.snoozed import snoozed_ids
from desk.queries.unread import changed_ids
from dispatch.order_list import OrderFilter
from kernel import keyset
from kernel.actors import Actor
from kernel.forms import PlainForm, read_choices_once
from petitions.forms.filters import PetitionFilter
from petitions.models import Petition
from petitions.searching import places_in

CAP = 999
WORDS = "q"
# Of an address but of no filter: which page of the list, and that nothing saved is wished for.
PASSING = frozenset({"cursor", "saved", "case", "place", "undo", "picked"})

Query = Mapping[str, str]


class Reader:
    """Who asks for several lists, and when; what of this person several of them need is asked for once."""

    def __init__(self, *, actor: Actor, at: datetime) -> None:
        self.actor, self.at = actor, at

    @cached_property
    def aside(self) -> list[UUID]:
        """The cases that the person has put aside."""
        return list(snoozed_ids(actor=self.actor).values_list("petition_id", flat=True))

    @cached_property
    def changed(self) -> list[UUID]:
        """The cases that others changed since the person opened them."""
        return changed_ids(actor=self.actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list with filters: its form says what may be asked, `rows` are those within the reader's own scope.

    The rows of a list may lie in several tables, none of them in two.
    """

    key: str
    label: str | Promise
    url_name: str
    form: Callable[[Query], PlainForm]
    rows: Callable[[Any, Reader], list[QuerySet[Any]]]

    def unknown(self, query: Query) -> list[str]:
        """What the list cannot be asked: the names of unknown filters, and of those with a value it does not know."""
        return self.not_in(self.form(query), query)

    def not_in(self, form: PlainForm, query: Query) -> list[str]:
        """The same of a form that the query was read into."""
        return sorted({name for name in query if name not in form.fields} | set(form.errors))

    def read(self, queries: Sequence[Query]) -> list[PlainForm]:
        """The forms of several queries; what they can be chosen from, and what places are called so, is read once."""
        forms = [self.form(one) for one in queries]
        read_choices_once(forms)
        words = [one[WORDS] for one in queries if one.get(WORDS)]
        if words and WORDS in self.form({}).fields:
            places = places_in(texts=words)
            for form in forms:
                form.places = places  # type: ignore[attr-defined]
        return forms

    def counts(self, forms: Sequence[PlainForm], *, actor: Actor, at: datetime) -> list[tuple[int, bool]]:
        """How many the reader has behind each, counted no further than 999; the second says that there are more.

        One statement for all of them.
        """
        reader = Reader(actor=actor, at=at)
        return keyset.capped_counts([self.rows(one, reader) for one in forms], cap=CAP)


def _on_desk(form: DeskFilter, reader: Reader) -> list[QuerySet[Any]]:
    """What waits on the reader's own desk, queue by queue."""
    if form.is_valid() and form.cleaned_data["mark"] == CHANGED:
        form.changed = reader.changed
    desk = Desk(actor=reader.actor, filters=form, only=form.data.get("queue", ""), at=reader.at)
    desk.aside = reader.aside
    return desk.rows()


def _petitions(form: PetitionFilter, reader: Reader) -> list[QuerySet[Any]]:
    return [form.narrow(Petition.objects.visible_to(reader.actor), actor=reader.actor, at=reader.at)]


def _orders(form: OrderFilter, reader: Reader) -> list[QuerySet[Any]]:
    return [form.narrow(actor=reader.actor, at=reader.at, tab="hand")]


LISTS = {
    one.key: one
    for one in (
        ListSpec(
            key="petitions", label=_("Petitions"), url_name="petitions:list", form=PetitionFilter, rows=_petitions
        ),
        ListSpec(key="desk", label=_("Dispatch desk"), url_name="desk:desk", form=DeskFilter, rows=_on_desk),
        ListSpec(key="orders", label=_("Work orders"), url_name="dispatch:orders", form=OrderFilter, rows=_orders),
    )
}
