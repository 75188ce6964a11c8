"""What the forms of development petitions have in common."""

from __future__ import annotations

from typing import Any

from kernel.forms import DeedForm

LONG, SHORT = {"rows": 5}, {"rows": 3}


class Over(DeedForm):
    """A deed over the version of something that was seen."""

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
