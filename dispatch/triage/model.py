"""The learnt model of texts: linear, so that every suggestion can say which words decided. Pure; numpy only.

Labels form a tree of two levels at most ("03" above "030102"): one judgement among the first level, one among the
children of each. Weights are kept by piece, and only those that say something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dispatch.triage.features import OPENING, counted, folded
from dispatch.triage.words import KNOWN_FROM, choose_words

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
ROOT = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """A label, how sure (0 to 1), and the words of the text that speak for it."""

    label: str
    sure: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the model knows of one text: piece by piece, its number and its worth; weight by weight, which it moves."""

    text: str
    known: tuple[str, ...]
    at: Numbers
    worth: Floats
    where: Numbers
    whose: Numbers


@dataclass(frozen=True, kw_only=True)
class TextModel:
    """Weights by piece and label. Arrays are as they are stored; see packing.py.

    `labels` names the columns, `above` the node that each hangs under (ROOT for the first level); `sharpness` is how
    steeply a lead in points becomes certainty, by node. From a lead of `sure_at` on, 98 of 100 suggestions held when it
    was learnt; None where too few cases were known to tell.
    """

    labels: tuple[str, ...]
    above: tuple[str, ...]
    pieces: tuple[str, ...]
    rarity: Floats  # by piece
    seen_in: Numbers  # in how many cases, by piece
    starts: Numbers  # where the weights of a piece begin; one more than pieces
    columns: Numbers
    weights: Floats
    bias: Floats  # by label
    sharpness: dict[str, float]
    sure_at: float | None = None
    notes: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The number of each piece."""
        return {piece: number for number, piece in enumerate(self.pieces)}

    @cached_property
    def columns_under(self) -> dict[str, list[int]]:
        """The columns of each node, the root first."""
        under: dict[str, list[int]] = {ROOT: []}
        for column, node in enumerate(self.above):
            under.setdefault(node, []).append(column)
        return under

    def suggest(self, *, text: str, most: int = 3) -> list[Guess]:
        """The labels of the lowest level that the text speaks for most, the surest first; none for an unknown text."""
        said = self._read(text)
        if not said.known:
            return []
        sure = self._certainty(self._points(said))
        lowest = [i for i in range(len(sure)) if self.labels[i] not in self.columns_under]
        best = sorted(lowest, key=lambda i: (-sure[i], self.labels[i]))[:most]
        return [Guess(self.labels[i], float(sure[i]), self._words(said, i)) for i in best]

    def certain(self, found: Sequence[Guess]) -> bool:
        """Whether the first of these may be called certain."""
        return self.sure_at is not None and lead_of([one.sure for one in found]) >= self.sure_at

    def _read(self, text: str) -> Said:
        """The pieces of the text that the model knows; rare and repeated ones are worth more."""
        numbers = self.vocabulary
        found = {one: n for one, n in counted(text).items() if one in numbers}
        at = np.fromiter((numbers[one] for one in found), dtype=np.int64, count=len(found))
        times = np.fromiter(found.values(), dtype=np.float32, count=len(found))
        worth = (1 + np.log(times)) * self.rarity[at]
        many = self.starts[at + 1] - self.starts[at]
        inside = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        whose = np.repeat(np.arange(len(at)), many)
        worth = worth / (np.linalg.norm(worth) or 1.0)
        return Said(folded(text), tuple(found), at, worth, self.starts[at][whose] + inside, whose)

    def _points(self, said: Said) -> Floats:
        """What the pieces say for each label, summed."""
        moved = self.weights[said.where] * said.worth[said.whose]
        return self.bias + np.bincount(self.columns[said.where], moved, len(self.labels)).astype(np.float32)

    def _certainty(self, points: Floats) -> Floats:
        """Points as shares of one in each node, multiplied down the tree."""
        sure = np.zeros(len(points), dtype=np.float32)
        for node, mine in self.columns_under.items():
            share = softmax(points[mine] * self.sharpness[node])
            sure[mine] = share * (1.0 if node == ROOT else sure[self.labels.index(node)])
        return sure

    def _words(self, said: Said, label: int) -> tuple[str, ...]:
        """The words that spoke most for a label: those that several cases know, and for all its levels."""
        wanted = [label, *(self.labels.index(node) for node in (self.above[label],) if node != ROOT)]
        for_it = np.isin(self.columns[said.where], wanted)
        moved = self.weights[said.where[for_it]] * said.worth[said.whose[for_it]]
        spoke = np.bincount(said.whose[for_it], moved, len(said.known))
        words: dict[str, float] = {}
        for i in np.flatnonzero((spoke > 0) & (self.seen_in[said.at] >= KNOWN_FROM)):
            word = said.known[i].removeprefix(OPENING)
            if word in said.text:  # and not put together across a comma
                words[word] = words.get(word, 0.0) + float(spoke[i])
        return choose_words(words)


def lead_of(sure: Sequence[float]) -> float:
    """How far the first is ahead of the second: its share of both. What is left to the others does not matter."""
    first, second = [*sure, 0.0, 0.0][:2]
    return first / (first + second) if first > 0 else 0.0


def softmax(points: npt.NDArray[Any]) -> Floats:
    """Points as shares of one."""
    raised = np.exp(points - points.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)
