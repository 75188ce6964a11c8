"""Half-open periods as PostgreSQL ranges: the end belongs to what follows, so that neighbours never overlap."""

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary
from django.db.models import Func


def instants(start: str, end: str) -> Func:
    """Tstzrange [start, end) over two columns; a null end is open."""
    return Func(start, end, RangeBoundary(), function="TSTZRANGE", output_field=DateTimeRangeField())


def days(start: str, end: str) -> Func:
    """Daterange [start, end) over two columns; a null end is open."""
    return Func(start, end, RangeBoundary(), function="DATERANGE", output_field=DateRangeField())
