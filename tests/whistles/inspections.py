"""Inspections for tests: called, held, written down; their sheet and pages."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from kernel.periods import QUARTER, period_of
from tests.whistles import steps
from tests.whistles.steps import TUESDAY
from tests.world import MONDAY
from whistles.quarters import findings_by_unit
from whistles.services import gathering
from whistles.services.recording import Order

THREE = ("urban", "water", "west_town")
NOTHING = {"in_time": 0, "too_late": 0, "still_open": 0, "open_late": 0, "again": 0}


def called(world, *, on=MONDAY, by="director", units=THREE, **changes):
    """An inspection in the east."""
    return steps.issued(world, by=by, on=on, units=units, form="inspection", kind="key_work", **changes)


def finding(world, unit="urban", **changes):
    said = {"what": "清理消防通道", "unit": world.units[unit].pk, "limit_value": 2, "limit_unit": "workday"}
    return Order(**{**said, "found": "消防通道堆放杂物", "where": "农贸市场东门", **changes})


def inspected(world, *given, on=MONDAY, meets_at=TUESDAY, **changes):
    """An inspection that has met and is written down, with its findings."""
    whistle = called(world, on=on, meets_at=meets_at, **changes)
    gathering.gather(whistle_ids=[whistle.pk], at=meets_at + timedelta(minutes=15))
    steps.minuted(world, whistle, *given, on=meets_at + timedelta(minutes=30), by=changes.get("by", "director"))
    return whistle


def sheet(world, name="director", *, day=None):
    """What somebody sees of the quarter of a day, by the name of the unit."""
    rows = findings_by_unit(actor=world.actor(name), quarter=period_of(day=day or TUESDAY.date(), months=QUARTER))
    return {row["name"]: {key: row[key] for key in row if key not in ("name", "unit")} for row in rows}


def browser(world, name, language="zh-hans"):
    client = Client(headers={"accept-language": language})
    client.force_login(world.users[name])
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(f"whistles:{name}", args=args), query)
    assert answer.status_code == 200, answer.content[:800]
    return answer.content.decode()
