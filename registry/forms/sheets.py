"""The form of the import: a file, and what the draft that comes of it is called."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from kernel.sheets.limits import MEGABYTE
from kernel.sheets.words import words
from registry.forms.filters import Day
from registry.sheets.reading import LIMITS


class SheetForm(PlainForm):
    """A file with the words that go for the draft as a whole."""

    file = forms.FileField(label=_("file"), help_text=_("XLSX as exported here, or one CSV of items; up to 20 MB."))
    title = forms.CharField(label=_("What is proposed"), max_length=120)
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    effective = Day(label=_("In force from"))
    whole = forms.BooleanField(
        label=_("The file is the whole list"),
        required=False,
        help_text=_("Items of its lists that the file leaves out are to end on that day."),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before anything reads it."""
        file = self.cleaned_data["file"]
        if file.size > LIMITS.bytes:
            raise forms.ValidationError(words("too_large", str(LIMITS.bytes // MEGABYTE)))
        return file
