"""The addresses of the embedded servers that run, left in the data directory for other commands of the same account."""

import json
from pathlib import Path

from governance.embedded.passwords import write_private

FILE = "addresses.json"


def recorded(*, data: Path) -> dict[str, str]:
    """Return the addresses of the servers that run below `data`, as environment variables; empty if none do."""
    try:
        return dict(json.loads((data / FILE).read_text()))
    except (FileNotFoundError, NotADirectoryError, PermissionError, ValueError):
        return {}


def record(addresses: dict[str, str], *, data: Path) -> None:
    """Leave the addresses, passwords included, in a file only its owner may read."""
    write_private(data / FILE, json.dumps(addresses))


def forget(*, data: Path) -> None:
    """Remove the addresses: the servers stop."""
    (data / FILE).unlink(missing_ok=True)
