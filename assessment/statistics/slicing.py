"""The cases of a stretch of time, in slices that several processes of PostgreSQL count side by side.

Where time is a direction of the table its parts are the slices: each is a range of the index, nothing is sorted into
parts row by row, and the planner sees how few groups there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import DateTimeField, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from assessment.statistics.asking import Question, narrowing
from assessment.statistics.dimensions import Dimension
from assessment.statistics.indicators import base
from assessment.statistics.windows import Window
from kernel.actors import Actor
from petitions.models import Petition

MOST_SLICES = 64
"""Of more parts, such as the days of a year, planning one by one costs more than it spares."""


def seen(*, actor: Actor, question: Question) -> QuerySet[Petition]:
    """The petitions that a question is about, among those that the actor sees."""
    found: QuerySet[Petition] = Petition.objects.visible_to(actor).filter(narrowing(question.filters)).order_by()
    return found


def directions(question: Question) -> list[Dimension]:
    """Rows, and columns where there are some."""
    return [question.rows] if question.columns is None else [question.rows, question.columns]


def keys_of(question: Question) -> list[str]:
    """The names of the columns that hold the keys of a cell: one for each direction."""
    return [f"d{place}" for place, _one in enumerate(directions(question))]


def slices(*, question: Question, window: Window, actor: Actor, dated: str) -> Iterator[QuerySet[Any]]:
    """The cases of a stretch by the keys of their cell, slice by slice; every case is in exactly one.

    A time is told as the number of its edge in the window, as width_bucket() counts.
    """
    found, keys = seen(actor=actor, question=question).filter(base(dated=dated)), keys_of(question)
    for since, until, bucket in _ranges(window):
        said = {
            name: one.key() if one.key is not None else _bucket(dated, window, bucket)
            for name, one in zip(keys, directions(question), strict=True)
        }
        inside = {f"{dated}__gte": since, f"{dated}__lt": until}
        yield found.filter(**inside).annotate(**said).values(*keys)


def _ranges(window: Window) -> list[tuple[datetime, datetime, int]]:
    """Slices with the number of their edge, 0 where time is no direction. What lies beside all parts counts too."""
    edges = window.edges
    if window.cut and len(edges) <= MOST_SLICES:
        return [(first, last, number) for number, (first, last) in enumerate(pairwise(edges), start=1)]
    return [(window.since, window.until, 0)]


def _bucket(dated: str, window: Window, bucket: int) -> Any:
    if bucket:
        return Cast(Value(bucket), IntegerField())
    edges = Value(window.edges, output_field=ArrayField(DateTimeField()))
    return Func(F(dated), edges, function="width_bucket", output_field=IntegerField())
