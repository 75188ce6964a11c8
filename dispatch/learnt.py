"""The newest model that this deployment learnt, kept by each process until there is a newer one."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import numpy as np
import numpy.typing as npt
from django.utils.crypto import constant_time_compare, salted_hmac

from dispatch.models import TriageModel
from dispatch.triage.model import TextModel
from dispatch.triage.packing import Unreadable, unpack
from dispatch.triage.units import SIZES, SPEAKERS

log = logging.getLogger(__name__)
SALT = "dispatch.triage.model"
TRUST = "trust"
STAMP = ("pk", "seal")


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model with its number, when and on how much it was learnt, and how far each memory of units is believed."""

    number: int
    trained_at: datetime
    origin: str
    cases: int
    texts: TextModel
    trust: npt.NDArray[np.float64] | None


_lock = Lock()
_held: dict[tuple[int, str], Learnt | None] = {}


def seal_of(body: bytes) -> str:
    """What only this deployment can write under a model: bytes of others, and damaged ones, are never read."""
    return salted_hmac(SALT, hashlib.sha256(body).hexdigest(), algorithm="sha256").hexdigest()


def learnt() -> Learnt | None:
    """The newest model; None where none was learnt or the newest is refused. One query, or two after a change."""
    stamp = TriageModel.objects.order_by("-pk").values_list(*STAMP).first()
    if stamp is None:
        return None
    with _lock:
        if stamp not in _held:
            _held.clear()
            _held[stamp] = _opened(TriageModel.objects.get(pk=stamp[0]))
        return _held[stamp]


def _opened(row: TriageModel) -> Learnt | None:
    body = bytes(row.body)
    if not constant_time_compare(seal_of(body), row.seal):
        log.error("triage.model_refused", extra={"number": row.pk, "why": "seal"})
        return None
    try:
        texts = unpack(body)
    except Unreadable:
        log.exception("triage.model_refused", extra={"number": row.pk, "why": "format"})
        return None
    return Learnt(row.pk, row.trained_at, row.origin, row.cases, texts, _trust(texts.notes.get(TRUST)))


def _trust(said: object) -> npt.NDArray[np.float64] | None:
    """How far memories are believed; None where the model was learnt with other memories than this program has."""
    try:
        found = np.array(said, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return found if found.shape == (SPEAKERS, SIZES) and bool(np.isfinite(found).all()) else None
