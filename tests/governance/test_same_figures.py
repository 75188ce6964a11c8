"""One figure, one number: on the wall, in statistics, in the monthly report, and as long as the list behind each."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from assessment.models import ReportLine
from assessment.services.reporting import build
from dispatch.models import WorkOrder
from kernel import clock
from petitions.choices import CLOSED_STATES, FINISHED_STATES, Channel, Satisfaction, State
from petitions.models import Petition
from tests.journeys.steps import filed
from tests.world import EAST, EAST_OTHER, EAST_VILLAGE, WEST_VILLAGE, World, at

NOW = at("2026-11-18 11:30")
HOUR = timedelta(hours=1)
PLACES = (EAST_VILLAGE, EAST_VILLAGE, EAST_OTHER, WEST_VILLAGE, EAST)
# Who looks at which ground: digits, and what statistics call a part of it.
LOOKS = [
    ("director", "", "370404", "township"),
    ("director", EAST[:9], EAST[:9], "village"),
    ("director", EAST_VILLAGE, EAST_VILLAGE, "grid"),
    ("east_officer", "", EAST[:9], "village"),
    ("urban_handler", "", "", "township"),
]
DAY, THIRTY, EVER = "2026-11-18", "2026-10-19", "2024-01-01"
# A figure of the wall: what statistics call it, which part of that, and from which day on.
SAME = {
    "filed": ("filed", "hits", DAY),
    "accepted": ("accepted", "hits", DAY),
    "closed": ("closed", "hits", DAY),
    "recent": ("filed", "hits", THIRTY),
    "open": ("open", "hits", EVER),
    "overdue": ("overdue", "hits", EVER),
    "timed": ("on_time", "counted", THIRTY),
    "on_time": ("on_time", "hits", THIRTY),
    "rated": ("satisfaction", "counted", THIRTY),
    "content": ("satisfaction", "hits", THIRTY),
}


@pytest.fixture
def cases(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Petition]:
    """A hundred and fifty cases in every state, half of them of today, written as rows; half past eleven for all."""
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    chance, pattern = random.Random(3704), filed(world, at=NOW - 800 * 24 * HOUR)
    units = [world.units[name].pk for name in ("urban", "water", "east_village")]
    rows = [_one(pattern, number, chance, units) for number in range(150)]
    pattern.delete()
    Petition.objects.bulk_create(rows)
    WorkOrder.objects.bulk_create(_order(row, number) for number, row in enumerate(rows) if row.lead_unit_id)
    return rows


def _one(pattern: Petition, number: int, chance: random.Random, units: list[int]) -> Petition:
    row = Petition(**{field.attname: getattr(pattern, field.attname) for field in Petition._meta.concrete_fields})
    row.pk = f"00000000-0000-4000-8000-{number:012d}"
    row.number, row.tracking_code = f"T{number:06d}", f"T{number:06d}"
    row.state = chance.choice([one for one in State.values if one != State.JOINED])
    row.channel, row.category_id = chance.choice(Channel.values[:3]), chance.choice([None, "010101", "010103"])
    place = chance.choice(PLACES)
    row.county_code, row.township_code, row.village_code = place[:6], place[:9], "" if place == EAST else place
    row.cell_code = f"{place}001" if place == EAST_VILLAGE else ""
    row.filed_at = NOW - chance.choice([8, 30 * 24, 500 * 24]) * chance.random() * HOUR
    between = (NOW - row.filed_at) * chance.random()
    begun = row.state not in (State.FILED, State.WAITING, State.DECLINED)
    row.accepted_at = row.filed_at + between / 2 if begun else None
    row.lead_unit_id = chance.choice(units) if begun and row.state not in (State.ACCEPTED, State.PLANNED) else None
    row.involved = [one for one in (row.center_id, row.lead_unit_id) if one]
    row.closed_at = row.filed_at + between if row.state in FINISHED_STATES else None
    row.changed_at = NOW
    row.stage_due_at = NOW + timedelta(hours=chance.randrange(-50, 50))
    row.on_time, row.resolved = chance.choice([None, True, False]), chance.choice([None, True, False])
    row.satisfaction = chance.choice(["", *Satisfaction.values])
    row.decline_reason_id = "litigation" if row.state == State.DECLINED else None
    return row


def _order(row: Petition, number: int) -> WorkOrder:
    said: dict[str, Any] = {"limit_value": 5, "limit_unit": "workday", "counted_value": 5, "counted_unit": "workday"}
    moments = ("assigned_at", "sign_due_at", "half_at", "yellow_at", "handle_due_at", "counted_from", "changed_at")
    said |= dict.fromkeys(moments, NOW) | {"petition": row, "unit_id": row.lead_unit_id, "reason": "by_list"}
    said |= {"place": row.place, "urgency": row.urgency, "state": "closed", "round": 1}
    return WorkOrder(pk=f"00000000-0000-4000-9000-{number:012d}", **said)


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name])
    return client


def asked_of_statistics(client: Client, *, by: str, since: str, area: str, of: str) -> dict[tuple[str, str], Any]:
    """The numbers of the API by row and figure."""
    said = {"of": of, "by": by, "period": "range", "since": since, "until": DAY} | ({"area": area} if area else {})
    answer = client.get("/api/v1/statistics/", said)
    assert answer.status_code == 200, answer.content
    return {(one["row"], one["of"]): one for one in answer.json()["results"]}


def told_by_statistics(client: Client, *, by: str, area: str) -> dict[str, dict[str, int]]:
    """By the figure of the wall: how many statistics count in each part, and under "*" in all."""
    found: dict[str, dict[str, int]] = {}
    for name, (of, part, since) in SAME.items():
        numbers = asked_of_statistics(client, by=by, since=since, area=area, of=of)
        found[name] = {row: one[part] for (row, _of), one in numbers.items()}
    return found


def lists_of_statistics(client: Client, *, by: str, area: str, of: str, since: str) -> list[tuple[str, int]]:
    """What the last row of the page says, every number of it, and how long the list behind that is."""
    said = {"of": of, "by": by, "period": "range", "since": since, "until": DAY} | ({"area": area} if area else {})
    cell = client.get("/assessment/statistics/", said).context["lines"][-1]["cells"][0]
    share = "hits" in cell
    shown = [(cell["hits"] if share else cell["text"], cell["href"])]
    shown += [(cell["of"], cell["of_href"])] if share else []
    return [(number, client.get(href).context["count"]) for number, href in shown]


@pytest.mark.parametrize(("name", "asked", "area", "part"), LOOKS)
def test_wall_statistics_and_lists_say_the_same(
    world: World, cases: list[Petition], name: str, asked: str, area: str, part: str
) -> None:
    client = browser(world, name)
    told = told_by_statistics(client, by=part, area=area)
    shown = client.get("/wall/", {"area": asked} if asked else {}).context
    everything = {one: numbers["*"] for one, numbers in told.items()}
    assert all(everything.values()), "every figure counts something"

    # The tiles, each with what it is a part of.
    def share(hits: str, of: str) -> str:
        return f"{100 * everything[hits] / everything[of]:.1f}"

    in_hand = everything["open"] + everything["closed"]
    expected = [
        (str(everything["filed"]), str(everything["recent"])),
        (str(everything["accepted"]), str(in_hand)),
        (str(everything["closed"]), str(in_hand)),
        (str(everything["overdue"]), str(everything["open"])),
        (share("on_time", "timed"), str(everything["timed"])),
        (share("content", "rated"), str(everything["rated"])),
    ]
    tiles = shown["tiles"][: len(expected)]
    # In the language of whoever looks the number stands anywhere in its denominator.
    said = [(one["number"], "".join(sign for sign in one["of"] if sign.isdigit())) for one in tiles]
    assert said == [(number, of) for number, of in expected]
    assert shown["at"] == NOW, "the age on every tile"

    # The lists behind the tiles, and behind their denominators.
    place = f"?place={area}" if asked or name == "east_officer" else ""
    lists = {one: client.get(f"/dashboard/{one}/{place}").context["count"] for one in SAME}
    assert lists == everything
    for one in tiles[:4]:
        assert str(client.get(one["href"]).context["count"]) == one["number"]

    # The parts of the ground, each with the lists behind its numbers.
    rows = next(
        panel.rows for scene in shown["scenes"] for panel in (*scene.left, *scene.right) if "standing" in panel.template
    )
    for one in rows:
        for figure in ("open", "overdue", "timed", "on_time", "rated", "content"):
            assert getattr(one["row"], figure) == told[figure].get(one["row"].key, 0), (one["row"].key, figure)


def test_the_lists_of_statistics_are_those_of_the_wall(world: World, cases: list[Petition]) -> None:
    client = browser(world, "east_officer")
    for figure, (of, _part, since) in SAME.items():
        for number, length in lists_of_statistics(client, by="village", area=EAST[:9], of=of, since=since):
            assert number == str(length), (figure, of)


def test_the_report_of_a_month_says_what_statistics_say_of_it(world: World, cases: list[Petition]) -> None:
    build(month="2026-11", actor=world.actor("director", on=NOW), at=NOW)
    client = browser(world, "director")
    told = asked_of_statistics(client, by="unit", since="2026-11-01", area="", of="satisfaction,resolved")
    compared = 0
    for report, figure in (("satisfy", "satisfaction"), ("resolve", "resolved")):
        for line in ReportLine.objects.filter(indicator=report):
            number = told[str(line.unit_id), figure]
            assert (number["hits"], number["counted"]) == (line.numerator, line.denominator), (line.name, report)
            shown = client.get(f"/assessment/lines/{line.pk}/").context
            assert len(shown["rows"]) == line.denominator
            compared += 1
    assert compared == 6


def test_what_was_refused_or_taken_back_is_closed_nowhere(world: World, cases: list[Petition]) -> None:
    refused = [one for one in cases if one.closed_at and one.closed_at >= at(DAY + " 00:00")]
    assert {one.state for one in refused} > set(CLOSED_STATES), "some of today are declined or withdrawn"
    closed = sum(one.state in CLOSED_STATES for one in refused)
    client = browser(world, "director")
    assert client.get("/wall/").context["tiles"][2]["number"] == str(closed)
    assert client.get("/dashboard/").context["tiles"][2]["number"] == str(closed)
    assert client.get("/dashboard/closed/").context["count"] == closed
