"""Which words of a text decided: only words that several cases know, so that no name or number is ever shown."""

from __future__ import annotations

from collections.abc import Mapping

from dispatch.triage.features import is_word

KNOWN_FROM = 5  # cases that a word must stand in: what fewer texts say may be somebody's name
SHOWN = 5


def choose_words(spoke: Mapping[str, float], *, most: int = SHOWN) -> tuple[str, ...]:
    """The words with most to say, leaving out what overlaps with one chosen already: "拖欠工" beside "欠工资"."""
    chosen: list[str] = []
    for word in sorted(spoke, key=lambda one: (-spoke[one], one)):
        if len(chosen) == most or spoke[word] <= 0:
            break
        if is_word(word) and not any(_overlap(word, had) for had in chosen):
            chosen.append(word)
    return tuple(chosen)


def _overlap(one: str, other: str) -> bool:
    """Whether two words share two characters in a row, or one goes on where the other ends."""
    return one[0] == other[-1] or one[-1] == other[0] or any(one[at : at + 2] in other for at in range(len(one) - 1))
