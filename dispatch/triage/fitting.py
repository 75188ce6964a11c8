"""Fitting the linear judgement of one node: scikit-learn does the work, what comes out are weights. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import RidgeClassifier
from sklearn.svm import LinearSVC

from dispatch.triage.features import pieces

Matrix = Any  # of scipy, which publishes no types
Floats = npt.NDArray[np.float32]
MOST_PIECES = 250_000
MOST_CELLS = 40_000_000  # pieces by labels while fitting: 160 MB
RARE = 5  # a piece of fewer texts says nothing about others
SMALL = 2_000  # texts below which a piece of two texts counts, too
MOST_FOR_MARGINS = 40  # labels of a node up to which margins are sought: better, but each label takes a while
MARGIN, SHRINK = 1.0, 1.0


def count(texts: list[str], *, labels: int) -> tuple[Matrix, tuple[str, ...]]:
    """How often each piece stands in each text, and the pieces: the most frequent ones that are not rare."""
    least = RARE if len(texts) >= SMALL else 2
    most = min(MOST_PIECES, MOST_CELLS // max(1, labels))
    counter = CountVectorizer(analyzer=pieces, min_df=least, max_features=most, dtype=np.float32)
    counts = counter.fit_transform(texts)
    return counts.tocsr(), tuple(counter.get_feature_names_out().tolist())


@dataclass(frozen=True, slots=True)
class Scale:
    """What a piece is worth: learnt from one set of counts, applied to any."""

    transformer: Any

    @classmethod
    def of(cls, counts: Matrix) -> Scale:
        """Rare pieces are worth more, and the tenth repetition says little more than the first."""
        return cls(TfidfTransformer(sublinear_tf=True).fit(counts))

    def apply(self, counts: Matrix) -> Matrix:
        """Counts as worth, every text of length one."""
        return self.transformer.transform(counts)

    @property
    def rarity(self) -> Floats:
        """The factor of each piece."""
        return np.asarray(self.transformer.idf_, dtype=np.float32)


def fit(worth: Matrix, labels: list[str]) -> tuple[tuple[str, ...], Floats, Floats]:
    """The labels in order, the weight of each piece for each (pieces by labels), and where each label starts from."""
    names = tuple(sorted(set(labels)))
    if len(names) == 1:
        return names, np.zeros((worth.shape[1], 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    few = len(names) <= MOST_FOR_MARGINS
    judge: Any = LinearSVC(C=MARGIN, tol=1e-2) if few else RidgeClassifier(alpha=SHRINK, solver="sparse_cg", tol=1e-3)
    judge.fit(worth, labels)
    return names, *_both_sides(judge.coef_, judge.intercept_)


def _both_sides(weights: Any, bias: Any) -> tuple[Floats, Floats]:
    """Pieces by labels; what speaks for the second of two labels speaks against the first."""
    weights, bias = np.atleast_2d(weights), np.atleast_1d(bias)
    if len(weights) == 1:
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return np.asarray(weights.T, dtype=np.float32), np.asarray(bias, dtype=np.float32)
