"""Pages and the JSON of pictures go out compressed; style sheets and scripts are compressed when they are collected."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = ("text/html", "application/json")


class PackedPages(GZipMiddleware):
    """Django's compression, which adds a random length against guessing what a page says, for what is worth it.

    Files keep their length and their ranges. What is marked with an ETag keeps the mark, by which changes are made.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is a page or a picture's figures."""
        kind = response.headers.get("Content-Type", "")
        if response.streaming or response.has_header("ETag") or not kind.startswith(PACKED):
            return response
        packed: HttpResponseBase = super().process_response(request, response)
        return packed
