"""The calendar table: seeded, published by version, cached, and never in the way when it is empty."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kernel import calendars
from kernel.calendar_notices import SEED, Day, publish, read_days
from kernel.errors import Invalid
from kernel.models import CalendarDay, CalendarVersion
from kernel.worktime import Limit, deadline
from tests.kernel.seeded_calendar import at, seeded

pytestmark = pytest.mark.django_db
NOW = at("2026-11-21 12:00")
NOTICE_2027 = Day(date(2027, 2, 4), "holiday", "春节", "a notice of 2027")


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    calendars.forget()
    yield
    calendars.forget()


def load(*arguments: str) -> str:
    out = io.StringIO()
    call_command("load_calendar", *arguments, stdout=out)
    return out.getvalue()


def seed_days() -> list[Day]:
    with SEED.open(encoding="utf-8", newline="") as lines:
        return read_days(lines=lines)


def test_the_seed_is_the_calendar_of_the_other_tests() -> None:
    load()
    assert calendars.current(at=NOW) == seeded()
    assert CalendarVersion.objects.get().announced_until == date(2026, 12, 31)


def test_loading_twice_makes_one_version() -> None:
    assert "Calendar version 1, announced until 2026-12-31." in load()
    assert "up to date" in load()
    assert CalendarVersion.objects.count() == 1


def test_a_dry_run_says_and_changes_nothing() -> None:
    said = load("--dry-run")
    assert "+ 2026-10-10 makeup 国庆节调休上班" in said
    assert "+ hours 08:30-12:00, 14:00-17:30" in said
    assert CalendarVersion.objects.count() == 0


def test_without_a_calendar_everything_is_provisional() -> None:
    result = deadline(start=NOW, limit=Limit(1, "workday"), calendar=calendars.current(at=NOW))
    assert (result.last_day, result.provisional, result.calendar_version) == (date(2026, 11, 23), True, 0)


def test_a_new_notice_is_a_new_version_and_is_seen_at_once() -> None:
    first = publish(days=seed_days(), at=NOW)
    assert first is not None
    start, limit = at("2026-12-31 09:00"), Limit(25, "workday")
    before = deadline(start=start, limit=limit, calendar=calendars.current(at=NOW))
    second = publish(days=[*seed_days(), NOTICE_2027], at=at("2026-11-22 09:00"), note="2027")
    assert second is not None
    after = deadline(start=start, limit=limit, calendar=calendars.current(at=at("2026-11-22 09:00")))
    assert (before.last_day, before.provisional, before.calendar_version) == (date(2027, 2, 9), True, 1)
    assert (after.last_day, after.provisional, after.calendar_version) == (date(2027, 2, 10), False, 2)
    assert (second.announced_until, first.days.count()) == (date(2027, 12, 31), 121)


def test_a_time_before_publication_has_the_version_of_that_time() -> None:
    publish(days=seed_days(), at=NOW)
    publish(days=[*seed_days(), NOTICE_2027], at=at("2026-11-22 09:00"))
    versions = [calendars.current(at=at(when)).version for when in ("2026-09-01", "2026-11-21 13:00", "2026-11-23")]
    assert versions == [1, 1, 2]


def test_new_hours_make_a_version_and_stay() -> None:
    load()
    assert "+ hours 08:00-12:00, 14:00-18:00" in load("--hours", "08:00-12:00,14:00-18:00")
    assert "up to date" in load()
    calendar = calendars.current(at=at("2030-01-01"))
    assert (calendar.version, calendar.spans) == (2, ((480, 720), (840, 1080)))


def test_a_calendar_in_use_costs_no_query() -> None:
    publish(days=seed_days(), at=NOW)
    with CaptureQueriesContext(connection) as first:
        calendars.current(at=NOW)
    with CaptureQueriesContext(connection) as again:
        calendars.current(at=NOW)
    assert (len(first), len(again)) == (3, 0)


def test_another_process_is_heard_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(days=seed_days(), at=NOW)
    clock = iter([100.0, 104.0, 106.0])
    # Of this module alone: other threads of the process ask for the time too.
    monkeypatch.setattr(calendars, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    calendars.current(at=NOW)
    CalendarVersion.objects.create(number=2, announced_until=NOW.date(), published_at=NOW, spans="09:00-17:00")
    assert [calendars.current(at=NOW).version for _ in range(2)] == [1, 2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("day,kind\n", "date,kind,name,notice"),
        ("date,kind,name,notice\n", "."),
        ("date,kind,name,notice\n2026-02-30,holiday,a,b\n", "2"),
        ("date,kind,name,notice\n2026-02-03,party,a,b\n", "party"),
        ("date,kind,name,notice\n2026-02-03,holiday,,b\n", "2"),
        ("date,kind,name,notice\n2026-02-03,holiday,a\n", "2"),
        ("date,kind,name,notice\n2026-02-03,holiday,a,b,c\n", "2"),
        ("date,kind,name,notice\n2026-02-03,holiday,a,b\n2026-02-03,makeup,a,b\n", "2026-02-03"),
        ('date,kind,name,notice\n2026-02-03,holiday,a,"b\n', "CSV"),
        ("date,kind,name,notice\n2026-02-03,holiday,a\x00,b\n", "2"),
    ],
)
def test_a_wrong_list_is_refused_and_changes_nothing(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        read_days(lines=io.StringIO(text))
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"list\.csv"):
        load(str(file))
    assert CalendarVersion.objects.count() == 0


def test_the_command_names_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"absent\.csv"):
        load(str(tmp_path / "absent.csv"))
    with pytest.raises(CommandError, match="hours"):
        load("--hours", "all day")


def test_the_tables_refuse_what_a_calendar_cannot_say() -> None:
    version = CalendarVersion.objects.create(
        number=1, announced_until=NOW.date(), published_at=NOW, spans="09:00-17:00"
    )
    day = {"version": version, "date": date(2026, 1, 1), "name": "a", "notice": "b"}
    CalendarDay.objects.create(kind="holiday", **day)
    for wrong in ({**day, "kind": "makeup"}, {**day, "date": date(2026, 1, 2), "kind": "party"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarDay.objects.create(**wrong)
    for number, spans in ((1, "09:00-17:00"), (0, "09:00-17:00"), (2, "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarVersion.objects.create(number=number, announced_until=NOW.date(), published_at=NOW, spans=spans)
