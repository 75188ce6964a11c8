"""What the forms of calls have in common."""

from __future__ import annotations

from typing import Any

from django import forms

from kernel.forms import DeedForm

LONG, SHORT = {"rows": 5}, {"rows": 3}


class Moment(forms.DateTimeField):
    """A day and an hour, chosen in the browser's own calendar, in the office's time."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)


class Over(DeedForm):
    """A deed over the version of something that was seen."""

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
