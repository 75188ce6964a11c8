"""Keyset pages for the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.errors import Invalid
from kernel.keyset import Page, page

MAX_SIZE = 200
PAGE_SIZE = {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": 50}


class KeysetPagination(BasePagination):
    """?cursor=…&page_size=…; the view names its order in `keyset_order` ("-id" unless told)."""

    found: Page
    request: Request

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        assert isinstance(queryset, QuerySet)  # a page by key is cut by the database
        self.request = request
        self.found = page(
            queryset,
            order=getattr(view, "keyset_order", "-id"),
            cursor=request.query_params.get("cursor", ""),
            size=page_size(request.query_params.get("page_size", "")),
        )
        return list(self.found.rows)

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {"results": data, "next": self._link(self.found.next), "previous": self._link(self.found.previous)}
        )

    def _link(self, cursor: str) -> str | None:
        if not cursor:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["results"],
            "properties": {"results": schema, "next": link, "previous": link},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        orders = list(getattr(view, "orderings", ()))
        named = {"name": "ordering", "in": "query", "required": False, "schema": {"type": "string", "enum": orders}}
        return [
            *([named] if orders else []),
            {"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"}},
            {"name": "page_size", "in": "query", "required": False, "schema": PAGE_SIZE},
        ]


def page_size(asked: str) -> int:
    """The number of rows asked for, 50 unless told. Raises Invalid outside of 1 … 200."""
    if not asked:
        return 50
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= MAX_SIZE):
        raise Invalid(_("The page size is not valid."), fields={"page_size": [_("Between 1 and 200.")]})
    return int(asked)
