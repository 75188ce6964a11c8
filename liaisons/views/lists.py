"""THE TABLE of the board's lists: what each holds, in which order, and how its rows are put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from liaisons.choices import COLOURS
from liaisons.forms import BoardFilter
from liaisons.models import Assignment, Visit
from liaisons.queries.board import cells_of, communities_of, officials_at
from liaisons.queries.figures import Tally, in_month, seen_petitions, tallies
from liaisons.queries.rows import community_rows
from organizations.places import WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for what, on which day; the figures are those of a month."""

    actor: Actor
    form: BoardFilter
    today: date

    @property
    def month(self) -> date:
        """The first day of the month."""
        return self.form.first(today=self.today)

    def tallies(self, by: str) -> dict[Any, Tally]:
        """What the visits of the month came to, as far as the actor sees them."""
        return tallies(in_month(Visit.objects.visible_to(self.actor), first=self.month), by=by)


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: the list, its order by key, how rows are shown, and the part of the page that shows them."""

    label: str | Promise
    rows: Callable[[Asked], QuerySet[Any]]
    order: str
    shown: Callable[[Asked, Sequence[Any]], list[dict[str, Any]]]
    template: str


def _communities(asked: Asked) -> QuerySet[Any]:
    return asked.form.communities(communities_of(actor=asked.actor), on=asked.today)


def _shown_communities(asked: Asked, rows: Sequence[Any]) -> list[dict[str, Any]]:
    return community_rows(rows, actor=asked.actor, on=asked.today, month=asked.month)


def _cells(asked: Asked) -> QuerySet[Any]:
    return asked.form.cells(cells_of(actor=asked.actor), on=asked.today).select_related("village")


def _shown_cells(asked: Asked, rows: Sequence[Any]) -> list[dict[str, Any]]:
    codes = [one.code for one in rows]
    held = officials_at(places=[*codes, *(code[:WIDTH] for code in codes)], on=asked.today)
    figures = asked.tallies("place")
    return [
        {
            "code": one.code,
            "name": one.name,
            "township": one.village.name,
            "officials": held[one.code],
            "around": held[one.code[:WIDTH]],
            "tally": figures.get(one.code, Tally()),
        }
        for one in rows
    ]


def _officials(asked: Asked) -> QuerySet[Any]:
    return asked.form.officials(Assignment.objects.visible_to(asked.actor).in_force(asked.today))


def _shown_officials(asked: Asked, rows: Sequence[Any]) -> list[dict[str, Any]]:
    held: dict[int, list[Assignment]] = {one.pk: [] for one in rows}
    mine = Assignment.objects.visible_to(asked.actor).in_force(asked.today).filter(user_id__in=held)
    for one in mine.select_related("unit", "area", "cell").order_by("place"):
        held[one.user_id].append(one)
    figures = asked.tallies("user_id")
    return [{"user": one, "held": held[one.pk], "tally": figures.get(one.pk, Tally())} for one in rows]


def _visits(asked: Asked) -> QuerySet[Any]:
    visits = asked.form.visits(Visit.objects.visible_to(asked.actor), today=asked.today)
    return visits.select_related("user", "unit", "petition", "assignment__area")


def shown_visits(asked: Asked, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Visits with what became of what was passed on; the petition only for whoever may open it."""
    seen = seen_petitions(list(rows), actor=asked.actor)
    return [
        {
            "visit": one,
            "colour": COLOURS[one.outcome],
            "became": one.became,
            "became_colour": COLOURS[one.became] if one.became else "",
            "petition": one.petition if one.petition_id in seen else None,
        }
        for one in rows
    ]


LISTS: dict[str, Listed] = {
    "communities": Listed(_("Communities"), _communities, "code", _shown_communities, "liaisons/_communities.html"),
    "grids": Listed(_("Grids"), _cells, "code", _shown_cells, "liaisons/_grids.html"),
    "officials": Listed(_("Officials"), _officials, "username", _shown_officials, "liaisons/_officials.html"),
    "visits": Listed(_("Visits of officials"), _visits, "-visited_at", shown_visits, "liaisons/_visits.html"),
}
