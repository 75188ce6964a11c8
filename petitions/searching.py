"""Cases by words: within what somebody sees, ranked, counted no further than is worth reading.

Rare words are answered by the index of pairs; common ones by walking the newest cases, which gives a page long before
an index has told all its hits apart. Either way every hit is compared with the words themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Collate, Reverse
from django.db.models.lookups import StartsWith
from django.utils.translation import gettext as _

from grids.models import Cell
from kernel.actors import Actor
from kernel.errors import Invalid
from organizations.models import Area
from petitions.models import Petition
from petitions.models.words import SEARCHED, HoldsAll
from petitions.querysets import PetitionQuerySet, within
from petitions.words import DIGITS, TRACKING, has_letters, is_number, telling_pairs, terms_of

Rows = TypeVar("Rows", bound=QuerySet[Any])
Places = dict[str, Q]

NEWEST = 20_000
"""Among how many of the newest a single character or digits in a text are looked for: no index tells them apart."""
RARE = 4_000
"""So many hits, as the planner guesses, are fetched and sorted well within the time of a page."""
WINDOW = 12_000
"""How many of the newest are walked for common words."""
COMMON = 100
"""With so many hits among those, the words are common indeed; with fewer, the index tells all of them quickly."""
ASKED = 6
"""Pairs of a phrase that the planner is asked about, each by a question of its own. Where a rarer one is not among
them the newest are walked first, which finds the same."""
MOST = 300
"""How many of the newest hits are ranked. Whoever has more adds a word."""
SAME_NAME = 8
"""More places of one name are no place that anybody means."""
NUMBERED, TITLED, PLACED, TOLD = range(4)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, best first, with cursors ("" for none); `count` stops at MOST, then `more` is set.

    `newest`: texts were looked through for so many of the newest cases alone; 0 for all of them.
    """

    rows: list[Petition]
    count: int
    more: bool
    next: str
    previous: str
    newest: int = 0


def found_by_words(*, rows: Rows, words: str, places: Places | None = None) -> Rows:
    """Those of the rows with this number, or with all of the words in title, address and description together.

    Whoever asks for many reads the `places` of all their words before, by places_in().
    """
    terms = terms_of(words)
    if not terms:
        return rows.none()
    if _is_whole(terms):
        return rows.filter(number=terms[0].upper())
    if not newest_alone(words=words):
        return rows.filter(_held(terms, indexed=True, places=places))
    recent = rows.filter(pk__in=rows.order_by("-filed_at", "-pk").values("pk")[:NEWEST])
    told = recent.filter(_held(terms, indexed=True, places=places)).order_by().values("pk")
    called = _by_number(terms, rows)
    # Two questions with an index each; asked as one condition, every case there ever was would be read.
    return rows.filter(pk__in=told if called is None else called.order_by().values("pk").union(told))


def newest_alone(*, words: str) -> int:
    """Among how many of the newest cases texts are looked through for these words; 0 where among all of them."""
    terms = terms_of(words)
    return 0 if not terms or _is_whole(terms) or any(map(telling_pairs, terms)) else NEWEST


def places_in(*, texts: Iterable[str]) -> Places:
    """By the word: cases in the areas and grids that are called like a word of one of the texts. Two queries."""
    return _places({term for text in texts for term in terms_of(text)})


def few_by_words(*, among: PetitionQuerySet, words: str, places: Places | None = None) -> list[UUID] | None:
    """The keys of those of the rows with this number or with all of the words; None where the words are common ones.

    Common words are told while a list is walked, by with_words(): that is quicker than reading all their hits. For
    lists of what waits, in which the newest are not the ones that are looked for.
    """
    terms = terms_of(words)
    if not terms:
        return []
    called: list[UUID] = []
    if len(terms) == 1 and (number := _numbered(terms[0])):
        # First the few cases of such a number, then which of them are among the rows.
        called = list(Petition.objects.filter(number).values_list("pk", flat=True)[:MOST])
        called = list(among.filter(pk__in=called).values_list("pk", flat=True)) if called else []
        if is_number(terms[0]):
            return called
    pairs = frozenset().union(*(telling_pairs(term) for term in terms))
    if not called and (not pairs or _guess(pairs) > RARE):
        return None
    held = _held(terms, indexed=bool(pairs), places=places)
    keys = list(among.filter(held).order_by().values_list("pk", flat=True)[: RARE + 1])
    return keys if len(keys) <= RARE else None


def with_words(*, words: str, places: Places | None = None) -> Q:
    """That a case has all of the words, compared with each row that is walked."""
    return _held(terms_of(words), indexed=False, places=places)


def search(*, words: str, among: PetitionQuerySet, actor: Actor, cursor: str = "", size: int = 20) -> Found:
    """The hits among rows that were narrowed to the actor's scope before. Raises Invalid on a bad cursor."""
    hits = _ranked(terms_of(words), among, actor)
    more, hits = len(hits) > MOST, hits[:MOST]
    hits.sort(key=lambda hit: (hit[2], -hit[1].timestamp(), hit[0]))
    first = _place(cursor, [hit[0] for hit in hits], size)
    keys = [hit[0] for hit in hits[first : first + size]]
    seen = {one.pk: one for one in among.filter(pk__in=keys).select_related("lead_unit", "center", "category")}
    last = first + size
    return Found(
        rows=[seen[key] for key in keys if key in seen],
        count=len(hits),
        more=more,
        next=f"f{keys[-1].hex}" if keys and last < len(hits) else "",
        previous=f"b{keys[0].hex}" if keys and first else "",
        newest=newest_alone(words=words),
    )


def _by_number(terms: tuple[str, ...], rows: Rows) -> Rows | None:
    """The rows with the one number that is asked for, whole or by its end; None for what is no number."""
    said = _numbered(terms[0]) if len(terms) == 1 else Q()
    return rows.filter(said) if said else None


def _is_whole(terms: tuple[str, ...]) -> bool:
    """Whether one case is asked for by its whole number: then nothing else is."""
    return len(terms) == 1 and is_number(terms[0])


def by_tail(digits: str) -> Q:
    """Cases whose number ends with the digits, as people say it on the telephone."""
    return Q(StartsWith(Collate(Reverse("number"), "C"), digits[::-1]))


def _ranked(terms: tuple[str, ...], among: PetitionQuerySet, actor: Actor) -> list[tuple[UUID, datetime, int]]:
    """Key, date and rank of the newest hits, at most one more than MOST."""
    if not terms:
        return []
    called = _by_number(terms, among)
    numbers = _newest(called, terms, rank=Value(NUMBERED)) if called is not None else []
    if _is_whole(terms) or len(numbers) > MOST:
        return numbers
    had = {hit[0] for hit in numbers}
    return numbers + [hit for hit in _told(terms, among, actor) if hit[0] not in had][: MOST + 1 - len(numbers)]


def _told(terms: tuple[str, ...], among: PetitionQuerySet, actor: Actor) -> list[tuple[UUID, datetime, int]]:
    """The newest hits by words."""
    pairs = frozenset().union(*(telling_pairs(term) for term in terms))
    if not pairs or (actor.territories and not _rare(terms, pairs)):
        edge = _edge(among, NEWEST if not pairs else WINDOW)
        walked = among.filter(filed_at__gte=edge) if edge else among
        hits = _newest(walked.filter(_held(terms, indexed=False)), terms)
        if not pairs or edge is None or len(hits) >= COMMON:
            return hits
    return _newest(among.filter(_held(terms, indexed=True)), terms)


def _newest(
    rows: PetitionQuerySet, terms: tuple[str, ...], rank: Value | None = None
) -> list[tuple[UUID, datetime, int]]:
    """Key, date and rank; the rank by where the terms stand unless one is given for all."""
    found = rows.annotate(standing=_standing(terms) if rank is None else rank).order_by("-filed_at", "-pk")
    return list(found.values_list("pk", "filed_at", "standing")[: MOST + 1])


def _standing(terms: tuple[str, ...]) -> Case:
    numbered = Q(number__in=[term.upper() for term in terms])
    return Case(
        When(numbered, then=Value(NUMBERED)),
        When(_all_in(("title",), terms), then=Value(TITLED)),
        When(_all_in(("title", "address"), terms), then=Value(PLACED)),
        default=Value(TOLD),
        output_field=IntegerField(),
    )


def _edge(among: PetitionQuerySet, width: int) -> datetime | None:
    """The day from which on so many cases were filed; None where there are not as many."""
    return among.order_by("-filed_at", "-pk").values_list("filed_at", flat=True)[width : width + 1].first()


def _rare(terms: tuple[str, ...], pairs: frozenset[str]) -> bool:
    """Whether few cases hold the pairs. Those of a phrase stand together: it is as common as the rarest of them, of
    which some are asked for; several words meet as rarely as chance has it.
    """
    asked = [[pair] for pair in sorted(pairs)[:ASKED]] if len(terms) == 1 else [pairs]
    return any(_guess(one) <= RARE for one in asked)


def _guess(pairs: Iterable[str]) -> int:
    """How many cases hold all the pairs, by the statistics of the index: no case is read for it."""
    told = Petition.objects.filter(HoldsAll(*sorted(pairs))).order_by().explain(format="json")
    return int(json.loads(told)[0]["Plan"]["Plan Rows"])


def _held(terms: tuple[str, ...], *, indexed: bool, places: Places | None = None) -> Q:
    """All of the terms, each in the text, as the name of the place, or as a number."""
    places = _places(terms) if places is None else places
    conditions, pairs = [], frozenset[str]()
    for term in terms:
        beside = places.get(term, Q()) | _numbered(term)
        text = _all_in(SEARCHED, (term,))
        if indexed and beside and telling_pairs(term):
            text &= Q(HoldsAll(*sorted(telling_pairs(term))))
        elif not beside:
            pairs |= telling_pairs(term)
        conditions.append(beside | text)
    if indexed and pairs:
        conditions.insert(0, Q(HoldsAll(*sorted(pairs))))
    return reduce(and_, conditions)


def _all_in(columns: Iterable[str], terms: Iterable[str]) -> Q:
    """Every term in one of the columns."""
    return reduce(and_, (reduce(or_, (_in(column, term) for column in columns)) for term in terms))


def _in(column: str, term: str) -> Q:
    return Q(**{f"{column}__{'icontains' if has_letters(term) else 'contains'}": term})


def _numbered(term: str) -> Q:
    """The whole number, its last digits, or the tracking code that the citizen holds."""
    found = Q(number=term.upper()) if is_number(term) else Q()
    if DIGITS.match(term):
        found |= by_tail(term)
    return found | Q(tracking_code=term.upper()) if TRACKING.match(term) else found


def _places(terms: Iterable[str]) -> Places:
    """By the term: cases in the areas and grids that are called so. Both are published, so nothing is told by them."""
    named = [term for term in terms if len(term) > 1]
    if not named:
        return {}
    found: dict[str, list[str]] = {}
    # Counted by name, so that a common one is left out whole and takes nothing from the others.
    same = Window(Count("pk"), partition_by=F("name"))
    for area in Area.objects.filter(name__in=named).annotate(same=same).filter(same__lte=SAME_NAME):
        found.setdefault(area.name, []).append(area.prefix)
    cells = Cell.objects.drawn().filter(name__in=named).annotate(same=same).filter(same__lte=SAME_NAME)
    for name, code in cells.values_list("name", "code"):
        found.setdefault(name, []).append(code)
    return {name: reduce(or_, map(within, codes)) for name, codes in found.items() if len(codes) <= SAME_NAME}


def _place(cursor: str, keys: list[UUID], size: int) -> int:
    """Where the page begins: behind the case that the cursor names, or so many before it; first if it is gone."""
    if not cursor:
        return 0
    try:
        edge = UUID(hex=cursor[1:])
    except ValueError as error:
        raise _bad_cursor() from error
    if cursor[0] not in "fb":
        raise _bad_cursor()
    if edge not in keys:
        return 0
    at = keys.index(edge)
    return at + 1 if cursor[0] == "f" else max(at - size, 0)


def _bad_cursor() -> Invalid:
    return Invalid(_("This page address is not valid."), fields={"cursor": [_("Not a cursor of this list.")]})
