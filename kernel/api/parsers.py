"""JSON as the edge accepts it: nothing ambiguous, nothing hostile, and always a 400 instead of a surprise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from kernel.errors import Invalid, TooLarge
from kernel.text import refuse_hostile

MAX_DEPTH = 32
MAX_DIGITS = 18


class StrictJSONParser(BaseParser):
    """Refuses duplicate keys, NaN, huge integers, deep nesting, NUL, lone surrogates and wrong encodings."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge(_("The request is too large."))
        try:
            text = body.decode("utf-8")
            value = json.loads(text, object_pairs_hook=_once_each, parse_int=_short_int, parse_constant=_no_constant)
            refuse_hostile(value, depth=MAX_DEPTH)
        except (ValueError, RecursionError) as error:
            raise Invalid(_("The request body is not acceptable JSON."), details={"why": _why(error)}) from error
        return value


def _why(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = {}
    for key, value in pairs:
        if key in keys:
            raise ValueError("a key stands twice in one object")
        keys[key] = value
    return keys


def _short_int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number has too many digits")
    return int(digits)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
