"""Words of the desk's tests: the addresses of deeds, the rows of a page, what was answered."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from kernel import clock
from petitions.models import Petition

HTMX = {"HTTP_HX_REQUEST": "true"}
PANE = {**HTMX, "HTTP_HX_TARGET": "desk-pane"}


def ago(**time: int) -> Any:
    return clock.now() - timedelta(**time)


def links(page: str) -> list[str]:
    """The case of each row, in the order of the list."""
    return re.findall(r'<li class="desk-row[^"]*" data-case="([^"]+)"', page)


def deed(petition: Petition, name: str, query: str = "") -> str:
    return f"/desk/cases/{petition.pk}/do/{name}/?{query}"


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())
