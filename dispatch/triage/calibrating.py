"""From points to how sure: what a lead was worth on cases that the judgement had not seen. Pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from dispatch.triage.model import softmax

Floats = npt.NDArray[np.float32]
PRECISION = 0.98  # of what is called certain
FEWEST = 100  # cases above the threshold: of fewer nobody can say that two in a hundred fail
MARGIN = 2.0  # standard errors
USUAL_SHARPNESS = 3.0


def sharpness_of(points: Floats, right: npt.NDArray[np.int64]) -> float:
    """The factor on points under which their shares were as often right as they said (least log loss)."""
    if not len(right) or points.shape[1] == 1:
        return USUAL_SHARPNESS
    rows = np.arange(len(right))

    def loss(log_factor: float) -> float:
        shares = softmax(points * np.float32(np.exp(log_factor)))
        return float(-np.log(shares[rows, right] + 1e-9).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 4.0), method="bounded").x))


def threshold_of(sure: Floats, held: npt.NDArray[np.bool_], *, precision: float = PRECISION) -> float | None:
    """The lowest lead from which on at least `precision` of the suggestions held; None where none is safe.

    Standard errors are added, because what is chosen as the lowest is chosen by luck, too, and because a model of all
    cases leads by more than those of the folds that it is told from.
    """
    order = np.argsort(-sure, kind="stable")
    many = np.arange(1, len(order) + 1)
    share = np.cumsum(held[order]) / many
    needed = precision + MARGIN * np.sqrt(precision * (1 - precision) / many)
    safe = np.flatnonzero((share >= needed) & (many >= FEWEST))
    return float(sure[order[safe[-1]]]) if len(safe) else None
