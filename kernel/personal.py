"""Personal data: sealed at rest, compared by keyed index, shown masked, committed to by salted hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


@lru_cache
def _keys() -> tuple[bytes, ...]:
    """The master keys, newest first: the first one seals, every one opens."""
    return tuple(base64.b64decode(key) for key in settings.FIELD_KEYS)


def _derived(master: bytes, use: str) -> bytes:
    return hmac.new(master, f"grid/{use}".encode(), hashlib.sha256).digest()


def encrypt(text: str, *, purpose: str) -> bytes:
    """Seal text with AES-256-GCM; `purpose` is bound in, so that a value cannot be moved to another field."""
    if not text:
        return b""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_derived(_keys()[0], "seal")).encrypt(nonce, text.encode(), purpose.encode())


def decrypt(blob: bytes | memoryview, *, purpose: str) -> str:
    """Open what encrypt() sealed. Raises ValueError where no key opens it or it was moved from another field."""
    sealed = bytes(blob)
    if not sealed:
        return ""
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    for master in _keys():
        try:
            return AESGCM(_derived(master, "seal")).decrypt(nonce, body, purpose.encode()).decode()
        except InvalidTag:
            continue
    raise ValueError("sealed with a key that is not here, or moved from another field")


def normalized(text: str) -> str:
    """One form for the same thing: full-width folded, spaces and hyphens dropped, upper case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


def blind_index(text: str, *, purpose: str) -> bytes:
    """A keyed hash that finds the same person again without telling who. Empty for empty text.

    The oldest key makes it, because an index must not change when a newer key begins to seal.
    """
    if not text:
        return b""
    key = _derived(_keys()[-1], f"index/{purpose}")
    return hmac.new(key, normalized(text).encode(), hashlib.sha256).digest()


def new_salt() -> bytes:
    """Fresh salt for the commitments of one thing; destroying it makes them mean nothing."""
    return secrets.token_bytes(16)


def commitment(text: str, *, salt: bytes | memoryview) -> str:
    """What the event log holds instead of the data: once the salt is destroyed it says nothing any more."""
    return hmac.new(bytes(salt), text.encode(), hashlib.sha256).hexdigest()


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳小明 → 欧***: the first character and as many stars as there were others."""
    return name[:1] + "*" * max(len(name) - 1, 0)


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678; shorter numbers keep their last two digits."""
    digits = normalized(phone)
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:]


def mask_identity(number: str) -> str:
    """370404199001011230 → 370404********1230."""
    value = normalized(number)
    return f"{value[:6]}********{value[-4:]}" if len(value) >= 15 else "*" * len(value)
