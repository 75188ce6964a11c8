"""Behind a number: exactly the cases that it counted, by the very conditions that counted them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from assessment.statistics import dimensions, indicators
from assessment.statistics.asking import FILTERS, FORMS, Question, narrowing, read_filters
from assessment.statistics.counting import TOTAL
from assessment.statistics.dimensions import Dimension
from assessment.statistics.indicators import Indicator, base, conditions
from assessment.statistics.windows import Window
from kernel.actors import Actor
from kernel.errors import Invalid
from petitions.models import Petition

if TYPE_CHECKING:
    from petitions.querysets import PetitionQuerySet

HITS, COUNTED = "hits", "counted"
NAMES = ("of", "part", "from", "to", "at", "by", "row", "across", "column", *FILTERS)
LONGEST_KEY = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One number: its figure, which part of it, its stretch of time and the keys of its row and column."""

    indicator: Indicator
    part: str
    since: datetime
    until: datetime
    at: datetime
    keys: Mapping[str, str]
    filters: Mapping[str, str]

    def parameters(self) -> dict[str, str]:
        """As an address says it."""
        said = {"of": self.indicator.code, "part": self.part}
        said |= {"from": self.since.isoformat(), "to": self.until.isoformat(), "at": self.at.isoformat()}
        for (ways, key), name in zip(self.keys.items(), ("by", "across"), strict=False):
            said |= {name: ways, {"by": "row", "across": "column"}[name]: key}
        return {**said, **self.filters}

    def cases(self, *, actor: Actor) -> PetitionQuerySet:
        """The cases, among those that the actor sees."""
        words, dated = conditions(at=self.at), self.indicator.dated
        found: PetitionQuerySet = Petition.objects.visible_to(actor).filter(narrowing(self.filters))
        found = found.filter(base(dated=dated), **{f"{dated}__gte": self.since, f"{dated}__lt": self.until})
        found = found.filter(self.indicator.narrowed(words=words, hits=self.part == HITS))
        for code, key in self.keys.items():
            where = dimensions.BY_CODE[code].where
            assert where is not None  # time is told by from and to
            found = found.filter(where(key))
        return found


def drill_of(
    *, question: Question, indicator: Indicator, key: tuple[str, str], window: Window, at: datetime, part: str = HITS
) -> Drill:
    """The number of a cell of a table, in one of its stretches of time."""
    keys, slot = {}, window.slot("")
    for one, said in zip((question.rows, question.columns), key, strict=True):
        if one is None or said == TOTAL:
            continue
        if one.is_time:
            slot = window.slot(said)
        else:
            keys[one.code] = said
    return Drill(
        indicator=indicator,
        part=part,
        since=slot.since,
        until=slot.until,
        at=at,
        keys=keys,
        filters=question.filters,
    )


def address(drill: Drill) -> str:
    """The query of the address of a number's list."""
    return urlencode(drill.parameters())


def read(*, said: Mapping[str, str]) -> Drill:
    """The number that an address names. Raises Invalid naming every parameter that is unknown or wrong."""
    wrong: dict[str, list[Any]] = {name[:60]: [_("There is no such parameter.")] for name in said if name not in NAMES}
    filters = read_filters({name: value for name, value in said.items() if value}, wrong)
    indicator = indicators.BY_CODE.get(said.get("of", ""))
    if indicator is None:
        wrong["of"] = [_("There is no such figure.")]
    part = said.get("part", HITS)
    if part not in (HITS, COUNTED):
        wrong["part"] = [_("Not a choice.")]
    moments = {name: _moment(name, said.get(name, ""), wrong) for name in ("from", "to", "at")}
    keys = _keys(said, wrong)
    if wrong or indicator is None:
        raise Invalid(_("Some parameters are not right."), fields=wrong)
    since, until, at = (one for one in moments.values() if one is not None)
    return Drill(indicator=indicator, part=part, since=since, until=until, at=at, keys=keys, filters=filters)


def _keys(said: Mapping[str, str], wrong: dict[str, list[Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in (("by", "row"), ("across", "column")):
        if not said.get(name):
            continue
        one, key = dimensions.BY_CODE.get(said[name]), said.get(value, "")
        if one is None or one.is_time or not _fits(one, key):
            wrong[name] = [_("Not a choice.")]
        else:
            found[one.code] = key
    return found


def _fits(one: Dimension, key: str) -> bool:
    if one.code == "unit":
        return bool(FORMS["unit"].match(key))
    return len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()


def _moment(name: str, text: str, wrong: dict[str, list[Any]]) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if len(text) <= LONGEST_KEY else None
        if found is not None and found.tzinfo is not None and 1990 <= found.year <= 2200:
            return found
    except ValueError:
        pass
    wrong[name] = [_("Not an instant.")]
    return None
