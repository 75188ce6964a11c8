"""The categories that are suggested for a text: by what was learnt where something was, else by key words.

What learns lies above this app and is named in the settings; without it the key words speak alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from petitions.models import Category
from petitions.suggesting import read_keywords, suggest

LIKELY_FROM, POSSIBLE_FROM = 0.7, 0.4
MOST = 3


class Grade(models.TextChoices):
    """How sure a suggestion is, in words."""

    CERTAIN = "certain", _("almost certain")
    LIKELY = "likely", _("likely")
    POSSIBLE = "possible", _("possible")
    GUESS = "guess", _("a guess")
    WORDS = "words", _("by key words only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A category by code, how sure (0 to 1; None for key words, which do not know), and the words that decided."""

    code: str
    sure: float | None
    grade: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryHint:
    """A hint with the names to show. `percent` is None where nobody can tell."""

    code: str
    name: str
    path: str
    percent: int | None
    grade: Grade
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is asked about: the words of a report, and the codes of its place."""

    title: str
    text: str
    place: str


Learnt = Callable[..., list[list[Hint]] | None]


def grade_of(*, sure: float, certain: bool) -> str:
    """The word for how sure."""
    if certain:
        return Grade.CERTAIN
    if sure >= LIKELY_FROM:
        return Grade.LIKELY
    return Grade.POSSIBLE if sure >= POSSIBLE_FROM else Grade.GUESS


def hints_for(*, title: str, text: str, place: str, at: datetime, most: int = MOST) -> list[CategoryHint]:
    """The categories that a text at a place may belong to, the surest first; none where nothing speaks for any."""
    return hints_for_each(told=[Told(title=title, text=text, place=place)], at=at, most=most)[0]


def hints_for_each(*, told: Sequence[Told], at: datetime, most: int = MOST) -> list[list[CategoryHint]]:
    """The same for several at once, in their order: what is learnt is asked once for all of them."""
    if not told:
        return []
    learnt: Learnt = import_string(settings.CATEGORY_SUGGESTER)
    found = learnt(told=told, at=at)
    if found is None:
        found = _by_keywords(told=told, most=most)
    return _named([hints[:most] for hints in found])


def _by_keywords(*, told: Sequence[Told], most: int) -> list[list[Hint]]:
    cells = dict(Category.objects.filter(level=3, active=True).exclude(keywords="").values_list("code", "keywords"))
    known = read_keywords(cells=cells)
    found = [suggest(title=one.title, text=one.text, keywords=known, most=most) for one in told]
    return [
        [Hint(code=one.code, sure=None, grade=Grade.WORDS, words=one.words) for one in suggested] for suggested in found
    ]


def _named(found: list[list[Hint]]) -> list[list[CategoryHint]]:
    """Hints with the names of their categories and of what these hang under. One query."""
    codes = {one.code[:size] for hints in found for one in hints for size in (2, 4, 6)}
    names = dict(Category.objects.filter(code__in=codes).values_list("code", "name"))
    return [_shown(hints, names) for hints in found]


def _shown(hints: list[Hint], names: dict[str, str]) -> list[CategoryHint]:
    return [
        CategoryHint(
            code=one.code,
            name=names[one.code],
            path=" / ".join(names[one.code[:size]] for size in (2, 4) if one.code[:size] in names),
            percent=None if one.sure is None else round(one.sure * 100),
            grade=Grade(one.grade),
            words=one.words,
        )
        for one in hints
        if one.code in names
    ]


def note_decided(*, petition_id: object, at: datetime) -> None:
    """Tell what learns that somebody decides with its suggestion before their eyes."""
    import_string(settings.SUGGESTION_SHOWN)(petition_id=petition_id, at=at)
