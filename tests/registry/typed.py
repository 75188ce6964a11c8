"""The form of an item as a browser sends it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kernel.clock import today
from tests.registry.steps import unhelped

SOON = today() + timedelta(days=10)


def rows(name: str, given: list[dict[str, Any]], *, there: int = 0) -> dict[str, Any]:
    """Rows of the form as a browser sends them."""
    counted = {f"{name}-TOTAL_FORMS": len(given), f"{name}-INITIAL_FORMS": there}
    return counted | {f"{name}-{n}-{key}": value for n, row in enumerate(given) for key, value in row.items()}


def typed(**changed: Any) -> dict[str, Any]:
    """The whole form of a new item."""
    said = unhelped(code="T-XX", title="新增事项", reason="新法施行", effective=str(SOON), version=1)
    said |= {"matter": "M-GS", "lead_unit": "U-GS"}
    for name in ("chart", "conditions", "cooperations"):
        said.pop(name, None)
    said |= rows("cooperations", [{"rule": "unit", "unit": "D-CG", "duty": "协助通知。"}])
    said |= rows("conditions", [])
    steps = [
        {"number": 10, "title": "接报", "who": "", "next": "20, 30"},
        {"number": 30, "title": "办结", "who": "U-GS", "limit_value": "1", "limit_unit": "workday", "next": ""},
        {"number": 20, "title": "抢修", "who": "U-GS", "next": "30"},
        {"number": "", "title": "", "who": "", "next": ""},
    ]
    return said | rows("chart", steps) | changed
