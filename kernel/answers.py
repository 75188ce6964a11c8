"""Answers for machines that are asked again and again: the second time "as before" (304), when nothing has changed."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

JSON = "application/json"


def same_or(request: HttpRequest, *, mark: str, max_age: int, answer: HttpResponse) -> HttpResponseBase:
    """The answer with its mark as ETag, or 304 where the asker holds that one. It is private: within one scope."""
    answer.headers["ETag"] = f'"{mark}"'
    patch_cache_control(answer, private=True, max_age=max_age)
    patch_vary_headers(answer, ["Cookie"])
    found: HttpResponseBase = get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer
    return found


def json_or_same(request: HttpRequest, *, body: bytes, max_age: int, packed: bool = False) -> HttpResponseBase:
    """JSON that is marked by its content; `packed` says that it is gzipped already."""
    answer = HttpResponse(body, content_type=JSON)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    mark = hashlib.blake2b(body, digest_size=12).hexdigest()
    return same_or(request, mark=mark, max_age=max_age, answer=answer)
