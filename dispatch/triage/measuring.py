"""How good the suggestions are, measured on what the learner had not seen. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from dispatch.triage.examples import Case, Example
from dispatch.triage.training import FOLDS, SEED, train
from dispatch.triage.units import UnitLearner

Seconds = Callable[[], float]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFigures:
    """Over all folds. `certain`: the share above the threshold of the fold; `certain_right`: how many of these held."""

    cases: int
    labels: int
    folds: int
    macro_f1: float
    top1: float
    top2: float
    certain: float
    certain_right: float
    milliseconds: float
    milliseconds_p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """Each case was suggested for before it was learnt. `later`: the second half alone, when more was known."""

    cases: int
    units: int
    top1: float
    top3: float
    later_top1: float
    later_top3: float
    milliseconds: float
    milliseconds_p95: float


def measure_texts(examples: Sequence[Example], *, seconds: Seconds, tell: Tell, folds: int = FOLDS) -> TextFigures:
    """Learn on all folds but one, suggest for that one, in turn. Thresholds are chosen inside of what is learnt on."""
    labels = np.array([one.label for one in examples])
    real = np.array([i for i, one in enumerate(examples) if not one.given])
    given = np.array([i for i, one in enumerate(examples) if one.given], dtype=np.int64)
    groups = np.array([examples[i].group for i in real])
    rows: list[dict[str, Any]] = []
    parts = StratifiedGroupKFold(folds, shuffle=True, random_state=SEED + 1)
    for number, (learnt, tested) in enumerate(parts.split(real, labels[real], groups), start=1):
        model = train([examples[i] for i in np.concatenate([real[learnt], given])])
        for i in real[tested]:
            begun = seconds()
            found = model.suggest(text=examples[i].text)
            took = seconds() - begun
            said = [one.label for one in found] or [""]
            rows.append({"right": labels[i], "said": said, "certain": model.certain(found), "took": took})
        tell(f"fold {number} of {folds}: {np.mean([one['said'][0] == one['right'] for one in rows]):.4f} so far")
    return _text_figures(rows, labels=len(set(labels[real])), folds=folds)


def _text_figures(rows: list[dict[str, Any]], *, labels: int, folds: int) -> TextFigures:
    right, first = [one["right"] for one in rows], [one["said"][0] for one in rows]
    certain = [one for one in rows if one["certain"]]
    took = np.array([one["took"] for one in rows]) * 1000
    return TextFigures(
        cases=len(rows),
        labels=labels,
        folds=folds,
        macro_f1=_round(f1_score(right, first, average="macro", labels=sorted(set(right)))),
        top1=_round(np.mean([one["right"] == one["said"][0] for one in rows])),
        top2=_round(np.mean([one["right"] in one["said"][:2] for one in rows])),
        certain=_round(len(certain) / len(rows)),
        certain_right=_round(np.mean([one["said"][0] == one["right"] for one in certain])) if certain else 0.0,
        milliseconds=_round(np.median(took)),
        milliseconds_p95=_round(np.percentile(took, 95)),
    )


def measure_units(cases: Sequence[tuple[Case, str]], *, seconds: Seconds, tell: Tell) -> UnitFigures:
    """Suggest for each case, then learn from it, in the order of time: nothing is known before it happened."""
    learner, places, took = UnitLearner(), [], []
    for number, (case, unit) in enumerate(cases, start=1):
        begun = seconds()
        found = [one.unit for one in learner.suggest(case=case)]
        took.append((seconds() - begun) * 1000)
        places.append(found.index(unit) if unit in found else len(cases))
        learner.learn(case=case, unit=unit, name=unit)
        if number % 1000 == 0:
            tell(f"{number} of {len(cases)} cases: {np.mean(np.array(places) == 0):.4f} so far")
    rank, later = np.array(places), np.array(places[len(places) // 2 :])
    return UnitFigures(
        cases=len(cases),
        units=len({unit for _, unit in cases}),
        top1=_round(np.mean(rank == 0)),
        top3=_round(np.mean(rank < 3)),
        later_top1=_round(np.mean(later == 0)),
        later_top3=_round(np.mean(later < 3)),
        milliseconds=_round(np.median(took)),
        milliseconds_p95=_round(np.percentile(took, 95)),
    )


def as_json(texts: TextFigures | None, units: UnitFigures | None) -> dict[str, Any]:
    """Both parts; a part that nothing is known about is null."""
    return {"texts": asdict(texts) if texts else None, "units": asdict(units) if units else None}


def _round(value: Any) -> float:
    return round(float(value), 4)
