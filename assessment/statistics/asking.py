"""A question to the figures, as it stands in an address. What an address says wrongly is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from assessment.statistics import dimensions, indicators
from assessment.statistics.dimensions import Dimension, of_unit
from assessment.statistics.indicators import Indicator
from assessment.statistics.periods import PERIODS, RANGE, Against, Span, Step, span_of
from kernel.days import day_in
from kernel.errors import Invalid
from petitions.choices import Channel, PetitionKind, Urgency
from petitions.queries import within

USUAL = ("filed", "closed", "on_time", "satisfaction")
MOST_INDICATORS = 8
FILTERS = ("area", "unit", "category", "kind", "channel", "urgency")
NAMES = ("of", "by", "across", "period", "on", "since", "until", "against", *FILTERS)
CHOICES = {"kind": PetitionKind.values, "channel": Channel.values, "urgency": Urgency.values}
FORMS = {
    "area": re.compile(r"([0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})\Z"),
    "unit": re.compile(r"[1-9][0-9]{0,8}\Z"),
    "category": re.compile(r"([0-9]{2}|[0-9]{4}|[0-9]{6})\Z"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. `across` needs exactly one indicator: a table has two directions."""

    of: tuple[str, ...] = USUAL
    by: str = "township"
    across: str = ""
    span: Span
    against: str = Against.NOTHING.value
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def indicators(self) -> list[Indicator]:
        return [indicators.BY_CODE[code] for code in self.of]

    @property
    def rows(self) -> Dimension:
        return dimensions.BY_CODE[self.by]

    @property
    def columns(self) -> Dimension | None:
        return dimensions.BY_CODE[self.across] if self.across else None

    def parameters(self) -> dict[str, str]:
        """The question as the parameters of an address: two questions are the same where these are."""
        span = self.span
        said = {"of": ",".join(self.of), "by": self.by, "across": self.across, "period": span.step}
        if span.step == RANGE:
            said |= {"since": span.first.isoformat(), "until": span.last.isoformat()}
        else:
            said["on"] = span.first.isoformat()
        said |= {"against": self.against, **self.filters}
        return {name: value for name, value in said.items() if value}

    def address(self, **changes: Any) -> str:
        """The query of an address with some of its parameters changed; what is empty is left out."""
        said = {**self.parameters(), **{name: str(value) for name, value in changes.items()}}
        return urlencode({name: value for name, value in said.items() if value})

    def in_period(self, span: Span) -> Question:
        """The same question about another period."""
        return replace(self, span=span)


def narrowing(filters: Mapping[str, str]) -> Q:
    """The filters as one condition on petitions."""
    found = Q()
    for name, value in filters.items():
        if name == "area":
            found &= within(value)
        elif name == "unit":
            found &= of_unit(value)
        elif name == "category":
            found &= Q(category__code__startswith=value)
        else:
            found &= Q(**{name: value})
    return found


def read(*, said: Mapping[str, str], at: datetime) -> Question:
    """The question that parameters ask. Raises Invalid naming every one that is unknown or wrong."""
    wrong: dict[str, list[Any]] = {name[:60]: [_("There is no such parameter.")] for name in said if name not in NAMES}
    given = {name: value for name, value in said.items() if value and name in NAMES}
    filters = read_filters(given, wrong)
    of = _indicators(given, wrong)
    by, across = given.get("by", "township"), given.get("across", "")
    _directions(by, across, of, wrong)
    step, against = given.get("period", Step.MONTH.value), given.get("against", "")
    if step not in dict(PERIODS):
        wrong["period"] = [_("Not a choice.")]
    if against not in Against.values:
        wrong["against"] = [_("Not a choice.")]
    days = {name: _day(name, given, wrong) for name in ("on", "since", "until")}
    if wrong:
        raise Invalid(_("Some parameters are not right."), fields=wrong)
    span = span_of(step=step, at=at, **days)
    return Question(of=of, by=by, across=across, span=span, against=against, filters=filters)


def read_filters(given: Mapping[str, str], wrong: dict[str, list[Any]]) -> dict[str, str]:
    """The filters among parameters; what is not of its form is noted down in `wrong`."""
    found = {name: given[name] for name in FILTERS if name in given}
    for name, value in found.items():
        right = value in CHOICES[name] if name in CHOICES else FORMS[name].match(value)
        if not right:
            wrong[name] = [_("Not a choice.")]
    return found


def _indicators(given: Mapping[str, str], wrong: dict[str, list[Any]]) -> tuple[str, ...]:
    of = tuple(dict.fromkeys(given["of"].split(","))) if "of" in given else USUAL
    if given.get("across") and "of" not in given:
        of = of[:1]
    if any(code not in indicators.BY_CODE for code in of):
        wrong["of"] = [_("There is no such figure.")]
    elif len(of) > MOST_INDICATORS:
        wrong["of"] = [_("At most %d figures at once.") % MOST_INDICATORS]
    return of


def _directions(by: str, across: str, of: tuple[str, ...], wrong: dict[str, list[Any]]) -> None:
    if by not in dimensions.BY_CODE:
        wrong["by"] = [_("Not a choice.")]
    if across and across not in dimensions.BY_CODE:
        wrong["across"] = [_("Not a choice.")]
    elif across and across == by:
        wrong["across"] = [_("Choose two different directions.")]
    elif across and len(of) > 1:
        wrong["across"] = [_("A table with two directions shows one figure.")]
    elif across and dimensions.BY_CODE[across].is_time and by in dimensions.BY_CODE and dimensions.BY_CODE[by].is_time:
        wrong["across"] = [_("Time is one direction.")]


def _day(name: str, given: Mapping[str, str], wrong: dict[str, list[Any]]) -> date | None:
    text = given.get(name, "")
    if not text:
        return None
    found = day_in(text)
    if found is None:
        wrong[name] = [_("Give a day like 2026-01-31.")]
    return found
