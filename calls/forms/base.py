"""What the forms of calls have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DeedForm, FilesField, FilesInput

LONG, SHORT = {"rows": 5}, {"rows": 3}


class Moment(forms.DateTimeField):
    """A day and an hour, chosen in the browser's own calendar, in the office's time."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)


def files_field() -> FilesField:
    """Photographs or documents, taken on the spot by a telephone or chosen."""
    return FilesField(
        label=_("Photographs"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB each."),
    )


class Over(DeedForm):
    """A deed over the version of something that was seen."""

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
