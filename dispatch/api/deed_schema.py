"""How a deed on an order describes itself."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema

from dispatch.api.outputs import OrderChangedOutput
from kernel.api.schema import IF_MATCH


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on an order."""
    return extend_schema(
        tags=["orders"], request=request, parameters=[IF_MATCH], responses=OrderChangedOutput, summary=summary
    )
