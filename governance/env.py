"""Strict readers of the environment: nonsense is refused at start-up, with the name of the variable in the message."""

import base64
import binascii
import os
import re
import secrets
from collections.abc import Callable
from datetime import time
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from governance.embedded.passwords import write_private

FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
FIELD_KEY_BYTES = 32


def text(name: str, *, default: str) -> str:
    """Return the variable, or `default` when it is absent or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or no; "flase" is an error and not a silent no."""
    given = text(name, default="").lower()
    if not given:
        return default
    if given not in FLAGS:
        raise ImproperlyConfigured(f"{name}={given!r}: give one of {', '.join(FLAGS)}")
    return FLAGS[given]


def number(name: str, *, default: int, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`."""
    given = text(name, default=str(default))
    if not given.isascii() or not given.isdecimal() or not least <= int(given) <= most:
        raise ImproperlyConfigured(f"{name}={given!r}: give a whole number from {least} to {most}")
    return int(given)


def words(name: str, *, default: tuple[str, ...]) -> list[str]:
    """Return the parts of a comma-separated list, blanks dropped."""
    return [word.strip() for word in text(name, default=",".join(default)).split(",") if word.strip()]


def hours(name: str, *, default: str) -> tuple[time, time]:
    """Return the two ends of a span of the day such as "21:00-07:30", which may run over midnight."""
    given = text(name, default=default)
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", given)
    if not found:
        raise ImproperlyConfigured(f"{name}={given!r}: give two times of the day such as {default}")
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    return time(start_hour, start_minute), time(end_hour, end_minute)


def addresses(name: str, *, default: str, holes: tuple[str, ...]) -> dict[str, str]:
    """Return named addresses: "sms=json://gateway/{phone} log=log://", separated by blanks, in their order.

    A part in braces must be one of `holes`, so that a slip of the pen does not become part of an address.
    """
    found: dict[str, str] = {}
    for word in text(name, default=default).split():
        key, equals, url = word.partition("=")
        plain = bool(re.fullmatch(r"[a-z][a-z0-9_-]{0,31}", key)) and "://" in url
        if not (equals and plain) or key in found or set(re.findall(r"\{(.*?)\}", url)) - set(holes):
            raise ImproperlyConfigured(f"{name}: {key!r} is not NAME=URL, or is there twice, or has an unknown {{…}}")
        found[key] = url
    return found


def secret(name: str, *, file: Path, may_draw: bool) -> str:
    """Return a secret of at least 32 characters: the variable, `file`, or (where allowed) a new one kept there."""
    found = _secret(name, file=file, may_draw=may_draw, draw=lambda: secrets.token_urlsafe(48))
    if len(found) < 32:
        raise ImproperlyConfigured(f"{name} is shorter than 32 characters: draw a longer one")
    return found


def field_keys(name: str, *, file: Path, may_draw: bool) -> list[str]:
    """Return the keys of the encrypted columns, newest first: base64 of 32 bytes each, separated by commas."""
    found = _secret(
        name, file=file, may_draw=may_draw, draw=lambda: base64.b64encode(secrets.token_bytes(FIELD_KEY_BYTES)).decode()
    )
    keys = [key.strip() for key in found.split(",") if key.strip()]
    if not keys or any(_size(key) != FIELD_KEY_BYTES for key in keys):
        raise ImproperlyConfigured(
            f"{name}: give base64 of exactly {FIELD_KEY_BYTES} bytes, several separated by commas"
        )
    return keys


def _secret(name: str, *, file: Path, may_draw: bool, draw: Callable[[], str]) -> str:
    if given := text(name, default=""):
        return given
    if not file.exists():
        if not may_draw:
            raise ImproperlyConfigured(f"{name} is not set: set it, or put it into {file} (mode 0600)")
        write_private(file, draw())
    try:
        return file.read_text().strip()
    except PermissionError:
        raise ImproperlyConfigured(f"{file} belongs to another account: run as its owner, or set {name}") from None


def _size(key: str) -> int:
    try:
        return len(base64.b64decode(key, validate=True))
    except binascii.Error:
        return 0
