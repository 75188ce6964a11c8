"""Which category a text may belong to, by the key words of the categories. Pure; every suggestion says its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

IN_TITLE = 3  # a word of the title says more about the matter than one of a long text
KeyWords = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category of the third level, how much speaks for it, and the words that do."""

    code: str
    score: int
    words: tuple[str, ...]


def suggest(*, title: str, text: str, keywords: KeyWords, most: int = 3) -> list[Suggestion]:
    """The categories with the most key words in the title and the text, the best first; none where no word is found.

    A longer word is a more exact one, so each counts by its length. Ties go to the lower code.
    """
    found = []
    for code, known in keywords.items():
        said = tuple(word for word in known if word in title or word in text)
        if said:
            score = sum(len(word) * (IN_TITLE if word in title else 1) for word in said)
            found.append(Suggestion(code, score, said))
    return sorted(found, key=lambda one: (-one.score, one.code))[:most]


def read_keywords(*, cells: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Key words by category from their written form, in which a stroke divides them."""
    split = {code: tuple(word.strip() for word in cell.split("|") if word.strip()) for code, cell in cells.items()}
    return {code: words for code, words in split.items() if words}
