"""What the forms of supervision have in common."""

from __future__ import annotations

from typing import Any

from django import forms

from kernel.forms import DeedForm

LONG, SHORT = {"rows": 6}, {"rows": 3}


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Over(DeedForm):
    """A deed over the version of something that was seen."""

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
