"""The passwords of the embedded servers: drawn once, kept in one file only its owner may read."""

import json
import os
import secrets
from pathlib import Path

NAMES = ("postgres", "grid", "grid_app", "valkey")


def passwords(*, file: Path) -> dict[str, str]:
    """Return the password of every name in NAMES, drawing and writing them to `file` the first time."""
    if not file.exists():
        write_private(file, json.dumps({name: secrets.token_urlsafe(24) for name in NAMES}))
    return dict(json.loads(file.read_text()))


def write_private(file: Path, text: str) -> None:
    """Write `text` to `file` with mode 0600, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    half.rename(file)
