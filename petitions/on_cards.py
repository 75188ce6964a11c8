"""What is open in a grid, for its card: counted within the scope of whoever reads, each figure leads to its list."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grids.queries.cards import OpenItems
from grids.queries.reshaping import Point
from kernel.actors import Actor
from petitions.models import Petition


def open_petitions(actor: Actor, code: str, at: datetime) -> list[OpenItems]:
    """Open and overdue petitions of the grid; nothing for those who may see none at all. One query."""
    if not actor.holds("petition.accept") and not actor.territories and not actor.unit_ids:
        return []
    rows = Petition.objects.visible_to(actor).open().filter(cell_code=code).order_by()
    counted = rows.aggregate(n=Count("pk"), late=Count("pk", filter=Q(stage_due_at__lt=at)))
    late, fine = counted["late"], counted["n"] - counted["late"]
    return [
        OpenItems("red", _("overdue"), late, _list(code, overdue="on")),
        OpenItems("green", _("open and in time"), fine, _list(code)),
    ]


def points_of_open(code: str) -> list[Point]:
    """Where the open petitions of a grid lie, for whoever is about to split it: points and nothing else. One query."""
    found = Petition.objects.open().filter(cell_code=code).values_list("lng", "lat")
    return [None if lng is None or lat is None else (lng, lat) for lng, lat in found]


def _list(code: str, **more: str) -> str:
    return f"{reverse('petitions:list')}?{urlencode({'state': 'open', 'cell': code, **more})}"
