"""Every address of the API with the methods it answers, read from the URLconf itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

from governance.api.urls import first_version

GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>")


def endpoints() -> set[str]:
    """Such as "POST /petitions/{pk}/accept/"."""
    return {f"{method} /{address}" for pattern in _flat(first_version) for method, address in _of(pattern)}


def _flat(patterns: Any) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            raise AssertionError("the API has no nested URLconf; teach this to read it")
        yield pattern


def _of(pattern: URLPattern) -> Iterator[tuple[str, str]]:
    address = GROUP.sub(lambda found: "{" + (found[1] or found[2]) + "}", str(pattern.pattern))
    address = address.removeprefix("^").removesuffix("$").replace("\\", "")
    actions = getattr(pattern.callback, "actions", None)
    view = getattr(pattern.callback, "cls", None) or pattern.callback.view_class
    for method in actions or [name for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)]:
        if method != "head":  # added to every GET when it is first asked for
            yield method.upper(), address
