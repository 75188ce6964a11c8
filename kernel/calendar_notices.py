"""Publishing a calendar: a reviewed list of days becomes a new version, if it says anything new."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kernel import calendars
from kernel.choices import CalendarDayKind
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.models import CalendarDay, CalendarVersion, Reprojection
from kernel.worktime import DEFAULT_SPANS, Span, WorkCalendar, write_spans

SEED = Path(__file__).parent / "data" / "calendar.csv"
COLUMNS = ("date", "kind", "name", "notice")
_PUBLISHING = 0x63616C  # The key of the advisory lock: one publication at a time, even of the very first version.


@dataclass(frozen=True, order=True, slots=True)
class Day:
    """One line of the list; `notice` is the published text that says so."""

    date: date
    kind: str
    name: str
    notice: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list says other than the latest version. A changed day is both removed and added."""

    added: tuple[Day, ...]
    removed: tuple[Day, ...]
    hours: str
    """The new hours, or "" if they stay."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.hours)


def read_days(*, lines: Iterable[str]) -> list[Day]:
    """Read the list as CSV with a header. Raises Invalid naming every line that is wrong."""
    rows = csv.DictReader(lines, strict=True)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        said = _("The first line must be: %(columns)s") % {"columns": ",".join(COLUMNS)}
        raise Invalid(said, fields={"days": [said]})
    days: dict[date, Day] = {}
    wrong: list[str] = []
    try:
        for row in rows:
            try:
                day = _read_day(row)
            except ValueError as error:
                wrong.append(_("Line %(line)d: %(reason)s") % {"line": rows.line_num, "reason": error})
                continue
            if day.date in days:
                wrong.append(_("Line %(line)d: %(date)s is there twice") % {"line": rows.line_num, "date": day.date})
            days[day.date] = day
    except csv.Error:
        wrong.append(_("Line %(line)d: %(reason)s") % {"line": rows.line_num, "reason": _("this is not CSV")})
    if not any(day.kind != CalendarDayKind.STATUTORY for day in days.values()):
        wrong.append(_("The list has no day from a published notice."))
    if wrong:
        raise Invalid("\n".join(wrong), code="calendar", fields={"days": [*wrong]})
    return sorted(days.values())


def days_of(*, version: CalendarVersion | None) -> list[Day]:
    """The days of a version, in order; none for no version."""
    if version is None:
        return []
    return [Day(*row) for row in CalendarDay.objects.filter(version=version).order_by("date").values_list(*COLUMNS)]


def latest() -> CalendarVersion | None:
    """The version with the highest number."""
    return CalendarVersion.objects.order_by("-number").first()


def compare(*, days: Sequence[Day], spans: Sequence[Span] | None = None) -> Difference:
    """What the list and the hours would change. No hours means those of the latest version."""
    before = latest()
    old, new = set(days_of(version=before)), set(days)
    hours = (
        write_spans(spans=spans) if spans is not None else before.spans if before else write_spans(spans=DEFAULT_SPANS)
    )
    return Difference(
        added=tuple(sorted(new - old)),
        removed=tuple(sorted(old - new)),
        hours="" if before is not None and before.spans == hours else hours,
    )


def tried_calendar(*, lines: Iterable[str], at: datetime) -> WorkCalendar:
    """The calendar that these days would make, with the hours in force; nothing is published. Raises Invalid.

    It carries the number of the version in force: to be tried on past cases, never to be stored with a deadline.
    """
    days = read_days(lines=lines)
    in_force = calendars.current(at=at)
    noticed = [day.date for day in days if day.kind != CalendarDayKind.STATUTORY]
    return WorkCalendar(
        version=in_force.version,
        announced_until=date(max(day.year for day in noticed), 12, 31),
        announced_years=frozenset(day.year for day in noticed),
        holidays=frozenset(day.date for day in days if day.kind != CalendarDayKind.MAKEUP),
        makeups=frozenset(day.date for day in days if day.kind == CalendarDayKind.MAKEUP),
        spans=in_force.spans,
    )


@deed
def publish(
    *, days: Sequence[Day], at: datetime, spans: Sequence[Span] | None = None, note: str = ""
) -> CalendarVersion | None:
    """Make a new version if the list or the hours differ from the latest one; None if they do not.

    It is announced until the end of the last year of which a notice gives days. What is computed from now on names the
    new version; open deadlines are laid anew behind it, step by step (kernel/projecting.py).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PUBLISHING])
    difference = compare(days=days, spans=spans)
    if not difference:
        return None
    before = latest()
    announced = max(day.date.year for day in days if day.kind != CalendarDayKind.STATUTORY)
    version = CalendarVersion.objects.create(
        number=before.number + 1 if before else 1,
        announced_until=date(announced, 12, 31),
        published_at=at,
        spans=difference.hours or (before.spans if before else ""),
        note=note,
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, date=day.date, kind=day.kind, name=day.name, notice=day.notice) for day in days
    )
    if before is not None:
        Reprojection.objects.create(calendar_version=version.number, started_at=at)
    calendars.forget()
    # Again when others can see the version: until then this process may have looked and found the old one.
    transaction.on_commit(calendars.forget)
    return version


def _read_day(row: dict[str, str | None]) -> Day:
    given = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if None in row or any(row[column] is None for column in COLUMNS):
        raise ValueError(_("wrong number of columns"))
    if given["kind"] not in CalendarDayKind.values:
        raise ValueError(_("unknown kind of day: %(kind)s") % {"kind": given["kind"]})
    if not given["name"] or not given["notice"]:
        raise ValueError(_("a day needs a name and a source"))
    if len(given["name"]) > 40 or len(given["notice"]) > 200:
        raise ValueError(_("the name or the source is too long"))
    if not (given["name"] + given["notice"]).isprintable():
        raise ValueError(_("the name or the source has a character that cannot be shown"))
    try:
        day = date.fromisoformat(given["date"])
    except ValueError as error:
        raise ValueError(_("not a date: %(date)s") % {"date": given["date"]}) from error
    return Day(day, given["kind"], given["name"], given["notice"])
