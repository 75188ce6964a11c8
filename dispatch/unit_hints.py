"""The units that are suggested for a petition, with names and reasons to show. The list decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch.suggestions import suggestions_for
from dispatch.triage.contexts import SHAPES
from dispatch.triage.units import UnitGuess
from organizations.queries import unit_names
from petitions.hinting import Grade, grade_of
from petitions.models import Petition

CATEGORIES: dict[int, str | Promise] = {
    3: _("same category"),
    2: _("same group of categories"),
    1: _("same field"),
}
PLACES: dict[int, str | Promise] = {2: _("same village"), 1: _("same township")}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHint:
    """A unit by key, how sure, and the narrowest kind of case that it got lately: `went` of `of` of these."""

    key: str
    name: str
    percent: int
    grade: Grade
    why: str
    went: int
    of: int


def unit_hints(*, petition: Petition, at: datetime) -> list[UnitHint]:
    """The units that cases like this one went to, the surest first."""
    found = suggestions_for(petitions=[petition], at=at, with_texts=False)[petition.pk].units
    return named(found)


def named(found: tuple[UnitGuess, ...]) -> list[UnitHint]:
    """Guesses with the names of their units. One query."""
    names = unit_names(unit_ids={int(one.unit) for one in found})
    return [
        UnitHint(
            key=one.unit,
            name=names.get(int(one.unit), ""),
            percent=round(one.sure * 100),
            grade=Grade(grade_of(sure=one.sure, certain=False)),
            why=words_of(one.shape),
            went=round(one.went),
            of=round(one.of),
        )
        for one in found
    ]


def words_of(shape: str) -> str:
    """A context in words, such as "same category, same village"; empty for none."""
    levels, places, source = SHAPES.get(shape, (0, 0, False))
    said = [CATEGORIES.get(levels), PLACES.get(places), _("same channel") if source else None]
    return " · ".join(str(one) for one in said if one)
