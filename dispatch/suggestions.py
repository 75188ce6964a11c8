"""What the learner suggests about a petition: category and unit. It only ever suggests; the list decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from petitions.hinting import Hint, Told, grade_of
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


def category_hints(*, told: Sequence[Told], at: datetime) -> list[list[Hint]] | None:
    """The categories for each of some texts at their places, by what was learnt; None where nothing was learnt yet.

    Three queries, however many are asked about.
    """
    held = learnt()
    if held is None:
        return None
    places = [_areas(one.place) for one in told]
    wanted = {area for village, township in places for area in area_contexts(township=township, village=village)}
    memories = recalled(cases=(), areas=wanted)
    found = [
        guessed(held=held, title=one.title, text=one.text, areas=areas, memories=memories, at=at)
        for one, areas in zip(told, places, strict=True)
    ]
    active = _in_use(guess.label for guesses in found for guess in guesses)
    return [_hints(guesses, active, certain=held.texts.certain(guesses)) for guesses in found]


def _areas(place: str) -> tuple[str, str]:
    """Village and township of a place, "" where it is named wider."""
    return place[:VILLAGE] if len(place) >= VILLAGE else "", place[:TOWNSHIP]


def _hints(guesses: Sequence[Guess], active: set[str], *, certain: bool) -> list[Hint]:
    """Only categories that may still be chosen; at most the first is certain."""
    return [
        Hint(
            code=one.label,
            sure=one.sure,
            grade=grade_of(sure=one.sure, certain=certain and one is guesses[0]),
            words=one.words,
        )
        for one in guesses
        if one.label in active
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


def _in_use(codes: Iterable[str]) -> set[str]:
    """The categories among these that may still be chosen. One query."""
    return set(Category.objects.filter(code__in=set(codes), active=True).values_list("code", flat=True))


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
