"""A model as bytes and back: plain arrays and JSON, never anything that could run when it is read."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
import orjson

from dispatch.triage.model import ROOT, TextModel

FORMAT = 2
MOST_BYTES = 200_000_000  # of one unpacked array; a model of ours has some ten
ARRAYS = {"rarity": "f", "seen_in": "i", "starts": "i", "columns": "i", "weights": "f", "bias": "f"}
STORED = {"rarity": np.float32, "seen_in": np.int32, "starts": np.int32, "columns": np.int16, "weights": np.float16}


class Unreadable(Exception):
    """These bytes are no model that this program can use."""


def pack(model: TextModel) -> bytes:
    """The model as a zip of arrays; the words of it as one JSON text among them."""
    said = {
        "format": FORMAT,
        "labels": model.labels,
        "above": model.above,
        "pieces": model.pieces,
        "sharpness": model.sharpness,
        "sure_at": model.sure_at,
        "notes": model.notes,
    }
    arrays = {name: getattr(model, name).astype(STORED.get(name, np.float32)) for name in ARRAYS}
    arrays["said"] = np.frombuffer(orjson.dumps(said), dtype=np.uint8)
    target = io.BytesIO()
    np.savez_compressed(target, **arrays)
    return target.getvalue()


def unpack(body: bytes) -> TextModel:
    """The model again. Raises Unreadable for anything that is damaged, of another format, or does not fit together."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if any(one.file_size > MOST_BYTES for one in archive.infolist()):
                raise Unreadable("larger than any model")
        with np.load(io.BytesIO(body), allow_pickle=False) as found:
            said = orjson.loads(found["said"].tobytes())
            arrays = {name: found[name] for name in ARRAYS}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Unreadable("of another format")
    model = _model(said, arrays)
    if fault := _fault(model):
        raise Unreadable(fault)
    return model


def _model(said: dict[str, Any], arrays: dict[str, Any]) -> TextModel:
    try:
        as_used = {name: arrays[name].astype(np.float32 if kind == "f" else np.int64) for name, kind in ARRAYS.items()}
        return TextModel(
            labels=tuple(map(str, said["labels"])),
            above=tuple(map(str, said["above"])),
            pieces=tuple(map(str, said["pieces"])),
            sharpness={str(node): float(one) for node, one in said["sharpness"].items()},
            sure_at=None if said["sure_at"] is None else float(said["sure_at"]),
            notes=dict(said["notes"]),
            **as_used,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(str(error)) from error


def _fault(model: TextModel) -> str:
    """What does not fit together: every index has to point into the model."""
    labels, pieces, weights = len(model.labels), len(model.pieces), len(model.weights)
    fits = (
        labels > 0
        and len(model.above) == len(model.bias) == labels
        and len(model.rarity) == len(model.seen_in) == pieces
        and len(model.starts) == pieces + 1
        and len(model.columns) == weights
    )
    if not fits:
        return "arrays of different lengths"
    if model.starts[0] != 0 or model.starts[-1] != weights or (np.diff(model.starts) < 0).any():
        return "weights that belong to no piece"
    if weights and not (model.columns.min() >= 0 and model.columns.max() < labels):
        return "weights that belong to no label"
    if set(model.above) != set(model.sharpness) or not set(model.above) - {ROOT} <= set(model.labels):
        return "a tree with loose ends"
    numbers = (model.rarity, model.weights, model.bias)
    return "" if all(np.isfinite(one).all() for one in numbers) else "numbers that are none"
