"""Statistics: every number equals a plain count of a random small world, and its list."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from math import ceil

import pytest
from django.db import connection

from assessment.statistics import asking, counting, drilling, tables
from assessment.statistics.counting import TOTAL
from assessment.statistics.drilling import COUNTED, HITS, drill_of
from assessment.statistics.indicators import TABLE
from assessment.statistics.tables import everything, table_of
from assessment.statistics.windows import windows
from dispatch.models import FirstUnit, WorkOrder
from kernel.actors import SYSTEM
from kernel.calendars import current
from kernel.errors import Invalid
from kernel.worktime import working_minutes
from petitions.choices import OPEN_STATES, Channel, Satisfaction, State, Urgency
from petitions.models import Petition
from tests.api.cases import file_case
from tests.world import EAST, EAST_OTHER, EAST_VILLAGE, WEST_VILLAGE, at

NOW = at("2026-11-18 11:30")
MOMENT = timedelta(minutes=1)
CLOSED = (State.CLOSED, State.ARCHIVED)
EDGES = ("2026-11-01 00:00", "2026-10-01 00:00", "2026-01-01 00:00")


@pytest.fixture
def cases(world):
    """A hundred and twenty cases of two years in any state, written as rows: statistics read rows and nothing else."""
    chance, pattern = random.Random(370404), file_case(world).petition
    reason = "litigation"
    rows, units = [], [world.units[name].pk for name in ("urban", "water", "east_village")]
    for number in range(120):
        row = Petition.objects.get(pk=pattern.pk)
        row.pk = f"00000000-0000-4000-8000-{number:012d}"
        row.number, row.tracking_code = f"T{number:06d}", f"T{number:06d}"
        row.state = chance.choice(State.values)
        row.channel, row.urgency = chance.choice(Channel.values[:3]), chance.choice(Urgency.values)
        row.category_id = chance.choice([None, "01", "010101", "010102", "010103"])
        place = chance.choice([EAST_VILLAGE, EAST_OTHER, WEST_VILLAGE, EAST, ""])
        row.county_code, row.township_code = place[:6], place[:9]
        row.village_code = "" if place == EAST else place
        row.cell_code = f"{place}001" if place == EAST_VILLAGE else ""
        row.filed_at = NOW - chance.choice([1, 9, 40, 90, 400]) * chance.random() * timedelta(days=1)
        if number % 12 == 0:  # at the very instant at which one month ends and the next begins
            row.filed_at = at(EDGES[number // 12 % 3])
        after = lambda since, days: since + MOMENT * chance.randrange(0, days * 1440)  # noqa: E731
        row.accepted_at = after(row.filed_at, 1) if row.state not in ("filed", "waiting", "declined") else None
        had = row.accepted_at and row.state not in ("accepted", "planned", "joined")
        row.dispatched_at = after(row.accepted_at, 2) if had else None
        row.lead_unit_id = chance.choice(units) if had else None
        row.involved = [one for one in (row.center_id, row.lead_unit_id) if one]
        over = row.state in (*CLOSED, State.DECLINED, State.WITHDRAWN)
        row.closed_at = after(row.dispatched_at or row.accepted_at or row.filed_at, 20) if over else None
        row.stage_due_at = NOW + timedelta(hours=chance.randrange(-50, 50))
        row.on_time, row.resolved = chance.choice([None, True, False]), chance.choice([None, True, False])
        row.satisfaction = chance.choice(["", *Satisfaction.values])
        row.round = chance.choice([1, 1, 1, 2])
        row.joined_to_id = pattern.pk if row.state == State.JOINED else None
        row.decline_reason_id = reason if row.state == State.DECLINED else None
        rows.append(row)
    Petition.objects.bulk_create(rows)
    _orders([row for row in rows if row.dispatched_at], chance, units)
    return rows


def _orders(rows, chance, units) -> None:
    orders, first = [], []
    for number, row in enumerate(rows):
        said = {
            "petition": row,
            "urgency": row.urgency,
            "place": row.place,
            "unit_id": row.lead_unit_id,
            "reason": "by_list",
        }
        said |= {"limit_value": 5, "limit_unit": "workday", "counted_value": 5, "counted_unit": "workday"}
        said |= dict.fromkeys(
            ("assigned_at", "sign_due_at", "half_at", "yellow_at", "handle_due_at", "counted_from", "changed_at"), NOW
        )
        state, reworks = chance.choice(["cancelled", "returned", "closed"]), chance.choice([0, 0, 1])
        pk = f"00000000-0000-4000-9000-{number:012d}"
        orders.append(WorkOrder(pk=pk, state=state, reworks=reworks, round=1, **said))
        last = chance.choice([row.lead_unit_id, *units])
        first.append(
            FirstUnit(petition=row, reason="by_list", first_unit_id=row.lead_unit_id, last_unit_id=last, first_at=NOW)
        )
    WorkOrder.objects.bulk_create(orders)
    FirstUnit.objects.bulk_create(first)


def naive(code, row, orders, elsewhere):
    """None where the case does not count, else whether it is in the numerator, or its minutes for a percentile."""
    ended, opened = row.state in CLOSED, row.state in OPEN_STATES
    returned = ("returned", row.pk) in orders
    reworked = row.round == 2 or ("reworked", row.pk) in orders
    plain = {
        "filed": True,
        "accepted": True,
        "closed": True if ended else None,
        "open": True if opened else None,
        "overdue": row.stage_due_at < NOW if opened else None,
        "on_time": row.on_time if ended else None,
        "satisfaction": row.satisfaction in ("satisfied", "basically") if ended and row.satisfaction else None,
        "resolved": row.resolved if ended else None,
        "returned": returned,
        "reworked": reworked if ended else None,
        "first_unit": row.pk not in elsewhere,
        "declined": row.state == State.DECLINED,
        "joined": row.joined_to_id is not None,
    }
    if code in plain:
        return plain[code]
    pair = {
        "accept": (row.filed_at, row.accepted_at),
        "dispatch": (row.accepted_at, row.dispatched_at),
        "handling": (row.accepted_at, row.closed_at if ended else None),
    }[code.partition("_")[0]]
    if None in pair:
        return None
    if "_work_" in code:
        minutes = working_minutes(start=pair[0], end=pair[1], calendar=current(at=NOW))
    else:
        minutes = int((pair[1] - pair[0]) / MOMENT)
    return minutes if minutes < 1440 else minutes - minutes % 15


KEYS = {
    "township": lambda row: row.township_code,
    "village": lambda row: row.village_code,
    "unit": lambda row: str(row.lead_unit_id or row.center_id),
    "category1": lambda row: (row.category_id or "")[:2],
    "category2": lambda row: (row.category_id or "")[:4],
    "channel": lambda row: row.channel,
    "urgency": lambda row: row.urgency,
}


@pytest.mark.parametrize(
    ("by", "across", "filters"),
    [
        ("township", "", {}),
        ("village", "urgency", {}),
        ("unit", "category1", {"area": EAST[:9]}),
        ("category2", "channel", {"urgency": "urgent"}),
    ],
)
def test_every_figure_of_a_random_world_is_a_plain_count(world, cases, by, across, filters):
    orders = {(one.state, one.petition_id) for one in WorkOrder.objects.all()}
    orders |= {("reworked", one.petition_id) for one in WorkOrder.objects.filter(reworks__gt=0)}
    elsewhere = {one.pk for one in FirstUnit.objects.all() if one.first_unit_id != one.last_unit_id}
    rows = list(Petition.objects.all())
    for indicator in TABLE:
        said = {"of": indicator.code, "by": by, "across": across, "period": "year", "on": "2026-03-01", **filters}
        table = table_of(question=asking.read(said=said, at=NOW), actor=SYSTEM, at=NOW)
        window = table.windows[0]
        counted, hits, minutes = Counter(), Counter(), {}
        for row in rows:
            moment = getattr(row, indicator.dated)
            fits = all(
                row.township_code == value if name == "area" else getattr(row, name) == value
                for name, value in filters.items()
            )
            found = naive(indicator.code, row, orders, elsewhere)
            if moment is None or not window.since <= moment < window.until or not fits or found is None:
                continue
            first, second = KEYS[by](row), KEYS[across](row) if across else TOTAL
            for key in {(first, second), (first, TOTAL), (TOTAL, second), (TOTAL, TOTAL)}:
                counted[key] += 1
                hits[key] += bool(found) or indicator.is_percentile
                minutes.setdefault(key, []).append(found)
        for cell in everything(table):
            key = (cell.row, cell.column)
            assert (cell.number.hits, cell.number.counted) == (hits[key], counted[key]), (indicator.code, key)
            if indicator.is_percentile:
                ordered = sorted(minutes.get(key, []))
                place = ceil(Decimal(str(indicator.share)) * len(ordered))
                assert cell.number.minutes == (ordered[place - 1] if ordered else None), (indicator.code, key)
        shown = {cell.row for cell in everything(table) if cell.number.counted}
        assert shown == {row for (row, column), number in counted.items() if number}


@pytest.mark.parametrize("who", ["director", "east_officer", "urban_handler"])
def test_every_number_is_the_length_of_its_list_for_whoever_looks(world, cases, who):
    actor = world.actor(who, on=NOW)
    questions = [
        {"of": "filed,overdue,closed,on_time,returned,first_unit", "by": "month", "period": "year", "against": "both"},
        {"of": "satisfaction", "by": "unit", "across": "month", "period": "year", "against": "year"},
        {"of": "handling_p90", "by": "category1", "across": "channel", "period": "quarter", "against": "before"},
        {
            "of": "accepted",
            "by": "week",
            "across": "township",
            "period": "range",
            "since": "2026-09-03",
            "until": "2026-11-18",
        },
    ]
    for said in questions:
        question = asking.read(said=said, at=NOW)
        table = table_of(question=question, actor=actor, at=NOW, most_columns=99)
        seen = Petition.objects.visible_to(actor)
        for cell in everything(table):
            numbers = [(table.windows[0], cell.number), *((one.window, one.number) for one in cell.beside)]
            for window, number in numbers:
                given = {"question": question, "indicator": cell.indicator, "key": (cell.row, cell.column)}
                for part, count in ((HITS, number.hits), (COUNTED, number.counted)):
                    drill = drill_of(**given, window=window, at=NOW, part=part)
                    again = drilling.read(said=drill.parameters())
                    found = again.cases(actor=actor)
                    assert found.count() == count, (said, cell.row, cell.column, window.name, part)
                    assert not found.exclude(pk__in=seen.values("pk")).exists()
    assert table.total.cells[0].number.hits


def test_the_earlier_number_is_of_as_long_a_time(world, cases):
    said = {"of": "filed", "by": "township", "period": "month", "against": "both"}
    table = table_of(question=asking.read(said=said, at=NOW), actor=SYSTEM, at=NOW)
    earlier = [(cell, one) for cell in everything(table) for one in cell.beside]
    assert all(one.difference == cell.number.hits - one.number.hits for cell, one in earlier)
    assert any(one.difference for _cell, one in earlier)
    before, year = table.windows[1:]
    assert (before.since, before.until) == (at("2026-10-01 00:00"), at("2026-10-18 11:30"))
    assert (year.since, year.until) == (at("2025-11-01 00:00"), at("2025-11-18 11:30"))
    over = asking.read(said={**said, "on": "2026-03-15"}, at=NOW)
    before, year = table_of(question=over, actor=SYSTEM, at=NOW).windows[1:]
    assert (before.since, before.until) == (at("2026-02-01 00:00"), at("2026-03-01 00:00"))
    assert (year.since, year.until) == (at("2025-03-01 00:00"), at("2025-04-01 00:00"))


def test_a_table_that_nobody_could_read_is_refused_before_it_is_laid_out(world, cases, monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 200)
    said = {"of": "filed", "by": "unit", "across": "day", "period": "year", "against": "both"}
    with pytest.raises(Invalid) as refused:
        table_of(question=asking.read(said=said, at=NOW), actor=SYSTEM, at=NOW)
    assert "across" in refused.value.fields
    few = table_of(question=asking.read(said={"of": "filed", "by": "unit"}, at=NOW), actor=SYSTEM, at=NOW, most_lines=1)
    assert len(few.lines) == 1
    assert few.more >= 1


@pytest.mark.parametrize("code", ["handling_p90", "handling_work_p90"])
def test_lengths_are_counted_by_several_processes_where_there_are_many_cases(world, cases, code):
    question = asking.read(said={"of": code, "by": "unit", "period": "year"}, at=NOW)
    asked = []

    def listen(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        counting.count(question=question, window=windows(question=question, at=NOW)[0], actor=SYSTEM, at=NOW)
    with connection.cursor() as cursor:
        # As if it were many: looking at a case costs much, starting processes and handing over what they found nothing.
        cursor.execute("ANALYZE petitions_petition; SET LOCAL cpu_tuple_cost = 50")
        cursor.execute("SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0")
        cursor.execute("SET LOCAL min_parallel_table_scan_size = 0; SET LOCAL min_parallel_index_scan_size = 0")
        sql, given = max(asked, key=lambda one: len(one[0]))
        cursor.execute(f"EXPLAIN {sql}", given)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Gather" in plan, plan
    assert plan.index("Gather") < plan.index("Subquery Scan on lengths"), "not one process for all lengths"
