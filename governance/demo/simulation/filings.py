"""What is reported on one day. A pure function of seed and day, so an interrupted play goes on with the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from random import Random
from typing import Any

from governance.demo import files
from governance.demo.chance import chance
from governance.demo.people import CITIZENS, full_name
from governance.demo.simulation.ground import Ground, Spot
from governance.demo.simulation.rhythm import moments
from kernel.worktime import WorkCalendar
from petitions.choices import Channel, Nature

# How often a field is spoken of, after the shares that a real city has published.
# fmt: off
SHARES = {
    "01": 28, "02": 18, "03": 11, "04": 9, "05": 4, "06": 6, "07": 5, "08": 4, "09": 3, "10": 2, "11": 2, "12": 2,
    "13": 6,  "14": 2,  "15": 5,  "16": 3, "17": 1, "99": 2,
}
SEEN_BY_GRIDWORKERS = {"01", "02", "03", "05", "06", "07", "12", "13", "15"}
ASKED_BY_ENTERPRISES = {"16", "08", "02", "09"}
# fmt: on
ONLY: dict[str, set[str]] = {Channel.GRIDWORKER: SEEN_BY_GRIDWORKERS, Channel.ENTERPRISE: ASKED_BY_ENTERPRISES}
NATURES = (
    (Nature.COMPLAINT, 62),
    (Nature.HELP, 24),
    (Nature.CONSULT, 6),
    (Nature.SUGGESTION, 4),
    (Nature.REPORT, 4),
)
TOLD_TWICE, WITHOUT_POINT, WITHHELD = 0.05, 0.12, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One report to be. `twin_of` names the earlier one of the same day that tells the same."""

    source_no: str
    at: datetime
    channel: str
    nature: str
    category_code: str
    title: str
    description: str
    spot: Spot
    pointed: bool
    name: str
    phone: str
    citizen: int
    confidential: bool
    twin_of: str = ""


def filings_of(*, day: date, seed: int, per_day: float, ground: Ground, calendar: WorkCalendar) -> list[Filing]:
    """The reports of one day in the order of time."""
    told: list[Filing] = []
    for number, moment in enumerate(moments(seed=seed, day=day, per_day=per_day, calendar=calendar), start=1):
        source_no = f"{day:%Y%m%d}-{number:04d}"
        random = chance(seed, source_no, "filing")
        twins = [one for one in told if not one.twin_of and one.nature == Nature.COMPLAINT]
        if twins and random.random() < TOLD_TWICE and moment.channel != Channel.GRIDWORKER:
            filing = _told_again(random.choice(twins), random, ground)
        else:
            filing = _told(random, ground, moment.channel, at=moment.at)
        told.append(replace(filing, source_no=source_no, at=moment.at, channel=moment.channel))
    return told


def _told(random: Random, ground: Ground, channel: str, *, at: datetime) -> Filing:
    template = _template(random, channel)
    spot = ground.spot(random=random)
    title, description = _words(template, spot, random)
    nature = random.choices([one for one, _ in NATURES], weights=[share for _, share in NATURES])[0]
    return Filing(
        source_no="",
        at=at,
        channel=channel,
        nature=Nature.COMPLAINT if channel == Channel.GRIDWORKER else nature,
        category_code=template["category_code"],
        title=title,
        description=description,
        spot=spot,
        pointed=channel == Channel.GRIDWORKER or random.random() >= WITHOUT_POINT,
        confidential=nature == Nature.REPORT and random.random() < WITHHELD * 10,
        **_reporter(random),
    )


def _told_again(first: Filing, random: Random, ground: Ground) -> Filing:
    rows = _by_category()[first.category_code]
    spot = replace(ground.spot(random=random, cell_code=first.spot.cell_code), place=first.spot.place)
    title, description = _words(random.choice(rows), spot, random)
    return replace(first, title=title, description=description, spot=spot, twin_of=first.source_no, **_reporter(random))


def _reporter(random: Random) -> dict[str, Any]:
    # 1990000…: no such numbers are given out, so nobody's telephone rings.
    phone = f"1990000{random.randrange(10_000):04d}"
    return {"name": full_name(random), "phone": phone, "citizen": random.randrange(CITIZENS)}


def _template(random: Random, channel: str) -> dict[str, str]:
    only = ONLY.get(channel)
    fields = [top for top in SHARES if only is None or top in only]
    top = random.choices(fields, weights=[SHARES[one] for one in fields])[0]
    return random.choice(_by_top()[top])


def _words(template: dict[str, str], spot: Spot, random: Random) -> tuple[str, str]:
    surname = random.choice(files.words("family_names", column="name"))
    said = {
        "place": spot.place,
        "name": surname + random.choice(("先生", "女士")),
        "detail": random.choice(files.words("details", column="text")),
    }
    return template["title"].format(**said)[:60], template["description"].format(**said)


@cache
def _by_category() -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in files.rows(files.WORDS / "petition_templates.csv"):
        grouped.setdefault(row["category_code"], []).append(row)
    return grouped


@cache
def _by_top() -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in files.rows(files.WORDS / "petition_templates.csv"):
        grouped.setdefault(row["category_code"][:2], []).append(row)
    return grouped
