"""Learning a model of texts: the tree of labels, one fit per node, and how sure it may be from folds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedGroupKFold

from dispatch.triage.calibrating import USUAL_SHARPNESS, sharpness_of, threshold_of
from dispatch.triage.examples import Example, node_of
from dispatch.triage.fitting import Floats, Scale, count, fit
from dispatch.triage.model import ROOT, TextModel, lead_of, softmax

FOLDS, SEED = 5, 20_181_101
MOST_WEIGHTS = 2_000_000
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of all nodes over the same pieces: a column per label."""

    labels: tuple[str, ...]
    above: tuple[str, ...]
    scale: Scale
    weights: Floats
    bias: Floats

    def points(self, counts: Any) -> Floats:
        """What each label gets in each text."""
        return np.asarray(self.scale.apply(counts) @ self.weights + self.bias, dtype=np.float32)


def fit_tree(counts: Any, labels: Sequence[str]) -> Fitted:
    """One fit among the first level, one among the children of each label of it."""
    scale = Scale.of(counts)
    worth, nodes = scale.apply(counts), [node_of(one) for one in labels]
    names: list[str] = []
    above: list[str] = []
    weights, bias = [], []
    for node in sorted({ROOT, *nodes}):
        rows = [i for i, one in enumerate(nodes) if node in (ROOT, one)]
        wanted = [nodes[i] or labels[i] if node == ROOT else labels[i] for i in rows]
        found, matrix, start = fit(worth[rows], wanted)
        names.extend(found)
        above.extend([node] * len(found))
        weights.append(matrix)
        bias.append(start)
    return Fitted(tuple(names), tuple(above), scale, np.hstack(weights), np.concatenate(bias))


@dataclass(frozen=True, slots=True)
class Judged:
    """Points that cases got from judgements that had not seen them, by column; `known` where the label had a column."""

    labels: tuple[str, ...]
    above: tuple[str, ...]
    points: Floats
    tested: Rows


def train(examples: Sequence[Example], *, folds: int = FOLDS) -> TextModel:
    """A model of all examples; how sharp and from where on certain is told by folds that never part a group."""
    texts, labels = [one.text for one in examples], [one.label for one in examples]
    counts, names = count(texts, labels=len(set(labels)))
    fitted = fit_tree(counts, labels)
    judged = judge(counts, examples, fitted, folds=folds)
    sharpness = _sharpness(fitted, judged, labels)
    return _model(fitted, names, counts, sharpness, _certain_from(fitted, judged, labels, sharpness))


def judge(counts: Any, examples: Sequence[Example], fitted: Fitted, *, folds: int) -> Judged:
    """The points of every example that is not given, each from a fit that had not seen its group."""
    labels = np.array([one.label for one in examples])
    groups = np.array([one.group for one in examples])
    real = np.array([i for i, one in enumerate(examples) if not one.given], dtype=np.int64)
    given = np.array([i for i, one in enumerate(examples) if one.given], dtype=np.int64)
    points = np.full((len(examples), len(fitted.labels)), -9.0, dtype=np.float32)
    if len(real) < folds * 2 or len(set(groups[real])) < folds:
        return Judged(fitted.labels, fitted.above, points, real[:0])
    column = {one: i for i, one in enumerate(zip(fitted.above, fitted.labels, strict=True))}
    parts = StratifiedGroupKFold(folds, shuffle=True, random_state=SEED)
    for learnt, tested in parts.split(real, labels[real], groups[real]):
        rows = np.concatenate([real[learnt], given])
        part = fit_tree(counts[rows], list(labels[rows]))
        where = [column[one] for one in zip(part.above, part.labels, strict=True)]
        points[np.ix_(real[tested], where)] = part.points(counts[real[tested]])
    return Judged(fitted.labels, fitted.above, points, real)


def _sharpness(fitted: Fitted, judged: Judged, labels: Sequence[str]) -> dict[str, float]:
    """The sharpness of each node, from the cases that belong under it."""
    found = {}
    for node in dict.fromkeys(fitted.above):
        mine = [i for i, above in enumerate(fitted.above) if above == node]
        names = [fitted.labels[i] for i in mine]
        wanted = [(i, node_of(labels[i]) or labels[i] if node == ROOT else labels[i]) for i in judged.tested]
        rows = [(i, names.index(label)) for i, label in wanted if label in names]
        points = judged.points[[i for i, _ in rows]][:, mine]
        found[node] = sharpness_of(points, np.array([right for _, right in rows], dtype=np.int64))
    return found


def certainty(judged: Judged, sharpness: dict[str, float]) -> Floats:
    """How sure of each label of the lowest level, by example that was tested."""
    sure = np.zeros((len(judged.tested), len(judged.labels)), dtype=np.float32)
    top = {label: i for i, label in enumerate(judged.labels) if judged.above[i] == ROOT}
    for node in sharpness:
        mine = [i for i, above in enumerate(judged.above) if above == node]
        shares = softmax(judged.points[judged.tested][:, mine] * np.float32(sharpness[node]))
        sure[:, mine] = shares if node == ROOT else shares * sure[:, [top[node]]]
    sure[:, [i for i, label in enumerate(judged.labels) if label in sharpness]] = 0
    return sure


def _certain_from(fitted: Fitted, judged: Judged, labels: Sequence[str], sharpness: dict[str, float]) -> float | None:
    """The threshold of this model."""
    if not len(judged.tested):
        return None
    sure = certainty(judged, sharpness)
    said = np.array(fitted.labels)[sure.argmax(axis=1)]
    two = -np.sort(-sure, axis=1)[:, :2]
    leads = np.array([lead_of(row) for row in two.tolist()], dtype=np.float32)
    return threshold_of(leads, said == np.array(labels)[judged.tested])


def _model(
    fitted: Fitted, names: tuple[str, ...], counts: Any, sharpness: dict[str, float], sure_at: float | None
) -> TextModel:
    """The fitted weights as they are kept: the heaviest ones, by piece."""
    heavy = np.abs(fitted.weights)
    if heavy.size > MOST_WEIGHTS:
        least = np.partition(heavy, heavy.size - MOST_WEIGHTS, axis=None)[heavy.size - MOST_WEIGHTS]
        kept = heavy >= max(least, np.finfo(np.float32).tiny)
    else:
        kept = heavy > 0
    where, columns = np.nonzero(kept)
    return TextModel(
        labels=fitted.labels,
        above=fitted.above,
        pieces=names,
        rarity=fitted.scale.rarity,
        seen_in=np.asarray((counts > 0).sum(axis=0), dtype=np.int64).ravel(),
        starts=np.searchsorted(where, np.arange(len(names) + 1)).astype(np.int64),
        columns=columns.astype(np.int64),
        weights=fitted.weights[where, columns],
        bias=fitted.bias,
        sharpness={node: sharpness.get(node, USUAL_SHARPNESS) for node in sharpness},
        sure_at=sure_at,
    )
