"""What the learner suggests about a petition: category and unit. It only ever suggests; the list decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch.learnt import Learnt, learnt
from dispatch.models.triage import Subject
from dispatch.recalling import (
    Memories,
    area_contexts,
    case_of,
    learner_with,
    place_names,
    recalled,
)
from dispatch.triage.contexts import EVERYWHERE
from dispatch.triage.leaning import lean
from dispatch.triage.memory import Memory
from dispatch.triage.model import Guess
from dispatch.triage.units import UnitGuess
from petitions.hinting import Hint, grade_of
from petitions.models import Category, Petition

CONSIDERED = 10  # categories whose order the place may change
SHOWN = 3
TOWNSHIP, VILLAGE = 9, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The categories and units that are suggested, the surest first, and the number of the model; None for none."""

    model: int | None
    categories: tuple[Guess, ...]
    units: tuple[UnitGuess, ...]
    certain: bool = False


def category_hints(*, title: str, text: str, place: str, at: datetime) -> list[Hint] | None:
    """The categories for a text at a place, by what was learnt; None where nothing was learnt yet."""
    held = learnt()
    if held is None:
        return None
    township, village = place[:TOWNSHIP], place[:VILLAGE] if len(place) >= VILLAGE else ""
    memories = recalled(cases=(), areas=area_contexts(township=township, village=village))
    found = guessed(held=held, title=title, text=text, areas=(village, township), memories=memories, at=at)
    return [
        Hint(code=one.label, sure=one.sure, grade=grade_of(sure=one.sure, certain=certain), words=one.words)
        for one, certain in in_use(found, certain=held.texts.certain(found))
    ]


def guessed(
    *, held: Learnt, title: str, text: str, areas: Iterable[str], memories: Memories, at: datetime
) -> list[Guess]:
    """What the text says, leaning a little to what lately happened at the place."""
    found = held.texts.suggest(text=f"{title} {text}", most=CONSIDERED)
    everywhere = memories.get((Subject.CATEGORY, EVERYWHERE), Memory())
    for area in areas:
        near = memories.get((Subject.CATEGORY, area))
        if near is not None:
            found = lean(found, near=near, everywhere=everywhere)
            break
    return found[:SHOWN]


def in_use(found: Iterable[Guess], *, certain: bool) -> list[tuple[Guess, bool]]:
    """Only categories that may still be chosen, each with whether it is certain: at most the first. One query."""
    guesses = list(found)
    codes = {one.label for one in guesses}
    active = set(Category.objects.filter(code__in=codes, active=True).values_list("code", flat=True))
    return [(one, certain and one is guesses[0]) for one in guesses if one.label in active]


def suggestions_for(*, petitions: Iterable[Petition], at: datetime, with_texts: bool = True) -> dict[UUID, Suggestions]:
    """Categories and units of many petitions at once, by petition; a unit is suggested for the category it has."""
    rows = list(petitions)
    held, names = learnt(), place_names(rows)
    cases = {one.pk: case_of(petition=one, at=at, names=names) for one in rows}
    areas = {one.pk: area_contexts(township=one.township_code, village=one.village_code) for one in rows}
    memories = recalled(cases=list(cases.values()), areas={area for each in areas.values() for area in each})
    learner = learner_with(memories=memories, trust=held.trust if held else None)
    found: dict[UUID, Suggestions] = {}
    for one in rows:
        guesses: list[Guess] = []
        if held is not None and with_texts:
            guesses = guessed(
                held=held, title=one.title, text=one.description, areas=areas[one.pk], memories=memories, at=at
            )
        found[one.pk] = Suggestions(
            model=held.number if held else None,
            categories=tuple(guesses),
            units=tuple(learner.suggest(case=cases[one.pk], most=SHOWN)),
            certain=held is not None and held.texts.certain(guesses),
        )
    return found
